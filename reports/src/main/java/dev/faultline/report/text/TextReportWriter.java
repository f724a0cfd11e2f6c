package dev.faultline.report.text;

import dev.faultline.analysis.Analysis;
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
    private final TextLines lines;
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
        this.lines = new TextLines(out, color);
        this.expand = expand;
    }

    @Override
    public void write(Analysis analysis) throws IOException {
        StructView view = new StructView(analysis);
        if (written++ > 0) {
            lines.end();
        }
        head(analysis, view);
        lines.end();
        NotationWriter.write(
                view.layout(),
                new NotationStyle(view.lineBytes(), path -> expand || view.isOpened(path), path -> notes(view, path)),
                out);
        map(view);
        costs(view);
        for (Finding finding : analysis.findings()) {
            finding(finding);
        }
        lines.end()
                .ink(style(worst(analysis)), view.verdict())
                .add(" in " + analysis.subject().reference())
                .end();
    }

    @Override
    public void end() {
        // nothing is held back
    }

    private void head(Analysis analysis, StructView view) throws IOException {
        lines.ink(TextLines.BOLD, analysis.subject().reference())
                .add("  " + view.size())
                .end();
        for (Map.Entry<String, String> fact : view.facts().entrySet()) {
            label(fact.getKey(), fact.getValue());
        }
    }

    private void label(String name, String text) throws IOException {
        String indent = " ".repeat(LABEL_WIDTH);
        boolean first = true;
        for (String line : Wrapping.wrap(text, WIDTH - LABEL_WIDTH)) {
            lines.add((first ? pad(name) : indent) + line).end();
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
        List<StructView.Line> map = view.map();
        if (map.isEmpty()) {
            return;
        }
        lines.end();
        LineRows.write(map, WIDTH, lines);
    }

    private void costs(StructView view) throws IOException {
        List<StructView.CostRow> rows = view.costs();
        if (rows.isEmpty()) {
            return;
        }
        lines.end();
        label("cost", view.costBasis());
        cost("an operation", "in all", "own work", "true", "false", "misses");
        for (StructView.CostRow row : rows) {
            cost(row.operation(), row.whole(), row.own(), row.shared(), row.falsely(), row.misses());
        }
    }

    private void cost(String operation, String whole, String own, String shared, String falsely, String misses)
            throws IOException {
        lines.add(String.format(
                        "  %-" + OPERATION_WIDTH + "s %9s %9s %8s %9s %6s",
                        TextLines.cut(operation, OPERATION_WIDTH),
                        whole,
                        own,
                        shared,
                        falsely,
                        misses))
                .end();
    }

    private void finding(Finding finding) throws IOException {
        lines.end()
                .ink(style(finding.severity()), finding.severity().word())
                .add("  ")
                .ink(TextLines.BOLD, finding.rule())
                .end();
        for (String line : Wrapping.wrap(finding.message(), WIDTH - 2)) {
            lines.add("  " + line).end();
        }
        if (finding.saving().isPresent()) {
            for (String line : Wrapping.wrap(finding.saving().get().words(), WIDTH - 2)) {
                lines.add("  " + line).end();
            }
        }
        boolean first = true;
        for (String line : Wrapping.wrap(finding.advice(), WIDTH - 5)) {
            lines.add((first ? "  -> " : "     ") + line).end();
            first = false;
        }
        lines.add("  " + finding.certainty().word() + " · faultline explain " + finding.rule())
                .end();
    }

    private static Severity worst(Analysis analysis) {
        return analysis.worst().orElse(Severity.INFO);
    }

    private static String style(Severity severity) {
        return switch (severity) {
            case ERROR -> "1;31";
            case WARNING -> "1;33";
            case INFO -> "1;36";
        };
    }
}
