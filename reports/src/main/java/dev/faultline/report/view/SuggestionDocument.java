package dev.faultline.report.view;

import dev.faultline.report.document.Block;
import dev.faultline.report.document.Document;
import dev.faultline.report.document.Tone;
import dev.faultline.report.document.Verdict;
import dev.faultline.suggest.Candidate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A suggestion as a document: the short list, then one candidate closely. */
public final class SuggestionDocument {

    private SuggestionDocument() {}

    /** {@return the document} */
    public static Document of(SuggestionView view) {
        List<Block> blocks = new ArrayList<>();
        blocks.add(new Block.Facts(facts(view)));
        view.caveats().forEach(caveat -> blocks.add(new Block.Paragraph(Tone.MIXED, caveat)));
        Optional<Candidate> candidate = view.candidate();
        if (candidate.isPresent()) {
            blocks.add(list(view));
        } else {
            blocks.add(Block.Paragraph.of(view.nothing()));
        }
        view.bound().forEach(line -> blocks.add(Block.Paragraph.of(line)));
        candidate.ifPresent(one -> closely(view, one, blocks));
        lines("What it still suffers", view.left(), blocks);
        String title = view.suggestion().before().subject().reference();
        Verdict verdict = candidate
                .map(one -> new Verdict(
                        Tone.GOOD, view.gains(one).stream().findFirst().orElse("a better layout")))
                .orElse(new Verdict(Tone.PLAIN, view.nothing()));
        return new Document("A layout for " + title, Optional.of(verdict), blocks);
    }

    private static List<Block.Fact> facts(SuggestionView view) {
        List<Block.Fact> facts = new ArrayList<>();
        facts.add(new Block.Fact("today", view.before().size()));
        facts.add(new Block.Fact("layout", view.before().layout().provenance().describe()));
        facts.add(new Block.Fact("placement", view.before().placement()));
        facts.add(new Block.Fact("access", view.before().access()));
        facts.add(new Block.Fact("cost", view.before().costBasis()));
        return facts;
    }

    private static Block.Table list(SuggestionView view) {
        return new Block.Table(
                "The short list: by cost, size and lines none is beaten by another",
                List.of(
                        new Block.Column("", false),
                        new Block.Column("bytes", true),
                        new Block.Column("lines", true),
                        new Block.Column("CPUs lost", true),
                        new Block.Column("saves", true),
                        new Block.Column("for the model", false),
                        new Block.Column("needs", false),
                        new Block.Column("gains most", false)),
                view.rows().stream()
                        .map(row -> new Block.Row(
                                row.picked() ? Tone.GOOD : Tone.PLAIN,
                                List.of(
                                        row.name(),
                                        row.byteSize(),
                                        row.lines(),
                                        row.cost(),
                                        row.saves(),
                                        row.proof(),
                                        String.join("; ", row.needs()),
                                        row.gain())))
                        .toList());
    }

    private static void closely(SuggestionView view, Candidate candidate, List<Block> blocks) {
        blocks.add(new Block.Heading("Candidate " + view.picked() + ", " + view.why()));
        blocks.add(new Block.LineMaps(List.of(view.suggestion().before(), candidate.analysis())));
        view.gains(candidate).forEach(gain -> blocks.add(new Block.Paragraph(Tone.GOOD, gain)));
        lines("Moves, by the offset of each member", view.moves(), blocks);
        lines("What it wins, field by field, were each alone put back", view.contributions(), blocks);
        blocks.add(new Block.Table(
                "Elsewhere, in CPUs lost",
                List.of(
                        new Block.Column("world", false),
                        new Block.Column("today", true),
                        new Block.Column("then", true),
                        new Block.Column("", false)),
                view.trials().stream()
                        .map(trial -> new Block.Row(
                                trial.holds() ? Tone.PLAIN : Tone.BAD,
                                List.of(trial.world(), trial.today(), trial.candidate(), trial.verdict())))
                        .toList()));
        blocks.add(Block.Paragraph.of(view.robustness()));
    }

    private static void lines(String title, List<String> lines, List<Block> blocks) {
        if (!lines.isEmpty()) {
            blocks.add(new Block.Table(
                    title,
                    List.of(new Block.Column("", false)),
                    lines.stream().map(Block.Row::of).toList()));
        }
    }
}
