package dev.faultline.cli.command;

import dev.faultline.analysis.Analysis;
import dev.faultline.cli.option.Format;
import dev.faultline.cli.option.SortKey;
import dev.faultline.cost.CostBreakdown;
import dev.faultline.hazard.Finding;
import dev.faultline.hazard.Severity;
import dev.faultline.layout.Slot;
import dev.faultline.report.ReportWriter;
import dev.faultline.report.text.TextLines;
import dev.faultline.report.text.TextStyle;
import dev.faultline.source.LayoutSource;
import dev.faultline.source.Subject;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine.ParameterException;

/** One run of {@code list}. What can be told from a source's index is not laid out. */
final class Listing {

    /** Up to so many structs are judged without being asked to: it takes no time, and the list says more. */
    private static final int SHORT = 200;

    private final ListRequest request;
    private final Sources sources;
    private final Surroundings surroundings;
    private final Function<String, ParameterException> usage;

    Listing(
            ListRequest request,
            Sources sources,
            Surroundings surroundings,
            Function<String, ParameterException> usage) {
        this.usage = usage;
        this.request = request;
        this.sources = sources;
        this.surroundings = surroundings;
    }

    /**
     * A line of the list.
     *
     * @param name name and version
     * @param byteSize size, or -1 when it is not known
     */
    private record Row(String name, long byteSize) {}

    /**
     * Runs.
     *
     * @return the exit status
     * @throws dev.faultline.input.InputException when a source, a profile or the output cannot be used
     * @throws IOException when the list cannot be written
     */
    int run() throws IOException {
        try (ReportFile file = ReportFile.open(request.output(), surroundings.out())) {
            LayoutSource source = sources.get(request.from());
            List<Row> rows = source.entries().stream()
                    .filter(entry -> request.match().matches(entry.name()))
                    .map(entry -> new Row(Selection.reference(entry), entry.byteSize()))
                    .collect(Collectors.toCollection(ArrayList::new));
            if (rows.isEmpty()) {
                surroundings.say(source.description() + ": none of its "
                        + source.entries().size() + " structs matches '"
                        + request.match().text() + "'");
                return ExitStatus.FAILED;
            }
            if (needsLayouts(rows)) {
                return judged(source, file);
            }
            writeNames(rows, file.writer());
            file.commit();
            return ExitStatus.CLEAN;
        }
    }

    private boolean needsLayouts(List<Row> rows) {
        return request.format() != Format.TEXT
                || rows.size() <= SHORT
                || request.sort() == SortKey.HOLES
                || request.sort() == SortKey.FINDINGS
                || request.sort() == SortKey.COST
                || request.sort() == SortKey.SIZE && rows.stream().anyMatch(row -> row.byteSize() < 0);
    }

    private int judged(LayoutSource source, ReportFile file) throws IOException {
        Selection selection = Selection.matching(request.match(), source);
        selection.notes().forEach(surroundings::say);
        selection.complaints().forEach(surroundings::say);
        List<Subject> subjects =
                selection.selected().stream().map(Selection.Selected::subject).toList();
        if (subjects.isEmpty()) {
            return ExitStatus.FAILED;
        }
        List<Analysis> analyses = new ArrayList<>(subjects.size());
        try (Progress progress = Progress.of(subjects.size(), surroundings)) {
            request.judgement().judge(subjects, progress, analyses::add);
        }
        analyses.sort(order());
        if (request.format() != Format.TEXT) {
            ReportWriter<Analysis> report = new ReportWriters(
                            request.format(), new TextStyle(request.color(), TextStyle.DEFAULT_COLUMNS), request.sourceRoot(), usage)
                    .analyses(analyses.size(), false, file.writer());
            for (Analysis analysis : analyses) {
                report.write(analysis);
            }
            report.end();
        } else {
            writeAnalyses(analyses, file.writer());
        }
        file.commit();
        return ExitStatus.CLEAN;
    }

