package dev.faultline.report.text;

import dev.faultline.Analysis;
import dev.faultline.hazard.Finding;
import dev.faultline.hazard.Severity;
import dev.faultline.layout.notation.NotationStyle;
import dev.faultline.layout.notation.NotationWriter;
import dev.faultline.report.ReportWriter;
import dev.faultline.report.view.StructView;
import dev.faultline.report.view.Wrapping;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Writes analyses as text: what it is, its bytes with the findings beside the fields, then each finding. */
public final class TextReportWriter implements ReportWriter {

    private static final int WIDTH = 80;
    private static final int LABEL_WIDTH = 11;
    private static final int OPERATION_WIDTH = 32;

    private final Appendable out;
    private final boolean color;
    private final boolean expand;
    private int written;

    /**
     * A writer.
     *
     * @param out where to
     * @param color whether to use ANSI colours
     * @param expand whether to open every embedded struct, not only those a finding points into
     */
    public TextReportWriter(Appendable out, boolean color, boolean expand) {
        this.out = out;
        this.color = color;
        this.expand = expand;
    }

    @Override
    public void write(Analysis analysis) throws IOException {
        StructView view = new StructView(analysis);
        if (written++ > 0) {
            out.append('\n');
        }
        head(analysis, view);
        out.append('\n');
        NotationWriter.write(
                view.layout(),
                new NotationStyle(view.lineBytes(), path -> expand || view.isOpened(path), path -> notes(view, path)),
                out);
        map(view);
        costs(view);
        for (Finding finding : analysis.findings()) {
            finding(finding);
        }
        out.append('\n')
                .append(paint(worst(analysis), view.verdict()))
                .append(" in ")
                .append(analysis.subject().reference())
                .append('\n');
    }

    @Override
    public void end() {
        // nothing is held back
    }

    private void head(Analysis analysis, StructView view) throws IOException {
        out.append(bold(analysis.subject().reference()))
                .append("  ")
                .append(view.size())
                .append('\n');
        for (Map.Entry<String, String> fact : view.facts().entrySet()) {
            label(fact.getKey(), fact.getValue());
        }
    }

    private void label(String name, String text) throws IOException {
        String indent = " ".repeat(LABEL_WIDTH);
        boolean first = true;
        for (String line : Wrapping.wrap(text, WIDTH - LABEL_WIDTH)) {
            out.append(first ? pad(name) : indent).append(line).append('\n');
            first = false;
        }
    }

    private static String pad(String name) {
        return name + " ".repeat(LABEL_WIDTH - name.length());
    }

    private static List<String> notes(StructView view, String path) {
        Set<String> rules = view.rules(path);
        return rules.isEmpty() ? List.of() : List.of(String.join(", ", rules));
    }

    private void map(StructView view) throws IOException {
        List<StructView.Line> lines = view.map();
        if (lines.isEmpty()) {
            return;
        }
        out.append('\n');
        LineRows.write(lines, WIDTH, out);
    }

    private void costs(StructView view) throws IOException {
        List<StructView.CostRow> rows = view.costs();
        if (rows.isEmpty()) {
            return;
        }
        out.append('\n');
        label("cost", view.costBasis());
        cost("an operation", "in all", "own work", "true", "false", "misses");
        for (StructView.CostRow row : rows) {
            cost(row.operation(), row.whole(), row.own(), row.shared(), row.falsely(), row.misses());
        }
    }

    private void cost(String operation, String whole, String own, String shared, String falsely, String misses)
            throws IOException {
        String name =
                operation.length() <= OPERATION_WIDTH ? operation : operation.substring(0, OPERATION_WIDTH - 3) + "...";
        out.append(String.format(
                        "  %-" + OPERATION_WIDTH + "s %9s %9s %8s %9s %6s", name, whole, own, shared, falsely, misses))
                .append('\n');
    }

    private void finding(Finding finding) throws IOException {
        out.append('\n')
                .append(paint(finding.severity(), finding.severity().word()))
                .append("  ")
                .append(bold(finding.rule()))
                .append('\n');
        for (String line : Wrapping.wrap(finding.message(), WIDTH - 2)) {
            out.append("  ").append(line).append('\n');
        }
        if (finding.saving().isPresent()) {
            for (String line : Wrapping.wrap(finding.saving().get().words(), WIDTH - 2)) {
                out.append("  ").append(line).append('\n');
            }
        }
        boolean first = true;
        for (String line : Wrapping.wrap(finding.advice(), WIDTH - 5)) {
            out.append(first ? "  -> " : "     ").append(line).append('\n');
            first = false;
        }
        out.append("  " + finding.certainty().word() + " · faultline explain " + finding.rule() + "\n");
    }

    private static Severity worst(Analysis analysis) {
        return analysis.worst().orElse(Severity.INFO);
    }

    private String bold(String text) {
        return color ? "\u001b[1m" + text + "\u001b[0m" : text;
    }

    private String paint(Severity severity, String text) {
        if (!color) {
            return text;
        }
        String code = severity == Severity.ERROR ? "31" : severity == Severity.WARNING ? "33" : "36";
        return "\u001b[1;" + code + "m" + text + "\u001b[0m";
    }
}
