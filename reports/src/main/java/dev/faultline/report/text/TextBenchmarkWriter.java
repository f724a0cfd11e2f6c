package dev.faultline.report.text;

import dev.faultline.input.VisibleText;
import dev.faultline.measure.Benchmark;
import dev.faultline.measure.Scenario;
import dev.faultline.report.BenchmarkWriter;
import dev.faultline.report.view.BenchmarkView;
import dev.faultline.report.view.Wrapping;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Writes what a benchmark found as text: a table a scenario. */
public final class TextBenchmarkWriter implements BenchmarkWriter {

    private static final int WIDTH = 80;
    private static final int LABEL_WIDTH = 11;
    private static final int NAME_WIDTH = 28;
    private static final int[] COLUMNS = {9, 17, 9, 15};
    private static final int SHORT_NAME_WIDTH = 17;
    private static final int[] COLUMNS_BESIDE_PREDICTED = {8, 14, 8, 13, 10, 8};
    private static final String FASTER = "32";
    private static final String SLOWER = "31";

    private final TextLines lines;

    /** A writer. */
    public TextBenchmarkWriter(Appendable out, boolean color) {
        this.lines = new TextLines(out, color);
    }

    @Override
    public void write(Benchmark benchmark) throws IOException {
        BenchmarkView view = new BenchmarkView(benchmark);
        lines.ink(TextLines.BOLD, benchmark.suite())
                .add(": " + benchmark.summary())
                .end();
        for (Map.Entry<String, String> fact : view.facts().entrySet()) {
            String label = fact.getKey();
            for (String line : Wrapping.wrap(fact.getValue(), WIDTH - LABEL_WIDTH)) {
                lines.add(String.format("%-" + LABEL_WIDTH + "s", label) + line).end();
                label = "";
            }
        }
        for (Scenario scenario : benchmark.scenarios()) {
            scenario(scenario);
        }
    }

    private void scenario(Scenario scenario) throws IOException {
        lines.end();
        for (String line : Wrapping.wrap(BenchmarkView.heading(scenario), WIDTH)) {
            lines.ink(TextLines.BOLD, line).end();
        }
        if (scenario.inconclusive().isPresent()) {
            wrapped("inconclusive: " + scenario.inconclusive().get());
            for (String line : BenchmarkView.predictions(scenario)) {
                wrapped(line);
            }
        } else if (scenario.predicted().isEmpty()) {
            row(NAME_WIDTH, COLUMNS, BenchmarkView.HEADS, 0);
            for (BenchmarkView.Row row : BenchmarkView.rows(scenario)) {
                row(NAME_WIDTH, COLUMNS, row.cells(), row.verdict());
            }
        } else {
            roleTables(scenario);
        }
        for (String line : BenchmarkView.counts(scenario)) {
            wrapped(line);
        }
        for (String line : BenchmarkView.published(scenario)) {
            wrapped(line);
        }
    }

    private void roleTables(Scenario scenario) throws IOException {
        row(SHORT_NAME_WIDTH, COLUMNS_BESIDE_PREDICTED, BenchmarkView.HEADS_BESIDE_PREDICTED, 0);
        for (BenchmarkView.RoleTable table : BenchmarkView.roleTables(scenario)) {
            wrapped(table.role());
            for (BenchmarkView.Row row : table.rows()) {
                row(SHORT_NAME_WIDTH, COLUMNS_BESIDE_PREDICTED, row.cells(), row.verdict());
            }
            for (String line : table.remarks()) {
                wrapped(line, "    ");
            }
        }
    }

    /** A name that is too long for its column has a line of its own. */
    private void row(int nameWidth, int[] columns, List<String> cells, int verdict) throws IOException {
        String name = VisibleText.of(cells.get(0));
        if (nameWidth == SHORT_NAME_WIDTH && !name.isEmpty()) {
            name = "  " + name;
        }
        if (name.length() > nameWidth) {
            lines.add("  " + name).end();
            name = "";
        }
        StringBuilder before = new StringBuilder(String.format("  %-" + nameWidth + "s", name));
        for (int i = 0; i < 2; i++) {
            before.append(cell(columns[i], cells.get(i + 1)));
        }
        String ratio = cell(columns[2], cells.get(3));
        StringBuilder after = new StringBuilder();
        for (int i = 3; i < columns.length; i++) {
            after.append(cell(columns[i], cells.get(i + 1)));
        }
        String rest = after.toString().stripTrailing();
        if (verdict == 0) {
            lines.add((before + ratio + rest).stripTrailing()).end();
        } else {
            lines.add(before.toString()).ink(verdict > 0 ? FASTER : SLOWER, ratio);
            lines.add(rest).end();
        }
    }

    private static String cell(int width, String text) {
        return String.format(" %" + (width - 1) + "s", VisibleText.of(text));
    }

    /** Lines after the first stand two further in. */
    private void wrapped(String text) throws IOException {
        wrapped(text, "  ");
    }

    private void wrapped(String text, String margin) throws IOException {
        String indent = margin;
        for (String line : Wrapping.wrap(text, WIDTH - margin.length() - 2)) {
            lines.add(indent + line).end();
            indent = margin + "  ";
        }
    }
}
