package dev.faultline.report.text;

import dev.faultline.compare.Comparison;
import dev.faultline.compare.SourceComparison;
import dev.faultline.compare.Verdict;
import dev.faultline.report.ComparisonWriter;
import dev.faultline.report.view.ComparisonView;
import dev.faultline.report.view.SourceComparisonView;
import dev.faultline.report.view.Wrapping;
import dev.faultline.source.Subject;
import java.io.IOException;
import java.util.ArrayList;
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

    private final Appendable out;
    private final boolean color;
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
        this.out = out;
        this.color = color;
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
            out.append(between ? "\n" : "");
            full(one.comparison());
            between = true;
        }
    }

    private void summary(SourceComparison comparison) throws IOException {
        SourceComparisonView view = new SourceComparisonView(comparison);
        wrap(bold(comparison.before() + " -> " + comparison.after()), 0);
        wrap(view.counts(), 2);
        if (!comparison.changed().isEmpty()) {
            List<String> counts = new ArrayList<>();
            for (Map.Entry<Verdict, Integer> entry : view.verdicts().entrySet()) {
                counts.add(paint(
                        entry.getKey(), entry.getValue() + " " + entry.getKey().word()));
            }
            out.append("  ").append(String.join(", ", counts)).append('\n');
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
        out.append('\n');
        int reasonWidth = WIDTH - VERDICT_WIDTH - NAME_WIDTH - 8;
        for (SourceComparisonView.Row row : rows) {
            String verdict = paint(row.verdict(), row.verdict().word());
            out.append(verdict)
                    .append(" ".repeat(VERDICT_WIDTH - row.verdict().word().length()))
                    .append(String.format(
                            "%-" + NAME_WIDTH + "s %6s %s",
                            cut(row.name(), NAME_WIDTH),
                            row.size(),
                            cut(row.reason(), reasonWidth)))
                    .append('\n');
        }
        int left = comparison.changed().size() - rows.size();
        out.append('\n');
        wrap(
                (left > 0 ? left + " more with --all; " : "") + "one in full: faultline diff '" + comparison.before()
                        + "#NAME' '" + comparison.after() + "#NAME'",
                0);
    }

    private void full(Comparison comparison) throws IOException {
        ComparisonView view = new ComparisonView(comparison);
        out.append(bold(view.title()))
                .append("  ")
                .append(paint(comparison.verdict(), comparison.verdict().word().toUpperCase(java.util.Locale.ROOT)))
                .append('\n');
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
        out.append('\n');
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
        if (row.field().length() > FIELD_WIDTH) {
            wrap(row.field(), 2);
            begun = true;
        }
        String line = String.format(
                "  %-" + FIELD_WIDTH + "s %-" + BYTES_WIDTH + "s %-" + LINE_WIDTH + "s ",
                begun ? "" : row.field(),
                row.bytes(),
                row.line());
        for (String what : Wrapping.wrap(row.what(), whatWidth)) {
            if (line.length() + what.length() > WIDTH) { // large offsets take more than their column
                out.append(line.stripTrailing()).append('\n');
                line = " ".repeat(WIDTH - whatWidth);
            }
            out.append((line + what).stripTrailing()).append('\n');
            line = " ".repeat(WIDTH - whatWidth);
        }
    }

    private void hazards(ComparisonView view) throws IOException {
        List<ComparisonView.HazardRow> rows = view.hazards();
        if (rows.isEmpty()) {
            return;
        }
        out.append("\n  hazards\n");
        for (ComparisonView.HazardRow row : rows) {
            String kind = String.format("%-7s", row.kind());
            out.append("  ")
                    .append(paint(row.change().isUp() ? Verdict.WORSE : Verdict.BETTER, kind))
                    .append(' ')
                    .append(row.rule())
                    .append(", ")
                    .append(row.severity())
                    .append('\n');
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
        out.append('\n');
        if (view.costBasis().isPresent()) {
            label("cost", view.costBasis().get());
        }
        out.append(String.format("  %-" + OPERATION_WIDTH + "s %11s %11s %9s%n", "an operation", "before", "after", "")
                        .stripTrailing())
                .append('\n');
        for (ComparisonView.CostRow row : rows) {
            String line = String.format(
                    "  %-" + OPERATION_WIDTH + "s %11s %11s ",
                    cut(row.operation(), OPERATION_WIDTH),
                    row.before(),
                    row.after());
            String change = String.format("%9s", row.change());
            boolean equal = row.nanosMore() == 0;
            Verdict verdict = equal ? Verdict.SAME : row.nanosMore() > 0 ? Verdict.WORSE : Verdict.BETTER;
            out.append(row.change().isEmpty() ? line.stripTrailing() : line + paint(verdict, change))
                    .append('\n');
        }
    }

    private void label(String name, String text) throws IOException {
        boolean begun = false;
        for (String line : Wrapping.wrap(text, WIDTH - LABEL_WIDTH - 2)) {
            out.append(String.format("  %-" + LABEL_WIDTH + "s", begun ? "" : name))
                    .append(line)
                    .append('\n');
            begun = true;
        }
    }

    private void wrap(String text, int indent) throws IOException {
        for (String line : Wrapping.wrap(text, WIDTH - indent)) {
            out.append(" ".repeat(indent)).append(line).append('\n');
        }
    }

    private static String cut(String text, int width) {
        return text.length() <= width ? text : text.substring(0, width - 3) + "...";
    }

    private String bold(String text) {
        return color ? "\u001b[1m" + text + "\u001b[0m" : text;
    }

    private String paint(Verdict verdict, String text) {
        if (!color || verdict == Verdict.SAME) {
            return text;
        }
        String code = verdict == Verdict.WORSE ? "31" : verdict == Verdict.MIXED ? "33" : "32";
        return "\u001b[1;" + code + "m" + text + "\u001b[0m";
    }
}
