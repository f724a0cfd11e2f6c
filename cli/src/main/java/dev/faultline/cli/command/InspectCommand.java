package dev.faultline.cli.command;

import dev.faultline.analysis.Analysis;
import dev.faultline.analysis.SourceAnalysis;
import dev.faultline.cli.option.BaselineOptions;
import dev.faultline.cli.option.CpuOptions;
import dev.faultline.cli.option.Glob;
import dev.faultline.cli.option.NumberConverters;
import dev.faultline.cli.option.OutputOptions;
import dev.faultline.cli.option.RuleOptions;
import dev.faultline.cli.option.Strictness;
import dev.faultline.cli.option.StructOptions;
import dev.faultline.cli.option.Threshold;
import dev.faultline.cli.option.UsageException;
import dev.faultline.cli.output.ReportFile;
import dev.faultline.cli.run.AnalysisOptions;
import dev.faultline.cli.run.CliContext;
import dev.faultline.cli.run.ErrorReporter;
import dev.faultline.cli.run.ExitStatus;
import dev.faultline.cli.run.OptionResolver;
import dev.faultline.cli.run.ParallelAnalysis;
import dev.faultline.cli.run.Selection;
import dev.faultline.cli.run.StructFinder;
import dev.faultline.cli.run.VmLayoutCheck;
import dev.faultline.compare.VmLayouts;
import dev.faultline.hazard.Severity;
import dev.faultline.report.ReportWriter;
import dev.faultline.report.build.Detail;
import dev.faultline.report.build.OmissionsDocument;
import dev.faultline.report.build.SourceDocument;
import dev.faultline.report.build.StructDocument;
import dev.faultline.source.LayoutSource;
import dev.faultline.source.Omissions;
import dev.faultline.source.Subject;
import dev.faultline.source.detect.SourceName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
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
            "  faultline inspect ./app",
            "  faultline inspect './app#ns::Ring<long>'",
            "  faultline inspect kernel#dst_entry",
            "  faultline inspect --from kernel dst_entry --embedders",
            "  faultline inspect --from app.jar com.acme.Ring --vm 25-coh",
            "  faultline inspect app.jar#com.acme.Ring --vm all      as JDK 8 to 27 lay it out",
            "  faultline inspect app.jar:lib/core.jar#com.acme.Ring      a class path",
            "  faultline inspect build/*.ll      C, C++ or Rust with its code, as LLVM IR",
            "  faultline inspect 'build/*.ll#ring'",
            "  pahole -C foo a.o | faultline inspect -",
            "  faultline inspect kernel --match '*_entry' --format json",
            "  faultline inspect kernel --top 5      the five worst structs",
            "  faultline inspect rtable --profile mine.yaml --fail-on warning",
            "  faultline inspect app.jar --baseline known.yaml",
            "  faultline inspect app.jar --baseline known.yaml --update",
            "  faultline inspect app.jar --run-code",
            "",
            "Without --from, an argument that is kernel, jvm, -, an existing file or a class",
            "path is a source: the report begins with a verdict and the findings that matter,",
            "and says what it does not show. Every other argument is a struct, which is shown",
            "whole, as are those that --match selects.",
            "",
            "A Java class or field silences rules by an annotation of class retention named",
            "SuppressFalseSharing, of any package: @SuppressFalseSharing(\"WritersShareLine\").",
            "",
            "Exit status: 0 clean, 1 findings at or above --fail-on, 2 wrong usage,",
            "3 something could not be analysed."
        })
class InspectCommand implements Callable<Integer> {

    private final CliContext context;

    @Parameters(
            paramLabel = "SOURCE|NAME",
            hideParamSyntax = true,
            arity = "0..*",
            description = "Structs, unions or classes by name, and whole sources. Without a version, the newest.")
    private List<String> arguments = new ArrayList<>();

    @Mixin
    private StructOptions structs;

    @Mixin
    private CpuOptions cpus;

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
    private Strictness strictness;

    @Mixin
    private RuleOptions rules;

    @Option(
            names = "--expand",
            description = "In text, show the members of embedded structs and each field of padding.")
    private boolean expand;

    @Option(
            names = "--all",
            description = "Show every finding: of a source not only those that matter, and also suspicions, which "
                    + "rest on field types alone. They then count for --fail-on.")
    private boolean all;

    @Option(
            names = "--top",
            paramLabel = "N",
            converter = NumberConverters.Most.class,
            description = "Only the N structs with the worst findings. All findings count for --fail-on.")
    private Integer top;

    @Mixin
    private BaselineOptions baseline;

    @Option(
            names = "--verify",
            description = "Compare the layout of Java classes with the running Java VM; status 3 when they differ.")
    private boolean verify;