    private Comparator<Analysis> order() {
        Comparator<Analysis> byName =
                Comparator.comparing(analysis -> analysis.subject().reference());
        return switch (request.sort()) {
            case NAME -> byName;
            case SIZE ->
                Comparator.comparing((Analysis analysis) ->
                                analysis.subject().layout().byteSize())
                        .reversed()
                        .thenComparing(byName);
            case HOLES -> Comparator.comparing(Listing::unusedBytes).reversed().thenComparing(byName);
            case FINDINGS ->
                Comparator.comparing((Analysis analysis) -> count(analysis, Severity.ERROR))
                        .thenComparing(analysis -> count(analysis, Severity.WARNING))
                        .thenComparing(analysis -> count(analysis, Severity.INFO))
                        .reversed()
                        .thenComparing(byName);
            case COST ->
                Comparator.comparingDouble(Listing::cpusLost).reversed().thenComparing(byName);
        };
    }

    private void writeNames(List<Row> rows, Writer out) throws IOException {
        Comparator<Row> byName = Comparator.comparing(Row::name);
        rows.sort(
                request.sort() == SortKey.SIZE
                        ? Comparator.comparing(Row::byteSize).reversed().thenComparing(byName)
                        : byName);
        boolean sized = rows.stream().anyMatch(row -> row.byteSize() >= 0);
        TextLines lines = new TextLines(out, request.color());
        lines.ink(TextLines.BOLD, sized ? "   bytes    lines  name" : "name").end();
        for (Row row : rows) {
            lines.add((sized ? size(row.byteSize()) : "") + row.name()).end();
        }
    }

    private void writeAnalyses(List<Analysis> analyses, Writer out) throws IOException {
        TextLines lines = new TextLines(out, request.color());
        String heads = String.format("   bytes    lines    holes  %9s  %-28s  name", "CPUs lost", "findings");
        lines.ink(TextLines.BOLD, heads).end();
        for (Analysis analysis : analyses) {
            lines.add(String.format(
                            Locale.ROOT,
                            "%s%7d  %9s  %-28s  %s",
                            size(analysis.subject().layout().byteSize()),
                            unusedBytes(analysis),
                            cost(analysis),
                            findings(analysis),
                            analysis.subject().reference()))
                    .end();
        }
    }

    private String size(long byteSize) {
        int lineBytes = request.judgement().machine().lineBytes().value();
        return byteSize < 0
                ? "       -        -  "
                : String.format(Locale.ROOT, "%8d %8d  ", byteSize, (byteSize + lineBytes - 1) / lineBytes);
    }

    private static double cpusLost(Analysis analysis) {
        return analysis.bill().map(CostBreakdown::cpusLost).orElse(0.0);
    }

    /** With a tilde where nobody said how often fields are used. */
    private static String cost(Analysis analysis) {
        return analysis.bill()
                .map(bill -> (bill.assumedRates() ? "~" : "") + String.format(Locale.ROOT, "%.3f", bill.cpusLost()))
                .orElse("-");
    }

    private static String findings(Analysis analysis) {
        List<String> words = new ArrayList<>();
        for (Severity severity : List.of(Severity.ERROR, Severity.WARNING, Severity.INFO)) {
            long count = count(analysis, severity);
            if (count > 0) {
                boolean plural = count > 1 && severity != Severity.INFO; // "5 info", as a total in a report
                words.add(count + " " + severity.word() + (plural ? "s" : ""));
            }
        }
        return words.isEmpty() ? "-" : String.join(", ", words);
    }

    private static long count(Analysis analysis, Severity severity) {
        return analysis.findings().stream()
                .map(Finding::severity)
                .filter(severity::equals)
                .count();
    }

    /** {@return the bytes in holes and padding; odd bits are not counted} */
    private static long unusedBytes(Analysis analysis) {
        return analysis.subject().layout().slots().stream()
                .filter(slot -> !(slot instanceof Slot.Field) && slot.bits().isEmpty())
                .mapToLong(Slot::byteSize)
                .sum();
    }
}
