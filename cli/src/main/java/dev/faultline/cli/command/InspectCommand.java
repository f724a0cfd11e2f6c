package dev.faultline.cli.command;

import dev.faultline.analysis.Analysis;
import dev.faultline.cli.option.Glob;
import dev.faultline.cli.option.OutputOptions;
import dev.faultline.cli.option.RuleOptions;
import dev.faultline.cli.option.StructOptions;
import dev.faultline.cli.option.Threshold;
import dev.faultline.cli.option.UsageException;
import dev.faultline.cli.output.ReportFile;
import dev.faultline.cli.run.AnalysisOptions;
import dev.faultline.cli.run.CliContext;
import dev.faultline.cli.run.ErrorReporter;
import dev.faultline.cli.run.ExitStatus;
import dev.faultline.cli.run.OptionResolver;
import dev.faultline.cli.run.Selection;
import dev.faultline.cli.run.StructFinder;
import dev.faultline.cli.run.VmLayoutCheck;
import dev.faultline.hazard.Severity;
import dev.faultline.source.LayoutSource;
import dev.faultline.source.Subject;
import dev.faultline.source.notation.NotationSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code faultline inspect}: where the bytes of structs are, and which fields will make CPUs fight. */
@Command(
        name = "inspect",
        description = "Show where the bytes of structs are, and which fields will make CPUs fight.",
        customSynopsis = "faultline inspect [OPTIONS] [SOURCE | [SOURCE#]NAME[@VERSION]]...",
        footer = {
            "  faultline inspect rtable@6.3",
            "  faultline inspect app.jar",
            "  faultline inspect kernel#dst_entry",
            "  faultline inspect --from kernel dst_entry --embedders",
            "  faultline inspect --from app.jar com.acme.Ring --vm 25-coh",
            "  pahole -C foo a.o | faultline inspect -",
            "  faultline inspect kernel --match '*_entry' --format json",
            "  faultline inspect rtable --profile mine.yaml --fail-on warning",
            "",
            "Without --from, an argument that is kernel, jvm, - or an existing file is a",
            "source, and all its structs are shown. Every other argument is a struct.",
            "",
            "Exit status: 0 clean, 1 findings at or above --fail-on, 2 wrong usage,",
            "3 something could not be analysed."
        })
class InspectCommand implements Callable<Integer> {

    /** The most structs of a text that are shown without being named. */
    private static final int MOST_UNNAMED = 100;

    private final CliContext context;

    @Parameters(
            paramLabel = "SOURCE|NAME",
            hideParamSyntax = true,
            arity = "0..*",
            description = "Structs, unions or classes by name, and whole sources. Without a version, the newest.")
    private List<String> arguments = new ArrayList<>();

    @Mixin
    private StructOptions structs;

    @Option(
            names = "--match",
            paramLabel = "GLOB",
            description = "Of a source, only the structs whose whole name matches: * ? [a-z].")
    private Glob match;

    @Option(
            names = "--embedders",
            description = "Show the structs of the source that embed the named ones, directly or deeper, "
                    + "instead of these.")
    private boolean embedders;

    @Mixin
    private RuleOptions rules;

    @Option(
            names = "--expand",
            description = "In text, show the members of embedded structs and each field of padding.")
    private boolean expand;

    @Option(
            names = "--verify",
            description = "Compare the layout of Java classes with the running Java VM; status 3 when they differ.")
    private boolean verify;

    @Mixin
    private OutputOptions output;

    @Option(
            names = "--fail-on",
            paramLabel = "SEVERITY",
            description = "Exit with 1 when a finding is at least: error, warning, info. Default: never.")
    private Threshold failOn = Threshold.NEVER;

    private Optional<Severity> worst = Optional.empty();
    private boolean failed;

    InspectCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        StructFinder finder = new StructFinder(structs.source, context);
        List<String> sources = arguments.stream().filter(finder::isSource).toList();
        List<String> names =
                arguments.stream().filter(word -> !sources.contains(word)).toList();
        checkCombination(sources, names);
        AnalysisOptions options = OptionResolver.analysis(structs, rules, context);
        ReportWriters reports = ReportWriters.of(output, context);
        try (ReportFile file = context.open(output.file)) {
            Selection selection = select(finder, sources, names);
            selection.report(context);
            failed = !selection.complaints().isEmpty();
            if (selection.selected().isEmpty()) {
                return ExitStatus.FAILED;
            }
            options.checkProfile(selection.subjects());
            if (verify) {
                failed |= !VmLayoutCheck.agrees(selection.selected(), context);
            }
            write(selection.subjects(), options, reports, file);
        } catch (IOException unwritten) { // what was found before the reader went away still counts
            failed |= ErrorReporter.failure(unwritten, List.of(), context) != ExitStatus.CLEAN;
        }
        return failed ? ExitStatus.FAILED : failOn.isReachedBy(worst) ? ExitStatus.FOUND : ExitStatus.CLEAN;
    }

    boolean writesFile() {
        return output.file != null;
    }

    private void checkCombination(List<String> sources, List<String> names) {
        if (arguments.isEmpty() && match == null && !embedders && structs.source.from == null) {
            throw new UsageException(
                    "name a struct, such as rtable, or a source; 'faultline list' shows the built-in structs");
        }
        if (!names.isEmpty() && sources.isEmpty() && match != null) {
            throw new UsageException("name structs or give --match, not both");
        }
        if (embedders && (names.isEmpty() || !sources.isEmpty())) {
            throw new UsageException("--embedders needs the name of the struct that is embedded");
        }
    }

    private Selection select(StructFinder finder, List<String> sources, List<String> names) {
        if (embedders) {
            return finder.embedders(names);
        }
        if (!arguments.isEmpty()) {
            Selection all = finder.named(names);
            for (String source : sources) {
                all = all.and(ofSource(finder.source(source)));
            }
            return all;
        }
        LayoutSource source = finder.source();
        int entries = source.entries().size();
        if (match == null && !writesFile() && entries > (source instanceof NotationSource ? MOST_UNNAMED : 1)) {
            throw new UsageException(source.description() + " holds " + entries
                    + " structs: name one, or give --match '*' for all; 'faultline list' shows them");
        }
        return ofSource(source);
    }

    private Selection ofSource(LayoutSource source) {
        return match == null ? Selection.whole(source) : Selection.matching(match, source);
    }

    private void write(List<Subject> subjects, AnalysisOptions options, ReportWriters reports, ReportFile file)
            throws IOException {
        var report = reports.analyses(subjects.size(), expand, file.writer());
        options.parallel().run(subjects, context, analysis -> {
            note(analysis);
            report.write(analysis);
        });
        report.end();
        file.commit();
    }

    private void note(Analysis analysis) {
        analysis.worst()
                .filter(found -> worst.isEmpty() || found.compareTo(worst.get()) > 0)
                .ifPresent(found -> worst = Optional.of(found));
    }
}