    @Mixin
    private OutputOptions output;

    @Option(
            names = "--fail-on",
            paramLabel = "SEVERITY",
            description = "Exit with 1 when a finding that is reported is at least: error, warning, info. "
                    + "Default: never.")
    private Threshold failOn = Threshold.NEVER;

    private Optional<Severity> worst = Optional.empty();
    private boolean failed;

    InspectCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        boolean everyVm = structs.source.isEveryVm();
        arguments = structs.source.from == null ? SourceName.joined(arguments) : arguments;
        StructFinder finder = everyVm
                ? new StructFinder(structs.source, Optional.empty(), context)
                : new StructFinder(structs.source, context);
        List<String> sources = arguments.stream().filter(finder::isSource).toList();
        List<String> names =
                arguments.stream().filter(word -> !sources.contains(word)).toList();
        checkCombination(sources, names);
        checkVms(everyVm);
        Optional<KnownFilter> known = KnownFilter.of(baseline);
        AnalysisOptions options = options();
        ReportWriters reports = ReportWriters.of(output, context);
        try (ReportFile file = context.open(output.file)) {
            List<Part> parts = select(finder, sources, names, options);
            parts.forEach(part -> part.selection().report(context));
            List<Omissions> omissions = parts.stream()
                    .flatMap(part -> part.selection().omissions().stream())
                    .toList();
            failed = strictness.strict && !omissions.isEmpty()
                    || parts.stream()
                            .anyMatch(part -> !part.selection().complaints().isEmpty());
            List<Selection.Selected> selected = parts.stream()
                    .flatMap(part -> part.selection().selected().stream())
                    .toList();
            if (selected.isEmpty()) {
                return ExitStatus.FAILED;
            }
            List<Subject> subjects =
                    selected.stream().map(Selection.Selected::subject).toList();
            boolean isProfileKnown = options.checkProfile(subjects, context);
            failed |= strictness.strict && !isProfileKnown;
            tellLenient(omissions.isEmpty() && isProfileKnown);
            options.checkFields(subjects);
            if (subjects.size() == 1 && !names.isEmpty()) {
                CatalogOffer.say(subjects, options, context);
            }
            if (verify) {
                failed |= !VmLayoutCheck.agrees(selected, context);
            }
            Findings findings = new Findings(options, known);
            if (everyVm) {
                findings.writeLayouts(parts, selected, reports, file);
            } else if (reports.sumsUp()) {
                findings.sumUp(parts, reports, file);
            } else {
                findings.list(subjects, omissions, reports, file);
            }
            boolean isWhole = match == null && names.isEmpty();
            known.ifPresent(filter -> filter.update(isWhole && !failed, context));
        } catch (IOException unwritten) { // what was found before the reader went away still counts
            failed |= ErrorReporter.failure(unwritten, List.of(), context) != ExitStatus.CLEAN;
        }
        return failed ? ExitStatus.FAILED : failOn.isReachedBy(worst) ? ExitStatus.FOUND : ExitStatus.CLEAN;
    }

    private void tellLenient(boolean isWhole) {
        if (!isWhole && !strictness.strict && failOn != Threshold.NEVER) {
            context.say(Strictness.LENIENT);
        }
    }

    private AnalysisOptions options() {
        AnalysisOptions options = OptionResolver.analysis(structs, rules, context);
        return cpus.count()
                .map(count -> options.withMachine(OptionResolver.withCpus(options.machine(), count, context)))
                .orElseGet(() -> OptionResolver.withBusyThreads(options, structs.machine, context));
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

    private void checkVms(boolean every) {
        if (!every) {
            return;
        }
        if (embedders || verify || baseline.file != null || top != null) {
            String other = top != null ? "--top" : verify ? "--verify" : embedders ? "--embedders" : "--baseline";
            throw new UsageException(other + " is not for --vm all; name one VM");
        }
        ReportWriters.of(output, context).expectMoreThanStructs("layouts of several VMs");
    }

    /**
     * What is reported together.
     *
     * @param name of a whole source, which is summed up; empty for structs that are shown one by one
     * @param selection the structs
     */
    private record Part(Optional<String> name, Selection selection) {}

    private List<Part> select(StructFinder finder, List<String> sources, List<String> names, AnalysisOptions options) {
        if (embedders) {
            return List.of(new Part(Optional.empty(), finder.embedders(names)));
        }
        List<Part> parts = new ArrayList<>();
        if (!names.isEmpty()) {
            parts.add(new Part(Optional.empty(), finder.named(names)));
        }
        for (String source : sources) {
            parts.add(part(source, finder.source(source), options));
        }
        if (arguments.isEmpty()) {
            parts.add(part(structs.source.from == null ? "" : structs.source.from, finder.source(), options));
        }
        return parts;
    }

    /** A source with one struct is shown like that struct. */
    private Part part(String name, LayoutSource source, AnalysisOptions options) {
        Selection listed = match == null ? Selection.whole(source) : Selection.matching(match, source);
        Selection selection = listed.withParts(source, options.profile());
        boolean isSummedUp = match == null && selection.selected().size() > 1;
        return new Part(isSummedUp ? Optional.of(name) : Optional.empty(), selection);
    }

    /** An analysis whose worst finding counts, ready to be written. */
    private record Ready(Optional<Severity> worst, ReportWriter.ReadyPart part) {}

    /** Analyses structs, holds back what is known, notes the worst finding and writes the rest. */
    private final class Findings {
        private final AnalysisOptions options;
        private final Optional<KnownFilter> known;

        Findings(AnalysisOptions options, Optional<KnownFilter> known) {
            this.options = options;
            this.known = known;
        }

        void list(List<Subject> subjects, List<Omissions> omissions, ReportWriters reports, ReportFile file)
                throws IOException {
            Detail detail = new Detail(expand, all, false);
            int shown = top == null ? subjects.size() : Math.min(top, subjects.size());
            var report = reports.analyses(shown, detail, omissions, file.writer());
            if (shown < subjects.size()) {
                for (Analysis one : worst(subjects)) {
                    report.write(one);
                }
            } else if (known.isPresent()) {
                analyse(subjects, report::write);
            } else {
                options.parallel().run(subjects, context, analysis -> ready(analysis, report), one -> {
                    note(one.worst());
                    one.part().write();
                });
            }
            report.end();
            file.commit();
        }

        void sumUp(List<Part> parts, ReportWriters reports, ReportFile file) throws IOException {
            var report = reports.documents(file.writer());
            for (Part part : parts) {
                List<Subject> subjects = part.selection().subjects();
                if (part.name().isEmpty()) {
                    Detail detail = new Detail(expand, all, false);
                    if (top == null) {
                        analyse(subjects, analysis -> report.write(StructDocument.of(analysis, detail)));
                    } else {
                        for (Analysis one : worst(subjects)) {
                            report.write(StructDocument.of(one, detail));
                        }
                    }
                    for (Omissions one : part.selection().omissions()) {
                        report.write(OmissionsDocument.of(one));
                    }
                } else {
                    SourceAnalysis.Collector collector = new SourceAnalysis.Collector();
                    analyse(subjects, collector::add);
                    String name = part.name().get();
                    report.write(SourceDocument.of(
                            name.equals("-") ? "standard input" : name,
                            collector.result(),
                            part.selection().omissions(),
                            new SourceDocument.Extent(all, top == null ? OptionalInt.empty() : OptionalInt.of(top)),
                            new ShownStruct(name, structs, cpus)));
                }
            }
            report.end();
            file.commit();
        }

        /** A whole source is summed up by itself; several arguments are shown class by class. */
        void writeLayouts(List<Part> parts, List<Selection.Selected> selected, ReportWriters reports, ReportFile file)
                throws IOException {
            List<VmLayouts> layouts = new VmSurvey(options, all, context).of(selected);
            layouts.forEach(one ->
                    one.variants().forEach(variant -> note(variant.analysis().worst())));
            reports.vmLayouts(layouts, parts.size() == 1 ? parts.get(0).name() : Optional.empty(), file.writer());
            file.commit();
        }

        /** Analyses all structs and keeps those with the worst findings. */
        private List<Analysis> worst(List<Subject> subjects) throws IOException {
            List<Analysis> analyses = new ArrayList<>();
            analyse(subjects, analyses::add);
            if (top < analyses.size()) {
                context.say(WorstStructs.note(top, analyses.size()));
            }
            return WorstStructs.of(analyses, top);
        }

        private Ready ready(Analysis analysis, ReportWriter<Analysis> report) {
            return new Ready((all ? analysis : analysis.withoutSuspicions()).worst(), report.prepare(analysis));
        }

        private void analyse(List<Subject> subjects, ParallelAnalysis.Consumer<Analysis> consumer) throws IOException {
            options.parallel().run(subjects, context, analysis -> {
                Analysis rest = known.map(filter -> filter.rest(analysis, all)).orElse(analysis);
                note((all ? rest : rest.withoutSuspicions()).worst());
                consumer.take(rest);
            });
        }
    }

    private void note(Optional<Severity> severity) {
        severity.filter(found -> worst.isEmpty() || found.compareTo(worst.get()) > 0)
                .ifPresent(found -> worst = Optional.of(found));
    }
}
