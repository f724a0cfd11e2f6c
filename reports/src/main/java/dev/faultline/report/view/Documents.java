package dev.faultline.report.view;

import dev.faultline.access.Certainty;
import dev.faultline.analysis.Analysis;
import dev.faultline.analysis.ScalingCurve;
import dev.faultline.hazard.Severity;
import dev.faultline.layout.notation.NotationStyle;
import dev.faultline.layout.notation.NotationWriter;
import dev.faultline.measure.Benchmark;
import dev.faultline.measure.Scenario;
import dev.faultline.report.document.Block;
import dev.faultline.report.document.Document;
import dev.faultline.report.document.Tone;
import dev.faultline.report.document.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reports as documents, each with what its view makes ready. */
public final class Documents {

    private Documents() {}

    /** {@return what was found about one struct} */
    public static Document of(Analysis analysis) {
        StructView view = new StructView(analysis);
        List<Block> blocks = new ArrayList<>();
        blocks.add(facts(view.facts()));
        if (!analysis.findings().isEmpty()) {
            blocks.add(new Block.Findings(analysis.findings()));
        }
        if (analysis.access().certainty() == Certainty.DECLARED) {
            blocks.add(new Block.Heading("Lines"));
            blocks.add(new Block.LineMaps(List.of(analysis)));
        }
        addCosts(view, blocks);
        blocks.add(new Block.Folded("Layout", List.of(new Block.Code("c", notation(view)))));
        return new Document(
                analysis.subject().reference(),
                Optional.of(new Verdict(tone(analysis.worst()), view.verdict())),
                blocks);
    }

    /**
     * What was found about one struct, for a format that draws its lines: these first, with the findings beside them.
     *
     * @param analysis what was found
     * @param withNotation whether the layout is there as text, too
     * @return the document
     */
    public static Document drawn(Analysis analysis, boolean withNotation) {
        StructView view = new StructView(analysis);
        List<Block> blocks = new ArrayList<>();
        blocks.add(Block.Paragraph.of(view.size()));
        blocks.add(new Block.LineMaps(List.of(analysis)));
        blocks.add(new Block.Findings(analysis.findings()));
        addCosts(view, blocks);
        blocks.add(new Block.Heading("How this is known"));
        blocks.add(facts(view.facts()));
        if (withNotation) {
            blocks.add(new Block.Folded("Layout as text", List.of(new Block.Code("c", notation(view)))));
        }
        return new Document(
                analysis.subject().reference(),
                Optional.of(new Verdict(tone(analysis.worst()), view.verdict())),
                blocks);
    }

    private static void addCosts(StructView view, List<Block> blocks) {
        List<StructView.CostRow> costs = view.costs();
        if (!costs.isEmpty()) {
            blocks.add(new Block.Heading("Cost"));
            blocks.add(Block.Paragraph.of(view.costBasis()));
            blocks.add(costs(costs));
        }
    }

    private static Block.Facts facts(Map<String, String> facts) {
        return new Block.Facts(facts.entrySet().stream()
                .map(fact -> new Block.Fact(fact.getKey(), fact.getValue()))
                .toList());
    }

    private static Block.Table costs(List<StructView.CostRow> costs) {
        return new Block.Table(
                "What an operation costs",
                List.of(
                        new Block.Column("operation", false),
                        new Block.Column("in all", true),
                        new Block.Column("own work", true),
                        new Block.Column("true sharing", true),
                        new Block.Column("false sharing", true),
                        new Block.Column("misses", true)),
                costs.stream()
                        .map(row -> Block.Row.of(
                                row.operation(), row.whole(), row.own(), row.shared(), row.falsely(), row.misses()))
                        .toList());
    }

