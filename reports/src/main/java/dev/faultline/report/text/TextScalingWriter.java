package dev.faultline.report.text;

import dev.faultline.analysis.ScalingCurve;
import dev.faultline.input.VisibleText;
import dev.faultline.report.ScalingWriter;
import dev.faultline.report.document.Block;
import dev.faultline.report.view.ScalingView;
import dev.faultline.report.view.Wrapping;
import java.io.IOException;
import java.util.List;

/** Writes scalings as text: a table for each operation, and a chart of the one that loses most. */
public final class TextScalingWriter implements ScalingWriter {

    private static final int WIDTH = 80;
    private static final int LABEL_WIDTH = 11;
    private static final int CPUS_WIDTH = 7;
    private static final int BAR_WIDTH = 56;
    private static final String[] INKS = {"#", "="};
    private static final String[] COLORS = {"31", "36"};

    private final TextLines lines;

    /** A writer. */
    public TextScalingWriter(Appendable out, boolean color) {
        this.lines = new TextLines(out, color);
    }

    @Override
    public void write(List<ScalingCurve> scalings) throws IOException {
        ScalingView view = new ScalingView(scalings);
        ScalingCurve first = scalings.get(0);
        lines.ink(TextLines.BOLD, String.join(" and ", view.names()))
                .add(" on " + first.machine().name())
                .end();
        for (Block.Fact fact : view.facts()) {
            label(fact.name(), fact.text());
        }
        List<String> rare = view.rare();
        for (String operation : view.operations()) {
            if (!rare.contains(operation)) {
                table(view.table(operation));
            }
        }
        for (String operation : rare) {
            heading(operation);
            lines.add("  too rare to be played; --accesses plays more").end();
        }
        if (!view.operations().isEmpty()) {
            chart(view, view.operations().get(0));
        }
        for (int i = 0; i < scalings.size(); i++) {
            if (view.worstCulprit(i).isPresent()) {
                lines.end();
                for (String line : Wrapping.wrap(
                        view.names().get(i) + ": " + view.worstCulprit(i).get(), WIDTH)) {
                    lines.add(line).end();
                }
            }
        }
    }

    private void label(String name, String text) throws IOException {
        boolean begun = false;
        for (String line : Wrapping.wrap(text, WIDTH - LABEL_WIDTH)) {
            lines.add(String.format("%-" + LABEL_WIDTH + "s", begun ? "" : name) + line)
                    .end();
            begun = true;
        }
    }

    private void table(ScalingView.Table table) throws IOException {
        if (table.rows().isEmpty()) {
            return;
        }
        heading(table.name());
        row(table.heads());
        for (List<String> cells : table.rows()) {
            row(cells);
        }
    }

    private void heading(String text) throws IOException {
        lines.end();
        for (String line : Wrapping.wrap(text, WIDTH)) {
            lines.ink(TextLines.BOLD, line).end();
        }
    }

    private void row(List<String> cells) throws IOException {
        int width = (WIDTH - CPUS_WIDTH) / (cells.size() - 1);
        StringBuilder line = new StringBuilder(String.format("%" + CPUS_WIDTH + "s", cells.get(0)));
        for (String cell : cells.subList(1, cells.size())) {
            line.append(String.format("%" + width + "s", VisibleText.of(cell)));
        }
        lines.add(line.toString()).end();
    }

    private void chart(ScalingView view, String operation) throws IOException {
        heading(operation + ", done by all CPUs in a second, as played");
        List<String> names = view.names();
        for (int i = 0; i < names.size() && names.size() > 1; i++) {
            lines.add("  ")
                    .ink(COLORS[i], INKS[i].repeat(3))
                    .add(" " + names.get(i))
                    .end();
        }
        String last = "";
        for (ScalingView.Bar bar : view.bars(operation)) {
            int length = (int) Math.round(bar.part() * BAR_WIDTH);
            lines.add(String.format("%" + CPUS_WIDTH + "s |", bar.label().equals(last) ? "" : bar.label()))
                    .ink(COLORS[bar.series()], INKS[bar.series()].repeat(length))
                    .add(" " + bar.value())
                    .end();
            last = bar.label();
        }
    }
}
