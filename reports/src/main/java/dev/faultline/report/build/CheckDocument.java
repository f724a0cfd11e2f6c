package dev.faultline.report.build;

import dev.faultline.contract.ContractResult;
import dev.faultline.contract.PromiseResult;
import dev.faultline.report.document.Document;
import dev.faultline.report.document.DocumentBlock;
import dev.faultline.report.document.DocumentBlock.Column;
import dev.faultline.report.document.DocumentBlock.Folded;
import dev.faultline.report.document.DocumentBlock.Heading;
import dev.faultline.report.document.DocumentBlock.Paragraph;
import dev.faultline.report.document.DocumentBlock.Row;
import dev.faultline.report.document.DocumentBlock.Table;
import dev.faultline.report.document.Headline;
import dev.faultline.report.document.Tone;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The document of which promises are kept: of each contract the broken ones first. */
public final class CheckDocument {

    private CheckDocument() {}

    /**
     * Makes the document.
     *
     * @param sections one for each contract, or for each source whose structs have group markers
     * @param onlyBroken whether to leave out what is kept, and notes
     * @param withProblems whether to say why something could not be checked; a terminal has that from standard error
     * @return the document
     */
    public static Document of(List<ContractResult> sections, boolean onlyBroken, boolean withProblems) {
        List<DocumentBlock> blocks = new ArrayList<>();
        for (ContractResult section : sections) {
            List<DocumentBlock> own = blocks(section, onlyBroken, withProblems);
            if (!own.isEmpty()) {
                if (sections.size() > 1) {
                    blocks.add(new Heading(title(section)));
                }
                blocks.addAll(own);
            }
        }
        Tone tone = count(sections, PromiseResult.Status.BROKEN) > 0
                ? Tone.BAD
                : unchecked(sections) > 0 ? Tone.MIXED : Tone.GOOD;
        return Document.of(
                sections.size() == 1 ? title(sections.get(0)) : "Layout contracts",
                Optional.of(Headline.total(tone, total(sections), "")),
                blocks);
    }

    private static String title(ContractResult section) {
        return section.source() + (section.title().isEmpty() ? "" : ": " + section.title());
    }

    private static List<DocumentBlock> blocks(ContractResult section, boolean onlyBroken, boolean withProblems) {
        List<DocumentBlock> blocks = new ArrayList<>();
        if (withProblems) {
            section.problems().forEach(problem -> blocks.add(new Paragraph(Tone.MIXED, problem)));
        }
        List<Row> broken = new ArrayList<>();
        List<Row> others = new ArrayList<>();
        for (PromiseResult result : section.results()) {
            boolean isBad =
                    result.status() == PromiseResult.Status.BROKEN || result.status() == PromiseResult.Status.UNJUDGED;
            (isBad ? broken : others)
                    .add(Row.of(
                            tone(result.status()),
                            word(result.status()),
                            result.struct(),
                            result.promise(),
                            withProblems || result.status() != PromiseResult.Status.UNJUDGED
                                    ? String.join("; ", result.why())
                                    : ""));
        }
        if (!broken.isEmpty()) {
            blocks.add(table(broken));
        }
        if (!onlyBroken) {
            if (!others.isEmpty()) {
                blocks.add(
                        broken.isEmpty()
                                ? table(others)
                                : new Folded("the others: " + others.size(), List.of(table(others))));
            }
            section.notes().forEach(note -> blocks.add(Paragraph.of("note: " + note)));
        }
        return blocks;
    }

    private static Table table(List<Row> rows) {
        return new Table(
                "",
                List.of(Column.text(""), Column.text("struct"), Column.text("promise"), Column.detail("why")),
                rows);
    }

    private static Tone tone(PromiseResult.Status status) {
        return switch (status) {
            case KEPT -> Tone.GOOD;
            case BROKEN -> Tone.BAD;
            case NOTE -> Tone.PLAIN;
            case UNJUDGED -> Tone.MIXED;
        };
    }

    private static String word(PromiseResult.Status status) {
        return switch (status) {
            case KEPT -> "kept";
            case BROKEN -> "BROKEN";
            case NOTE -> "note";
            case UNJUDGED -> "not judged";
        };
    }

    private static int count(List<ContractResult> sections, PromiseResult.Status status) {
        return sections.stream().mapToInt(section -> section.count(status)).sum();
    }

    /** Counts promises, structs, sources and files that could not be checked. */
    private static int unchecked(List<ContractResult> sections) {
        return sections.stream()
                .mapToInt(section -> section.complaints().size())
                .sum();
    }

    private static String total(List<ContractResult> sections) {
        int kept = count(sections, PromiseResult.Status.KEPT);
        int broken = count(sections, PromiseResult.Status.BROKEN);
        int unjudged = count(sections, PromiseResult.Status.UNJUDGED);
        List<String> parts = new ArrayList<>();
        add(parts, kept, "kept");
        add(parts, broken, "broken");
        add(parts, unjudged, "not judged");
        int promises = kept + broken + unjudged;
        int besides = unchecked(sections) - unjudged;
        return promises
                + (promises == 1 ? " promise" : " promises")
                + (parts.isEmpty() ? "" : ": " + String.join(", ", parts))
                + (besides == 0
                        ? ""
                        : "; " + besides + (besides == 1 ? " thing" : " things") + " could not be checked");
    }

    private static void add(List<String> parts, int count, String what) {
        if (count > 0) {
            parts.add(count + " " + what);
        }
    }
}