    private static String notation(StructView view) {
        StringBuilder text = new StringBuilder();
        try {
            NotationWriter.write(
                    view.layout(),
                    new NotationStyle(view.lineBytes(), view::isOpened, path -> List.copyOf(view.rules(path))),
                    text);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible); // a builder takes everything
        }
        return text.toString();
    }

    /** {@return how bad it is that this is the worst} */
    public static Tone tone(Optional<Severity> worst) {
        return worst.map(severity -> switch (severity) {
                    case ERROR -> Tone.BAD;
                    case WARNING -> Tone.MIXED;
                    case INFO -> Tone.PLAIN;
                })
                .orElse(Tone.GOOD);
    }

    /** {@return what structs cost as CPUs are added: one, or two to compare} */
    public static Document of(List<ScalingCurve> scalings) {
        ScalingView view = new ScalingView(scalings);
        List<Block> blocks = new ArrayList<>();
        blocks.add(new Block.Facts(view.facts()));
        List<String> rare = view.rare();
        for (String operation : view.operations()) {
            blocks.add(new Block.Heading(operation));
            if (rare.contains(operation)) {
                blocks.add(Block.Paragraph.of("too rare to be played; --accesses plays more"));
            } else {
                blocks.add(view.chart(operation));
                blocks.add(table(view.table(operation)));
            }
        }
        for (int i = 0; i < scalings.size(); i++) {
            String name = view.names().get(i);
            view.worstCulprit(i).ifPresent(words -> blocks.add(Block.Paragraph.of(name + ": " + words)));
        }
        String title = String.join(" and ", view.names()) + " on "
                + scalings.get(0).machine().name();
        return new Document(title, Optional.empty(), blocks);
    }

    private static Block.Table table(ScalingView.Table table) {
        return new Block.Table(
                "",
                table.heads().stream().map(head -> new Block.Column(head, true)).toList(),
                table.rows().stream()
                        .map(cells -> new Block.Row(Tone.PLAIN, cells))
                        .toList());
    }

    /** {@return what a benchmark found} */
    public static Document of(Benchmark benchmark) {
        BenchmarkView view = new BenchmarkView(benchmark);
        List<Block> blocks = new ArrayList<>();
        blocks.add(facts(view.facts()));
        for (Scenario scenario : benchmark.scenarios()) {
            blocks.add(new Block.Heading(BenchmarkView.heading(scenario)));
            if (scenario.inconclusive().isPresent()) {
                blocks.add(new Block.Paragraph(
                        Tone.MIXED, "inconclusive: " + scenario.inconclusive().get()));
                BenchmarkView.predictions(scenario).forEach(line -> blocks.add(Block.Paragraph.of(line)));
            } else {
                blocks.add(BenchmarkView.chart(scenario));
                blocks.addAll(tables(scenario));
            }
            BenchmarkView.counts(scenario).forEach(line -> blocks.add(Block.Paragraph.of(line)));
            BenchmarkView.published(scenario).forEach(line -> blocks.add(Block.Paragraph.of(line)));
        }
        return new Document(
                benchmark.suite() + ": " + benchmark.summary(),
                benchmark.isConclusive()
                        ? Optional.empty()
                        : Optional.of(new Verdict(Tone.MIXED, "not every scenario says something")),
                blocks);
    }

    private static List<Block> tables(Scenario scenario) {
        if (scenario.predicted().isEmpty()) {
            return List.of(table("", BenchmarkView.HEADS, BenchmarkView.rows(scenario)));
        }
        List<Block> tables = new ArrayList<>();
        for (BenchmarkView.RoleTable role : BenchmarkView.roleTables(scenario)) {
            tables.add(table(role.role(), BenchmarkView.HEADS_BESIDE_PREDICTED, role.rows()));
            role.remarks().forEach(remark -> tables.add(Block.Paragraph.of(remark)));
        }
        return tables;
    }

    private static Block.Table table(String caption, List<String> heads, List<BenchmarkView.Row> rows) {
        List<Block.Column> columns = new ArrayList<>();
        for (String head : heads) {
            columns.add(new Block.Column(head, !columns.isEmpty()));
        }
        return new Block.Table(
                caption,
                columns,
                rows.stream()
                        .map(row -> new Block.Row(
                                row.verdict() > 0 ? Tone.GOOD : row.verdict() < 0 ? Tone.BAD : Tone.PLAIN, row.cells()))
                        .toList());
    }
}
