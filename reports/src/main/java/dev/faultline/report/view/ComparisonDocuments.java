package dev.faultline.report.view;

import dev.faultline.access.Certainty;
import dev.faultline.analysis.Analysis;
import dev.faultline.compare.Comparison;
import dev.faultline.compare.SourceComparison;
import dev.faultline.compare.Verdict;
import dev.faultline.report.document.Block;
import dev.faultline.report.document.Document;
import dev.faultline.report.document.Tone;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What became of structs, as documents: one for each of a few, one for all of a source. */
public final class ComparisonDocuments {

    /** Of so many changed structs each is shown whole; of more, the worst, folded. */
    private static final int FEW = 3;

    private static final int MOST_WHOLE = 20;
    private static final int MOST_ROWS = 1000;

    private ComparisonDocuments() {}

    /** {@return what became of one struct} */
    public static Document of(Comparison comparison) {
        ComparisonView view = new ComparisonView(comparison);
        Verdict verdict = comparison.verdict();
        return new Document(
                view.title(),
                Optional.of(new dev.faultline.report.document.Verdict(
                        tone(verdict), verdict.word() + ": " + comparison.reason())),
                blocks(comparison, view));
    }

    private static List<Block> blocks(Comparison comparison, ComparisonView view) {
        List<Block> blocks = new ArrayList<>();
        List<Block.Fact> facts = new ArrayList<>();
        facts.add(new Block.Fact("size", view.size()));
        view.layouts().ifPresent(layouts -> facts.add(new Block.Fact("layout", layouts)));
        facts.add(new Block.Fact("placement", view.placement()));
        facts.add(new Block.Fact("access", view.access()));
        comparison.notes().forEach(note -> facts.add(new Block.Fact("note", note)));
        blocks.add(new Block.Facts(facts));
        if (isDrawn(comparison.before()) || isDrawn(comparison.after())) {
            blocks.add(new Block.LineMaps(List.of(comparison.before(), comparison.after())));
        }
        if (!view.fields().isEmpty()) {
            blocks.add(fields(view));
        }
        if (!view.hazards().isEmpty()) {
            blocks.add(hazards(view));
        }
        if (!view.costs().isEmpty()) {
            blocks.add(costs(view));
            view.costBasis().ifPresent(basis -> blocks.add(Block.Paragraph.of("Cost " + basis)));
        }
        return blocks;
    }

    private static boolean isDrawn(Analysis analysis) {
        return analysis.access().certainty() == Certainty.DECLARED
                && !analysis.access().uses().isEmpty();
    }

    private static Block.Table fields(ComparisonView view) {
        return new Block.Table(
                "What moved" + (view.isPartly() ? " (k/n: on another line than before in k of n placements)" : ""),
                List.of(
                        new Block.Column("field", false),
                        new Block.Column("byte", false),
                        new Block.Column("line", false),
                        new Block.Column("", false)),
                view.fields().stream()
                        .map(row -> Block.Row.of(row.field(), row.bytes(), row.line(), row.what()))
                        .toList());
    }

    private static Block.Table hazards(ComparisonView view) {
        return new Block.Table(
                "Hazards that came, went or changed",
                List.of(
                        new Block.Column("", false),
                        new Block.Column("rule", false),
                        new Block.Column("severity", false),
                        new Block.Column("fields", false)),
                view.hazards().stream()
                        .map(row -> new Block.Row(
                                row.change().isUp() ? Tone.BAD : Tone.GOOD,
                                List.of(row.kind(), row.rule(), row.severity(), row.fields())))
                        .toList());
    }

    private static Block.Table costs(ComparisonView view) {
        return new Block.Table(
                "What an operation costs",
                List.of(
                        new Block.Column("operation", false),
                        new Block.Column("before", true),
                        new Block.Column("after", true),
                        new Block.Column("change", true)),
                view.costs().stream()
                        .map(row -> new Block.Row(
                                row.nanosMore() > 0 ? Tone.BAD : row.nanosMore() < 0 ? Tone.GOOD : Tone.PLAIN,
                                List.of(row.operation(), row.before(), row.after(), row.change())))
                        .toList());
    }

    private static Tone tone(Verdict verdict) {
        return switch (verdict) {
            case WORSE -> Tone.BAD;
            case MIXED -> Tone.MIXED;
            case SAME -> Tone.PLAIN;
            case BETTER -> Tone.GOOD;
        };
    }

    /** {@return what became of structs: a document each of a few, one for all of many; none when nothing differs} */
    public static List<Document> of(SourceComparison comparison) {
        List<SourceComparison.Changed> changed = comparison.changed();
        if (comparison.added().isEmpty() && comparison.removed().isEmpty() && changed.size() <= FEW) {
            return changed.stream().map(one -> of(one.comparison())).toList();
        }
        return List.of(whole(comparison));
    }

    private static Document whole(SourceComparison comparison) {
        SourceComparisonView view = new SourceComparisonView(comparison);
        Map<Verdict, Integer> verdicts = view.verdicts();
        List<Block> blocks = new ArrayList<>();
        blocks.add(Block.Paragraph.of(view.counts()));
        if (!view.embedders().isEmpty()) {
            blocks.add(Block.Paragraph.of(view.embedders()));
        }
        blocks.add(changed(view, comparison.changed().size()));
        for (SourceComparison.Changed one : worst(comparison)) {
            ComparisonView inFull = new ComparisonView(one.comparison());
            blocks.add(new Block.Folded(
                    inFull.title() + ": " + one.comparison().verdict().word() + ", "
                            + one.comparison().reason(),
                    blocks(one.comparison(), inFull)));
        }
        names("Added", comparison.added(), blocks);
        names("Removed", comparison.removed(), blocks);
        Verdict worst = verdicts.entrySet().stream()
                .filter(entry -> entry.getValue() > 0)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(Verdict.SAME);
        return new Document(
                comparison.before() + " and " + comparison.after(),
                Optional.of(new dev.faultline.report.document.Verdict(
                        tone(worst),
                        verdicts.entrySet().stream()
                                .map(entry ->
                                        entry.getValue() + " " + entry.getKey().word())
                                .collect(Collectors.joining(", ")))),
                blocks);
    }

    private static List<SourceComparison.Changed> worst(SourceComparison comparison) {
        return comparison.changed().stream()
                .filter(one -> one.comparison().verdict() == Verdict.WORSE
                        || one.comparison().verdict() == Verdict.MIXED)
                .limit(MOST_WHOLE)
                .toList();
    }

    private static Block.Table changed(SourceComparisonView view, int all) {
        return new Block.Table(
                all > MOST_ROWS ? "The first " + MOST_ROWS + " of " + all + " that changed" : "What changed",
                List.of(
                        new Block.Column("verdict", false),
                        new Block.Column("struct", false),
                        new Block.Column("bytes", true),
                        new Block.Column("why", false)),
                view.rows(MOST_ROWS).stream()
                        .map(row -> new Block.Row(
                                tone(row.verdict()),
                                List.of(row.verdict().word(), row.name(), row.size(), row.reason())))
                        .toList());
    }

    private static void names(String what, List<dev.faultline.source.Subject> subjects, List<Block> blocks) {
        if (!subjects.isEmpty()) {
            blocks.add(new Block.Folded(
                    what + ": " + subjects.size(),
                    List.of(Block.Paragraph.of(SourceComparisonView.names(subjects, MOST_ROWS)))));
        }
    }
}
