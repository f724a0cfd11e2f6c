package dev.faultline.report.build;

import dev.faultline.measure.Environment;
import dev.faultline.measure.RankInterval;
import dev.faultline.measure.SharingGrid;
import dev.faultline.measure.SharingRow;
import dev.faultline.measure.SharingTime;
import dev.faultline.report.document.Document;
import dev.faultline.report.document.DocumentBlock;
import dev.faultline.report.document.DocumentBlock.Column;
import dev.faultline.report.document.DocumentBlock.Fact;
import dev.faultline.report.document.DocumentBlock.Facts;
import dev.faultline.report.document.DocumentBlock.Paragraph;
import dev.faultline.report.document.DocumentBlock.Row;
import dev.faultline.report.document.DocumentBlock.Table;
import dev.faultline.report.document.Headline;
import dev.faultline.report.document.Tone;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The document of a grid: how well it is predicted, then a table for each kind of operation and role. */
public final class SharingGridDocument {

    private static final List<Column> COLUMNS = Stream.of(
                    "gap", "one line", "model", "apart", "model", "ratio", "interval", "model", "")
            .map(head -> head.isEmpty() ? Column.text(head) : Column.number(head))
            .toList();

    private SharingGridDocument() {}

    /** {@return the document} */
    public static Document of(SharingGrid grid) {
        List<DocumentBlock> blocks = new ArrayList<>();
        blocks.add(new Facts(facts(grid)));
        grid.inconclusive().ifPresent(why -> blocks.add(new Paragraph(Tone.MIXED, "inconclusive: " + why)));
        if (!grid.rows().isEmpty()) {
            summary(grid).forEach(line -> blocks.add(Paragraph.of(line)));
            boolean areAllFitted = grid.cells(false).isEmpty();
            byRole(grid).forEach((caption, rows) -> blocks.add(table(caption, rows, areAllFitted)));
        }
        return Document.of(
                "threads on one line and on lines apart, measured and predicted for " + grid.machine(),
                grid.inconclusive().map(why -> Headline.verdict(Tone.MIXED, "inconclusive")),
                blocks);
    }

    private static List<Fact> facts(SharingGrid grid) {
        Environment on = grid.environment();
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact(
                "machine",
                on.processor() + ", CPUs "
                        + on.cpus().stream().map(String::valueOf).collect(Collectors.joining(", "))
                        + (on.pinned() ? ", threads pinned" : ", threads not pinned")));
        facts.add(new Fact("java", on.java() + " on " + on.system()));
        facts.add(new Fact(
                "times", "ns an operation of one thread, medians of the rounds; intervals of 95 % or more, by ranks"));
        grid.remarks().forEach((name, text) -> facts.add(new Fact(name, text)));
        return facts;
    }

    private static List<String> summary(SharingGrid grid) {
        List<String> lines = new ArrayList<>();
        within(grid, false, "gaps that calibration does not use").ifPresent(lines::add);
        within(grid, true, "the gaps that calibration uses").ifPresent(lines::add);
        List<SharingRow> wrong = grid.wrongSigns();
        if (!grid.decided().isEmpty()) {
            lines.add(String.format(
                    Locale.ROOT,
                    "One placement is faster in %d rows, whose interval excludes 1; %d of them are predicted with that"
                            + " sign.",
                    grid.decided().size(),
                    grid.decided().size() - wrong.size()));
        }
        if (!wrong.isEmpty()) {
            lines.add("Wrong sign: "
                    + wrong.stream().map(SharingGridDocument::name).collect(Collectors.joining("; ")) + ".");
        }
        grid.worst()
                .ifPresent(cell -> lines.add(String.format(
                        Locale.ROOT,
                        "Farthest off: %s%s, %s ns measured and %s ns predicted (%.2f times).",
                        name(cell.row()),
                        cell.isApart() ? ", apart" : cell.row().apart().isPresent() ? ", on one line" : "",
                        number(cell.time().measured().estimate()),
                        number(cell.time().predictedNanos()),
                        cell.time().errorFactor())));
        return lines;
    }

    private static Optional<String> within(SharingGrid grid, boolean isFitted, String where) {
        List<SharingGrid.Cell> cells = grid.cells(isFitted);
        return cells.isEmpty()
                ? Optional.empty()
                : Optional.of(String.format(
                        Locale.ROOT,
                        "At %s, %d of %d times are predicted within %s times.",
                        where,
                        SharingGrid.close(cells),
                        cells.size(),
                        SharingGrid.CLOSE));
    }

    private static String name(SharingRow row) {
        return row.kind() + (row.role().equals("each") ? "" : ", " + row.role()) + " at " + gap(row) + " ns";
    }

    private static String gap(SharingRow row) {
        return String.format(Locale.ROOT, "%.4g", row.gapNanos())
                .replaceFirst("\\.?0+$", "")
                .replaceFirst("^$", "0");
    }

    private static Map<String, List<SharingRow>> byRole(SharingGrid grid) {
        return grid.rows().stream()
                .collect(Collectors.groupingBy(
                        row -> row.kind() + ": " + row.role() + (row.writers() == 2 ? ", two writers" : ", one writer"),
                        LinkedHashMap::new,
                        Collectors.toList()));
    }

    private static Table table(String caption, List<SharingRow> rows, boolean areAllFitted) {
        return new Table(
                caption,
                COLUMNS,
                rows.stream().map(row -> row(row, areAllFitted)).toList());
    }

    private static Row row(SharingRow row, boolean areAllFitted) {
        Optional<RankInterval> ratio = row.measuredRatio();
        List<String> cells = new ArrayList<>();
        cells.add(gap(row));
        cells.add(number(row.together().measured().estimate()));
        cells.add(number(row.together().predictedNanos()));
        cells.add(row.apart().map(time -> number(time.measured().estimate())).orElse(""));
        cells.add(row.apart().map(time -> number(time.predictedNanos())).orElse(""));
        cells.add(ratio.map(one -> ratio(one.estimate())).orElse(""));
        cells.add(ratio.map(one -> ratio(one.low()) + "-" + ratio(one.high())).orElse(""));
        cells.add(row.predictedRatio().map(SharingGridDocument::ratio).orElse(""));
        cells.add(notes(row, areAllFitted));
        return new Row(row.isDecided() && !row.isSignRight() ? Tone.BAD : Tone.PLAIN, cells);
    }

    private static String notes(SharingRow row, boolean areAllFitted) {
        List<String> notes = new ArrayList<>();
        if (row.isFitted() && !areAllFitted) {
            notes.add("fitted");
        }
        double off = Math.max(
                row.together().errorFactor(),
                row.apart().map(SharingTime::errorFactor).orElse(1.0));
        if (off > SharingGrid.CLOSE) {
            notes.add(String.format(Locale.ROOT, "off %.1f", off));
        }
        if (row.isDecided() && !row.isSignRight()) {
            notes.add("sign");
        }
        return String.join(", ", notes);
    }

    private static String ratio(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    private static String number(double nanos) {
        return String.format(Locale.ROOT, nanos >= 100 ? "%.0f" : nanos >= 10 ? "%.1f" : "%.2f", nanos);
    }
}
