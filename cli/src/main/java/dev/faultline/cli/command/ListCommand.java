package dev.faultline.cli.command;

import dev.faultline.analysis.Analysis;
import dev.faultline.cli.option.Format;
import dev.faultline.cli.option.Glob;
import dev.faultline.cli.option.NumberConverters;
import dev.faultline.cli.option.OutputOptions;
import dev.faultline.cli.option.RuleOptions;
import dev.faultline.cli.option.SortKey;
import dev.faultline.cli.option.Strictness;
import dev.faultline.cli.option.StructOptions;
import dev.faultline.cli.option.UsageException;
import dev.faultline.cli.output.ReportFile;
import dev.faultline.cli.run.AnalysisOptions;
import dev.faultline.cli.run.CliContext;
import dev.faultline.cli.run.ExitStatus;
import dev.faultline.cli.run.OptionResolver;
import dev.faultline.cli.run.Selection;
import dev.faultline.cli.run.StructFinder;
import dev.faultline.cost.CostBreakdown;
import dev.faultline.hazard.Finding;
import dev.faultline.hazard.Severity;
import dev.faultline.report.build.Detail;
import dev.faultline.report.text.TextLines;
import dev.faultline.source.LayoutSource;
import dev.faultline.source.detect.NearFile;
import dev.faultline.source.detect.SourceName;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code faultline list}: the structs of a source. */
@Command(
        name = "list",
        description = "List the structs of a source, or of the built-in catalogue.",
        customSynopsis = "faultline list [OPTIONS] [SOURCE]",
        footer = {
            "  faultline list",
            "  faultline list kernel --match '*_entry' --sort size",
            "  faultline list app.jar --sort findings",
            "  faultline list kernel --top 20",
            "  faultline list app.jar --run-code",
            "",
            "Text lists names and sizes. Holes, costs and findings are added when the list is",
            "short or sorted by them. Other formats show what 'faultline inspect' shows."
        })
final class ListCommand implements Callable<Integer> {

    /** Up to this many structs are analysed in any case, since it takes little time. */
    private static final int SHORT = 200;

    private final CliContext context;

    @Parameters(
            paramLabel = "SOURCE",
            hideParamSyntax = true,
            arity = "0..*",
            description = "The source, as --from takes it; several files of LLVM IR are one.")
    private List<String> arguments = new ArrayList<>();

    @Mixin
    private StructOptions structs;

    @Option(names = "--match", paramLabel = "GLOB", description = "Only structs whose whole name matches: * ? [a-z].")
    private Glob match = Glob.parse("*");

    @Option(
            names = "--sort",
            paramLabel = "KEY",
            description = "name, size, holes, findings or cost; all but name largest first. Default: name in text, "
                    + "else the order of the source.")
    private SortKey sort;

    @Option(
            names = "--top",
            paramLabel = "N",
            converter = NumberConverters.Most.class,
            description = "Only the first N structs; by findings unless --sort says otherwise.")
    private Integer top;

    @Mixin
    private Strictness strictness;

    @Mixin
    private RuleOptions rules;

    @Mixin
    private OutputOptions output;

    private int lineBytes;

    ListCommand(CliContext context) {
        this.context = context;
    }

    /**
     * A line of a list without analyses.
     *
     * @param name name and version
     * @param byteSize size, or -1 when it is not known
     */
    private record Row(String name, long byteSize) {}

    @Override
    public Integer call() throws IOException {
        List<String> sources = SourceName.joined(arguments);
        if (sources.size() > 1) {
            throw new UsageException("list shows one source, got " + String.join(" and ", sources));
        }
        String argument = sources.isEmpty() ? null : sources.get(0);
        if (argument != null && structs.source.from != null) {
            throw new UsageException("name the source once: " + argument + ", or --from");
        }
        StructFinder finder = new StructFinder(structs.source, context);
        if (argument != null && !finder.isSource(argument)) {
            throw new UsageException(argument + " is not a source" + NearFile.hint(argument)
                    + ": expected a file, a directory, a class path, kernel, jvm or -;" + " 'faultline inspect "
                    + argument + "' shows a struct");
        }
        if (top != null && sort == null) {
            sort = SortKey.FINDINGS;
        }
        AnalysisOptions options = OptionResolver.analysis(structs, rules, context);
        lineBytes = options.machine().lineBytes().value();
        boolean isText = output.format() == Format.TEXT;
        try (ReportFile file = context.open(output.file)) {
            boolean isProfileKnown = true;
            LayoutSource source = argument == null ? finder.source() : finder.source(argument);
            List<Row> rows = rows(source);
            if (rows.isEmpty()) {
                Selection.missing(match, source).report(context);
                context.say(Selection.noneMatches(match, source));
                return ExitStatus.FAILED;
            }
            Selection selection;
            if (isText && !needsAnalyses(rows)) {
                selection = Selection.missing(match, source);
                selection.report(context);
                sort(rows);
                writeNames(first(rows), file.writer());
            } else {
                selection = Selection.matching(match, source);
                selection.report(context);
                if (selection.selected().isEmpty()) {
                    return ExitStatus.FAILED;
                }
                isProfileKnown = options.checkProfile(selection.subjects(), context);
                List<Analysis> analyses = first(analyses(selection, options));
                if (isText) {
                    writeAnalyses(analyses, file.writer());
                } else {
                    writeReport(analyses, selection, file.writer());
                }
            }
            file.commit();
            return strictness.strict
                            && !(isProfileKnown && selection.omissions().isEmpty())
                    ? ExitStatus.FAILED
                    : ExitStatus.CLEAN;
        }
    }

