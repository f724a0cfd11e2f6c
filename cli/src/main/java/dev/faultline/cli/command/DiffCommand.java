package dev.faultline.cli.command;

import dev.faultline.access.StructProfile;
import dev.faultline.cli.option.CpuOptions;
import dev.faultline.cli.option.FailOn;
import dev.faultline.cli.option.Glob;
import dev.faultline.cli.option.NumberConverters;
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
import dev.faultline.layout.Provenance;
import dev.faultline.machine.Machine;
import dev.faultline.source.Subject;
import dev.faultline.source.jvm.VmMode;
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
            "Or compare every struct of two sources, or Java classes on two VMs."
        },
        customSynopsis = {
            "faultline diff [OPTIONS] OLD#NAME NEW#NAME",
            "       faultline diff [OPTIONS] OLD NEW",
            "       faultline diff [OPTIONS] --vm OLD --vm NEW (SOURCE | SOURCE#NAME)"
        },
        footer = {
            "  faultline diff rtable@6.3 rtable@6.4",
            "  faultline diff old.o#foo new.o#foo --profile mine.yaml",
            "  faultline diff old.o new.o --fail-on worse             a gate",
            "  faultline diff vmlinux-6.1.btf vmlinux-6.12.btf --match '*_sock'",
            "  faultline diff app.jar#com.acme.Ring --vm 17 --vm 25-coh",
            "  faultline diff app.jar --vm 25 --vm 25-coh            what compact headers do",
            "  faultline diff old.o#foo new.o#foo --base-align 64 --base-align 8",
            "  faultline diff rtable@6.3 rtable@6.4 --format mail    for the mail of a patch",
            "",
            "The verdict is worse when something that was there before costs more, or when a",
            "written field now shares its line with a field it was kept from. It is better",
            "in the opposite cases, mixed when both apply, and same when neither does. With a",
            "profile, cost decides. Without one, code or else field types tell what is written.",
            "Types tell no rates: a verdict then needs fewer fields beside a written one, or",
            "more, as sets; where some came and some left, it is mixed and 'cannot tell'.",
            "Padding that is removed counts; padding that is added between fields of which none",
            "is known to be written is no gain. Growth alone is never worse.",
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
                    + "When one is a struct and the other a source, the name counts for both. With --vm twice, "
                    + "one may be left out: it is compared with itself, laid out by the first VM and the second.")
    private List<String> sides = new ArrayList<>();

    @Mixin
    private StructOptions structs;

    @Mixin
    private CpuOptions cpus;

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

    @Option(
            names = "--top",
            paramLabel = "N",
            converter = NumberConverters.Most.class,
            description = "Of two sources, in text: show the first N that changed.")
    private Integer top;

    @Mixin
    private OutputOptions output;

    @Option(
            names = "--fail-on",
            paramLabel = "WHAT",
            description = "Exit with 1 when a struct is worse (or worse or mixed: mixed), or a hazard is new or "
                    + "graver: error, warning, info. Default: never.")
    private FailOn failOn = FailOn.NEVER;

    private boolean isProfileKnown;

    DiffCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        List<VmMode> modes = structs.source.vmsOfSides();
        checkSides(modes);
        List<AnalysisOptions> options = options();
        ReportWriters reports = ReportWriters.of(output, context).expectMoreThanOne("comparisons");
        try (ReportFile file = context.open(output.file)) {
            Optional<ComparedSides> found =
                    ComparedSides.find(sides.get(0), sides.get(sides.size() - 1), structs.source, match, context);
            if (found.isEmpty()) {
                return ExitStatus.FAILED;
            }
            checkAreClasses(found.get());
            SourceComparison comparison = compare(found.get(), options, vms(modes));
            if (comparison.isEmpty()) {
                context.say("nothing differs between " + called(comparison) + " (" + comparison.unchanged()
                        + (comparison.unchanged() == 1 ? " struct)" : " structs)"));
            }
            int most = top != null ? top : all ? Integer.MAX_VALUE : MOST;
            reports.comparison(comparison, found.get().whole(), most, file.writer());
            file.commit();
            boolean isWhole = found.get().isComplete() && isProfileKnown;
            if (!isWhole && !strictness.strict && failOn != FailOn.NEVER) {
                context.say(Strictness.LENIENT);
            }
            boolean reached = comparison.changed().stream().anyMatch(one -> failOn.isReachedBy(one.comparison()));
            return strictness.strict && !isWhole ? ExitStatus.FAILED : reached ? ExitStatus.FOUND : ExitStatus.CLEAN;
        }
    }

    private void checkSides(List<VmMode> modes) {
        boolean isOne = sides.size() == 1 && modes.size() == 2;
        if (sides.size() != 2 && !isOne) {
            throw new UsageException(
                    "diff takes two structs or two sources, old and new, or one of them and --vm twice;" + " got "
                            + sides.size() + (sides.size() == 1 ? " and --vm " + times(modes.size()) : ""));
        }
        if (isOne && modes.get(0).equals(modes.get(1))) {
            throw UsageException.ofValue("--vm", modes.get(0).name() + " twice is one VM; name two");
        }
    }

    private static String times(int count) {
        return count == 0 ? "never" : "once";
    }

    /** What is no class is the same on every VM; to say that nothing differs would mislead. */
    private void checkAreClasses(ComparedSides found) {
        boolean anyClass = found.before().stream()
                .anyMatch(subject -> subject.layout().provenance().origin() == Provenance.Origin.VM_MODEL);
        if (sides.size() == 1 && !anyClass) {
            throw new UsageException("--vm is about Java classes, and " + sides.get(0) + " holds none");
        }
    }

    private static Optional<SourceComparison.Vms> vms(List<VmMode> modes) {
        return modes.size() < 2 || modes.get(0).equals(modes.get(1))
                ? Optional.empty()
                : Optional.of(new SourceComparison.Vms(
                        modes.get(0).name(), modes.get(1).name()));
    }

    private static String called(SourceComparison comparison) {
        return comparison
                .vms()
                .map(vms -> comparison.before() + " on VM " + vms.before() + " and "
                        + (comparison.isOfOneSource() ? "" : comparison.after() + " on ") + vms.after())
                .orElse(comparison.before() + " and " + comparison.after());
    }

    private List<AnalysisOptions> options() {
        List<AnalysisOptions> options = OptionResolver.sides(structs, rules, context);
        AnalysisOptions first = options.get(0);
        Machine machine = cpus.count()
                .map(count -> OptionResolver.withCpus(first.machine(), count, context))
                .orElseGet(() -> OptionResolver.withBusyThreads(first, structs.machine, context)
                        .machine());
        return options.stream().map(one -> one.withMachine(machine)).toList();
    }

    private SourceComparison compare(
            ComparedSides found, List<AnalysisOptions> options, Optional<SourceComparison.Vms> vms) {
        List<Subject> old = found.before().stream().map(options.get(0)::prepare).toList();
        List<Subject> young = found.after().stream()
                .map(options.get(1)::prepare)
                .map(subject -> asObserved(subject, old))
                .toList();
        // a struct may be in the profile by its old name or its new one
        isProfileKnown = options.get(0)
                .checkProfile(Stream.concat(young.stream(), old.stream()).toList(), context);
        if (!found.whole()) {
            CatalogOffer.say(Stream.concat(old.stream(), young.stream()).toList(), options.get(0), context);
        }
        SourceMatches matching = SourceMatches.of(old, young);
        if (!found.whole() && old.size() == 1 && young.size() == 1 && matching.unchanged() == 0) {
            matching = SourceMatches.ofTwo(old.get(0), young.get(0)); // named, so compared whatever they are called
        }
        List<SourceComparison.Changed> changed = new ArrayList<>(compare(matching.changed(), options.get(0)));
        changed.sort(sort.comparator());
        return new SourceComparison(
                sides.get(0),
                sides.get(sides.size() - 1),
                matching.unchanged(),
                matching.added(),
                matching.removed(),
                changed,
                vms);
    }

    /** A run was of the old layout, so that offsets that it saw are offsets in that one. */
    private static Subject asObserved(Subject young, List<Subject> old) {
        Optional<StructProfile> seen = young.profile()
                .filter(profile -> profile.observation().isPresent())
                .flatMap(profile -> old.stream()
                        .flatMap(subject -> subject.profile().stream())
                        .filter(other -> other.struct().equals(profile.struct()))
                        .findFirst());
        return seen.isPresent() ? young.withProfile(seen) : young;
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
