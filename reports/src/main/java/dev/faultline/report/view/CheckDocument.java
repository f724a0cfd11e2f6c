package dev.faultline.report.view;

import dev.faultline.contract.ContractResult;
import dev.faultline.contract.PromiseResult;
import dev.faultline.report.document.Block;
import dev.faultline.report.document.Document;
import dev.faultline.report.document.Tone;
import dev.faultline.report.document.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which promises are kept, as a document: the broken ones first. */
public final class CheckDocument {

    private CheckDocument() {}

    /**
     * Makes the document.
     *
     * @param sections one a contract, or a source
     * @param onlyBroken whether to leave out what is kept, and notes
     * @return it
     */
    public static Document of(List<ContractResult> sections, boolean onlyBroken) {
        CheckView view = new CheckView(sections);
        List<Block> blocks = new ArrayList<>();
        for (ContractResult section : sections) {
            section(section, onlyBroken, blocks);
        }
        int broken = view.count(PromiseResult.Status.BROKEN);
        Tone tone = broken > 0 ? Tone.BAD : view.unchecked() > 0 ? Tone.MIXED : Tone.GOOD;
        return new Document("Layout contracts", Optional.of(new Verdict(tone, view.summary())), blocks);
    }

    private static void section(ContractResult section, boolean onlyBroken, List<Block> blocks) {
        List<Block.Row> broken = new ArrayList<>();
        List<Block.Row> others = new ArrayList<>();
        for (PromiseResult result : section.results()) {
            boolean isBad = result.status() == PromiseResult.Status.BROKEN
                    || result.status() == PromiseResult.Status.UNJUDGED;
            (isBad ? broken : others)
                    .add(new Block.Row(
                            tone(result.status()),
                            List.of(
                                    CheckView.word(result.status()),
                                    result.struct(),
                                    result.promise(),
                                    String.join("; ", result.why()))));
        }
        if (onlyBroken && broken.isEmpty() && section.problems().isEmpty()) {
            return;
        }
        blocks.add(new Block.Heading(section.source() + (section.title().isEmpty() ? "" : ": " + section.title())));
        section.problems().forEach(problem -> blocks.add(new Block.Paragraph(Tone.MIXED, problem)));
        if (!broken.isEmpty()) {
            blocks.add(table(broken));
        }
        if (!onlyBroken) {
            if (!others.isEmpty()) {
                blocks.add(
                        broken.isEmpty()
                                ? table(others)
                                : new Block.Folded("the others: " + others.size(), List.of(table(others))));
            }
            section.notes().forEach(note -> blocks.add(Block.Paragraph.of(note)));
        }
    }

    private static Tone tone(PromiseResult.Status status) {
        return switch (status) {
            case KEPT -> Tone.GOOD;
            case BROKEN -> Tone.BAD;
            case NOTE -> Tone.PLAIN;
            case UNJUDGED -> Tone.MIXED;
        };
    }

    private static Block.Table table(List<Block.Row> rows) {
        return new Block.Table(
                "",
                List.of(
                        new Block.Column("", false),
                        new Block.Column("struct", false),
                        new Block.Column("promise", false),
                        new Block.Column("why", false)),
                rows);
    }
}