    /** {@return what --top leaves; says how much that is when it is not all} */
    private <T> List<T> first(List<T> structs) {
        if (top == null || structs.size() <= top) {
            return structs;
        }
        context.say(WorstStructs.note(top, structs.size()));
        return structs.subList(0, top);
    }

    private List<Row> rows(LayoutSource source) {
        List<Row> rows = new ArrayList<>();
        for (LayoutSource.Entry entry : source.entries()) {
            if (match.matches(entry.name())) {
                rows.add(new Row(Selection.reference(entry), entry.byteSize()));
            }
        }
        return rows;
    }

    private boolean needsAnalyses(List<Row> rows) {
        return rows.size() <= SHORT
                || sort == SortKey.HOLES
                || sort == SortKey.FINDINGS
                || sort == SortKey.COST
                || sort == SortKey.SIZE && rows.stream().anyMatch(row -> row.byteSize() < 0);
    }

    private List<Analysis> analyses(Selection selection, AnalysisOptions options) throws IOException {
        List<Analysis> analyses = new ArrayList<>();
        options.parallel().run(selection.subjects(), context, analyses::add);
        if (sort != null || output.format() == Format.TEXT) {
            analyses.sort(order());
        }
        return analyses;
    }

    private Comparator<Analysis> order() {
        Comparator<Analysis> byName =
                Comparator.comparing(analysis -> analysis.subject().reference());
        Comparator<Analysis> order = switch (sort == null ? SortKey.NAME : sort) {
            case NAME -> (a, b) -> 0;
            case SIZE ->
                Comparator.comparing(analysis -> -analysis.subject().layout().byteSize());
            case HOLES -> Comparator.comparing(analysis -> -unusedBytes(analysis));
            case FINDINGS -> WorstStructs.FIRST;
            case COST ->
                Comparator.comparing(analysis ->
                        -analysis.breakdown().map(CostBreakdown::cpusLost).orElse(0.0));
        };
        return order.thenComparing(byName);
    }

    private void writeReport(List<Analysis> analyses, Selection selection, Writer out) throws IOException {
        var report =
                ReportWriters.of(output, context).analyses(analyses.size(), Detail.USUAL, selection.omissions(), out);
        for (Analysis analysis : analyses) {
            report.write(analysis);
        }
        report.end();
    }

    private TextLines lines(Writer out) {
        return new TextLines(out, OptionResolver.color(output, context));
    }

    private void sort(List<Row> rows) {
        Comparator<Row> byName = Comparator.comparing(Row::name);
        rows.sort(
                sort == SortKey.SIZE
                        ? Comparator.comparing(Row::byteSize).reversed().thenComparing(byName)
                        : byName);
    }

    private void writeNames(List<Row> rows, Writer out) throws IOException {
        boolean sized = rows.stream().anyMatch(row -> row.byteSize() >= 0);
        TextLines lines = lines(out);
        lines.ink(TextLines.BOLD, sized ? "   bytes    lines  name" : "name").end();
        for (Row row : rows) {
            lines.add((sized ? size(row.byteSize()) : "") + row.name()).end();
        }
    }

    private void writeAnalyses(List<Analysis> analyses, Writer out) throws IOException {
        TextLines lines = lines(out);
        boolean isPadded = analyses.stream().anyMatch(one -> paddingBytes(one) > 0);
        String heads = String.format(
                "   bytes    lines    holes  %s%9s  %-28s  name", isPadded ? "padding  " : "", "CPUs lost", "findings");
        lines.ink(TextLines.BOLD, heads).end();
        for (Analysis analysis : analyses) {
            lines.add(String.format(
                            Locale.ROOT,
                            "%s%7d  %s%9s  %-28s  %s",
                            size(analysis.subject().layout().byteSize()),
                            unusedBytes(analysis),
                            isPadded ? String.format(Locale.ROOT, "%7d  ", paddingBytes(analysis)) : "",
                            cost(analysis),
                            findings(analysis),
                            analysis.subject().reference()))
                    .end();
        }
    }

    private static long paddingBytes(Analysis analysis) {
        return analysis.subject().layout().paddingBytes();
    }

    private String size(long byteSize) {
        return byteSize < 0
                ? "       -        -  "
                : String.format(Locale.ROOT, "%8d %8d  ", byteSize, (byteSize + lineBytes - 1) / lineBytes);
    }

    /** With a tilde when the rates are assumed. */
    private static String cost(Analysis analysis) {
        return analysis.breakdown()
                .map(breakdown -> (breakdown.assumedRates() ? "~" : "")
                        + String.format(Locale.ROOT, "%.3f", breakdown.cpusLost()))
                .orElse("-");
    }

    private static String findings(Analysis analysis) {
        List<String> words = new ArrayList<>();
        for (Severity severity : List.of(Severity.ERROR, Severity.WARNING, Severity.INFO)) {
            long count = WorstStructs.count(analysis, severity);
            if (count > 0) {
                boolean plural = count > 1 && severity != Severity.INFO; // "5 info", as a total in a report
                words.add(count + " " + severity.word() + (plural ? "s" : ""));
            }
        }
        long suspicions =
                analysis.findings().stream().filter(Finding::isSuspicion).count();
        return !words.isEmpty()
                ? String.join(", ", words)
                : suspicions == 0 ? "-" : "- (" + suspicions + (suspicions == 1 ? " suspicion)" : " suspicions)");
    }

    /** {@return the bytes that nothing uses and nothing keeps free on purpose} */
    private static long unusedBytes(Analysis analysis) {
        return analysis.subject().layout().unusedBytes();
    }
}
