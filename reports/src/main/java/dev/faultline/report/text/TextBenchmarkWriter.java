package dev.faultline.report.text;

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

    private final Appendable out;
    private final boolean color;

    /** A writer. */
    public TextBenchmarkWriter(Appendable out, boolean color) {
        this.out = out;
        this.color = color;
    }

    @Override
    public void write(Benchmark benchmark) throws IOException {
        BenchmarkView view = new BenchmarkView(benchmark);
        out.append(ink("1", benchmark.suite()))
                .append(": ")
                .append(benchmark.summary())
                .append('\n');
        for (Map.Entry<String, String> fact : view.facts().entrySet()) {
            String label = fact.getKey();
            for (String line : Wrapping.wrap(fact.getValue(), WIDTH - LABEL_WIDTH)) {
                out.append(String.format("%-" + LABEL_WIDTH + "s", label))
                        .append(line)
                        .append('\n');
                label = "";
            }
        }
        for (Scenario scenario : benchmark.scenarios()) {
            scenario(scenario);
        }
    }

    private void scenario(Scenario scenario) throws IOException {
        out.append('\n');
        for (String line : Wrapping.wrap(BenchmarkView.heading(scenario), WIDTH)) {
            out.append(ink("1", line)).append('\n');
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
        String name = cells.get(0);
        if (nameWidth == SHORT_NAME_WIDTH && !name.isEmpty()) {
            name = "  " + name;
        }
        if (name.length() > nameWidth) {
            out.append("  ").append(name).append('\n');
            name = "";
        }
        StringBuilder line = new StringBuilder(String.format("  %-" + nameWidth + "s", name));
        for (int i = 0; i < columns.length; i++) {
            String cell = String.format(" %" + (columns[i] - 1) + "s", cells.get(i + 1));
            line.append(i == 2 && verdict != 0 ? ink(verdict > 0 ? FASTER : SLOWER, cell) : cell);
        }
        out.append(line.toString().stripTrailing()).append('\n');
    }

    /** Lines after the first stand two further in. */
    private void wrapped(String text) throws IOException {
        wrapped(text, "  ");
    }

    private void wrapped(String text, String margin) throws IOException {
        String indent = margin;
        for (String line : Wrapping.wrap(text, WIDTH - margin.length() - 2)) {
            out.append(indent).append(line).append('\n');
            indent = margin + "  ";
        }
    }

    private String ink(String code, String text) {
        return color ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
