package dev.faultline.cli.command;

import dev.faultline.cli.option.FailOn;
import dev.faultline.cli.option.Glob;
import dev.faultline.cli.option.OutputOptions;
import dev.faultline.cli.option.RuleOptions;
import dev.faultline.cli.option.Strictness;
import dev.faultline.cli.option.StructOptions;
import dev.faultline.cli.option.UsageException;
import dev.faultline.cli.output.ReportFile;
import dev.faultline.cli.run.AnalysisOptions;
import dev.faultline.cli.run.CliContext;
import dev.faultline.cli.run.ComparedSides;
import dev.faultline.cli.run.ExitStatus;
import dev.faultline.cli.run.OptionResolver;
import dev.faultline.cli.run.Progress;
import dev.faultline.compare.Comparison;
import dev.faultline.compare.ComparisonOrder;
import dev.faultline.compare.SourceComparison;
import dev.faultline.compare.SourceMatches;
import dev.faultline.compare.StructComparer;
import dev.faultline.source.Subject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code faultline diff}: the effect of a change of a layout. */
@Command(
        name = "diff",
        description = {
            "Compare two layouts of a struct: moved fields, costs, new hazards.",
            "Or compare every struct of two sources."
        },
        customSynopsis = {"faultline diff [OPTIONS] OLD#NAME NEW#NAME", "       faultline diff [OPTIONS] OLD NEW"},
        footer = {
            "  faultline diff rtable@6.3 rtable@6.4",
            "  faultline diff old.o#foo new.o#foo --profile mine.yaml",
            "  faultline diff old.o new.o --fail-on worse             a gate",
            "  faultline diff vmlinux-6.1.btf vmlinux-6.12.btf --match '*_sock'",
            "",
            "The verdict is worse when something that was there before costs more, or when a",
            "written field now shares its line with a field it was kept from. It is better",
            "in the opposite cases, mixed when both apply, and same when neither does. With a",
            "profile, cost decides. Without one, field types tell what is written, and",
            "padding that kept fields apart counts. Growth alone is never worse.",
            "",
            "--fail-on worse asks for the verdict. error, warning and info ask for hazards",
            "that are new or graver, whatever became better. Without a profile, hazards are",
            "info at most, so that a gate without a profile needs worse.",
            "",
            "Exit status: 0 done, 1 something is what --fail-on names, 2 wrong usage,",
            "3 a struct is missing or could not be read. When nothing differs, nothing is",
            "printed."
        })
final class DiffCommand implements Callable<Integer> {

    private static final int MOST = 20;

    private final CliContext context;

    @Parameters(
            paramLabel = "OLD NEW",
            hideParamSyntax = true,
            arity = "0..*",
            description = "Two structs, [SOURCE#]NAME[@VERSION], or two sources, of which every struct is compared. "
                    + "When one is a struct and the other a source, the name counts for both.")
    private List<String> sides = new ArrayList<>();

    @Mixin
    private StructOptions structs;

    @Option(
            names = "--match",
            paramLabel = "GLOB",
            description = "Of two sources, only structs whose whole name matches: * ? [a-z].")
    private Glob match;

    @Mixin
    private Strictness strictness;

    @Mixin
    private RuleOptions rules;

    @Option(
            names = "--sort",
            paramLabel = "KEY",
            description = "Of two sources: verdict (worst first), name, size or cost (largest growth first). "
                    + "Default: verdict.")
    private ComparisonOrder sort = ComparisonOrder.VERDICT;

    @Option(names = "--all", description = "Of two sources: show all that changed, not only the first " + MOST + ".")
    private boolean all;

    @Mixin
    private OutputOptions output;

    @Option(
            names = "--fail-on",
            paramLabel = "WHAT",
            description = "Exit with 1 when a struct is worse (or worse or mixed: mixed), or a hazard is new or "
                    + "graver: error, warning, info. Default: never.")
    private FailOn failOn = FailOn.NEVER;

    DiffCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        if (sides.size() != 2) {
            throw new UsageException("diff takes two structs or two sources, old and new, got " + sides.size());
        }
        AnalysisOptions options = OptionResolver.analysis(structs, rules, context);
        ReportWriters reports = ReportWriters.of(output, context).expectMoreThanOne("comparisons");
        try (ReportFile file = context.open(output.file)) {
            Optional<ComparedSides> found =
                    ComparedSides.find(sides.get(0), sides.get(1), structs.source, match, context);
            if (found.isEmpty()) {
                return ExitStatus.FAILED;
            }
            SourceComparison comparison = compare(found.get(), options);
            if (comparison.isEmpty()) {
                context.say("nothing differs between " + sides.get(0) + " and " + sides.get(1) + " ("
                        + comparison.unchanged() + (comparison.unchanged() == 1 ? " struct)" : " structs)"));
            }
            int most = all ? Integer.MAX_VALUE : MOST;
            reports.comparison(comparison, found.get().whole(), most, file.writer());
            file.commit();
            boolean reached = comparison.changed().stream().anyMatch(one -> failOn.isReachedBy(one.comparison()));
            return strictness.strict && !found.get().isComplete()
                    ? ExitStatus.FAILED
                    : reached ? ExitStatus.FOUND : ExitStatus.CLEAN;
        }
    }

    private SourceComparison compare(ComparedSides found, AnalysisOptions options) {
        List<Subject> old = found.before().stream().map(options::prepare).toList();
        List<Subject> young = found.after().stream().map(options::prepare).toList();
        // a struct may be in the profile by its old name or its new one
        options.checkProfile(Stream.concat(young.stream(), old.stream()).toList());
        SourceMatches matching = SourceMatches.of(old, young);
        if (!found.whole() && old.size() == 1 && young.size() == 1 && matching.unchanged() == 0) {
            matching = SourceMatches.ofTwo(old.get(0), young.get(0)); // named, so compared whatever they are called
        }
        List<SourceComparison.Changed> changed = new ArrayList<>(compare(matching.changed(), options));
        changed.sort(sort.comparator());
        return new SourceComparison(
                sides.get(0), sides.get(1), matching.unchanged(), matching.added(), matching.removed(), changed);
    }

    private List<SourceComparison.Changed> compare(List<SourceMatches.Pair> pairs, AnalysisOptions options) {
        StructComparer comparer = new StructComparer(options.analyzer());
        AtomicInteger done = new AtomicInteger();
        try (Progress progress = Progress.of(pairs.size(), context)) {
            return pairs.parallelStream()
                    .map(pair -> {
                        Comparison comparison = comparer.compare(pair.before(), pair.after());
                        synchronized (progress) {
                            progress.done(done.incrementAndGet());
                        }
                        return new SourceComparison.Changed(comparison, pair.causes());
                    })
                    .toList();
        }
    }
}
