package dev.faultline.report.text;

import dev.faultline.compare.Comparison;
import dev.faultline.compare.SourceComparison;
import dev.faultline.compare.Verdict;
import dev.faultline.input.VisibleText;
import dev.faultline.report.ComparisonWriter;
import dev.faultline.report.view.ComparisonView;
import dev.faultline.report.view.SourceComparisonView;
import dev.faultline.report.view.Wrapping;
import dev.faultline.source.Subject;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Writes comparisons as text: a few structs in full, many in a line each. */
public final class TextComparisonWriter implements ComparisonWriter {

    private static final int WIDTH = 80;
    private static final int LABEL_WIDTH = 11;
    private static final int VERDICT_WIDTH = 7;
    private static final int FIELD_WIDTH = 27;
    private static final int BYTES_WIDTH = 12;
    private static final int LINE_WIDTH = 11;
    private static final int OPERATION_WIDTH = 42;
    private static final int NAME_WIDTH = 27;
    private static final int MOST_IN_FULL = 3;

    private final TextLines lines;
    private final boolean whole;
    private final int most;

    /**
     * A writer.
     *
     * @param out where to
     * @param color whether to colour
     * @param whole whether whole sources were compared, which get a summary
     * @param most the most structs that are shown of a whole source
     */
    public TextComparisonWriter(Appendable out, boolean color, boolean whole, int most) {
        this.lines = new TextLines(out, color);
        this.whole = whole;
        this.most = most;
    }

    @Override
    public void write(SourceComparison comparison) throws IOException {
        if (comparison.isEmpty()) {
            return;
        }
        if (whole) {
            summary(comparison);
        }
        List<SourceComparison.Changed> changed = comparison.changed();
        if (whole && changed.size() > MOST_IN_FULL) {
            rows(comparison);
            return;
        }
        boolean between = whole;
        for (SourceComparison.Changed one : changed) {
            if (between) {
                lines.end();
            }
            full(one.comparison());
            between = true;
        }
    }

    private void summary(SourceComparison comparison) throws IOException {
        SourceComparisonView view = new SourceComparisonView(comparison);
        for (String line : Wrapping.wrap(comparison.before() + " -> " + comparison.after(), WIDTH)) {
            lines.ink(TextLines.BOLD, line).end();
        }
        wrap(view.counts(), 2);
        if (!comparison.changed().isEmpty()) {
            String between = "  ";
            for (Map.Entry<Verdict, Integer> entry : view.verdicts().entrySet()) {
                lines.add(between)
                        .ink(
                                style(entry.getKey()),
                                entry.getValue() + " " + entry.getKey().word());
                between = ", ";
            }
            lines.end();
        }
        if (!view.embedders().isEmpty()) {
            wrap(view.embedders(), 2);
        }
        names("added", comparison.added());
        names("removed", comparison.removed());
    }

    private void names(String what, List<Subject> subjects) throws IOException {
        if (!subjects.isEmpty()) {
            int shown = most == Integer.MAX_VALUE ? most : SourceComparisonView.fewNames();
            wrap(what + ": " + SourceComparisonView.names(subjects, shown), 2);
        }
    }

    private void rows(SourceComparison comparison) throws IOException {
        SourceComparisonView view = new SourceComparisonView(comparison);
        List<SourceComparisonView.Row> rows = view.rows(most);
        lines.end();
        int reasonWidth = WIDTH - VERDICT_WIDTH - NAME_WIDTH - 8;
        for (SourceComparisonView.Row row : rows) {
            lines.ink(style(row.verdict()), row.verdict().word())
                    .add(" ".repeat(VERDICT_WIDTH - row.verdict().word().length()))
                    .add(String.format(
                            "%-" + NAME_WIDTH + "s %6s %s",
                            TextLines.cut(row.name(), NAME_WIDTH),
                            row.size(),
                            TextLines.cut(row.reason(), reasonWidth)))
                    .end();
        }
        int left = comparison.changed().size() - rows.size();
        lines.end();
        wrap(
                (left > 0 ? left + " more with --all; " : "") + "one in full: faultline diff '" + comparison.before()
                        + "#NAME' '" + comparison.after() + "#NAME'",
                0);
    }

    private void full(Comparison comparison) throws IOException {
        ComparisonView view = new ComparisonView(comparison);
        lines.ink(TextLines.BOLD, view.title())
                .add("  ")
                .ink(style(comparison.verdict()), comparison.verdict().word().toUpperCase(java.util.Locale.ROOT))
                .end();
        wrap(comparison.reason(), 2);
        label("size", view.size());
        if (view.layouts().isPresent()) {
            label("layout", view.layouts().get());
        }
        label("placement", view.placement());
        label("access", view.access());
        for (String note : comparison.notes()) {
            label("note", note);
        }
        fields(view);
        hazards(view);
        costs(view);
    }

    private void fields(ComparisonView view) throws IOException {
        List<ComparisonView.FieldRow> rows = view.fields();
        if (rows.isEmpty()) {
            return;
        }
        lines.end();
        field(new ComparisonView.FieldRow("field", "byte", "line", ""));
        for (ComparisonView.FieldRow row : rows) {
            field(row);
        }
        if (view.isPartly()) {
            wrap("k/n: on another line than before in k of n placements", 2);
        }
    }

    private void field(ComparisonView.FieldRow row) throws IOException {
        int whatWidth = WIDTH - 2 - FIELD_WIDTH - BYTES_WIDTH - LINE_WIDTH - 3;
        boolean begun = false;
        String name = VisibleText.of(row.field());
        if (name.length() > FIELD_WIDTH) {
            wrap(name, 2);
            begun = true;
        }
        String line = String.format(
                "  %-" + FIELD_WIDTH + "s %-" + BYTES_WIDTH + "s %-" + LINE_WIDTH + "s ",
                begun ? "" : name,
                row.bytes(),
                row.line());
        for (String what : Wrapping.wrap(row.what(), whatWidth)) {
            if (line.length() + what.length() > WIDTH) { // large offsets take more than their column
                lines.add(line.stripTrailing()).end();
                line = " ".repeat(WIDTH - whatWidth);
            }
            lines.add((line + what).stripTrailing()).end();
            line = " ".repeat(WIDTH - whatWidth);
        }
    }

    private void hazards(ComparisonView view) throws IOException {
        List<ComparisonView.HazardRow> rows = view.hazards();
        if (rows.isEmpty()) {
            return;
        }
        lines.end().add("  hazards").end();
        for (ComparisonView.HazardRow row : rows) {
            String kind = String.format("%-7s", row.kind());
            lines.add("  ")
                    .ink(style(row.change().isUp() ? Verdict.WORSE : Verdict.BETTER), kind)
                    .add(" " + row.rule() + ", " + row.severity())
                    .end();
            if (!row.fields().isEmpty()) {
                wrap(row.fields(), 10);
            }
        }
    }

    private void costs(ComparisonView view) throws IOException {
        List<ComparisonView.CostRow> rows = view.costs();
        if (rows.isEmpty()) {
            return;
        }
        lines.end();
        if (view.costBasis().isPresent()) {
            label("cost", view.costBasis().get());
        }
        lines.add(String.format("  %-" + OPERATION_WIDTH + "s %11s %11s", "an operation", "before", "after"))
                .end();
        for (ComparisonView.CostRow row : rows) {
            String line = String.format(
                    "  %-" + OPERATION_WIDTH + "s %11s %11s ",
                    TextLines.cut(row.operation(), OPERATION_WIDTH),
                    row.before(),
                    row.after());
            String change = String.format("%9s", row.change());
            boolean equal = row.nanosMore() == 0;
            Verdict verdict = equal ? Verdict.SAME : row.nanosMore() > 0 ? Verdict.WORSE : Verdict.BETTER;
            if (row.change().isEmpty()) {
                lines.add(line.stripTrailing()).end();
            } else {
                lines.add(line).ink(style(verdict), change).end();
            }
        }
    }

    private void label(String name, String text) throws IOException {
        boolean begun = false;
        for (String line : Wrapping.wrap(text, WIDTH - LABEL_WIDTH - 2)) {
            lines.add(String.format("  %-" + LABEL_WIDTH + "s", begun ? "" : name) + line)
                    .end();
            begun = true;
        }
    }

    private void wrap(String text, int indent) throws IOException {
        for (String line : Wrapping.wrap(text, WIDTH - indent)) {
            lines.add(" ".repeat(indent) + line).end();
        }
    }

    private static String style(Verdict verdict) {
        return switch (verdict) {
            case WORSE -> "1;31";
            case MIXED -> "1;33";
            case BETTER -> "1;32";
            case SAME -> "";
        };
    }
}
