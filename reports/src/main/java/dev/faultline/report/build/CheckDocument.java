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
        boolean areMany = sections.size() > 1;
        for (ContractResult section : sections) {
            add(section, areMany, bad(section, withProblems), blocks);
        }
        for (ContractResult section : onlyBroken ? List.<ContractResult>of() : sections) {
            add(section, areMany, details(section), blocks);
        }
        Tone tone = count(sections, PromiseResult.Status.BROKEN) > 0
                ? Tone.BAD
                : unchecked(sections) > 0 ? Tone.MIXED : Tone.GOOD;
        Headline verdict = Headline.verdict(tone, verdict(sections));
        return new Document(
                areMany ? sections.size() + " contracts" : sections.get(0).source(),
                areMany || onlyBroken ? "" : sections.get(0).title(),
                Optional.of(verdict),
                Optional.empty(),
                blocks);
    }

    private static void add(
            ContractResult section, boolean areMany, List<DocumentBlock> own, List<DocumentBlock> blocks) {
        if (!own.isEmpty() && areMany) {
            blocks.add(new Heading(section.source() + (section.title().isEmpty() ? "" : ": " + section.title())));
        }
        blocks.addAll(own);
    }

    /** What is broken or could not be checked. */
    private static List<DocumentBlock> bad(ContractResult section, boolean withProblems) {
        List<DocumentBlock> blocks = new ArrayList<>();
        if (withProblems) {
            section.problems().forEach(problem -> blocks.add(new Paragraph(Tone.MIXED, problem)));
        }
        List<Row> rows = section.results().stream()
                .filter(CheckDocument::isBad)
                .map(result -> row(result, withProblems || result.status() != PromiseResult.Status.UNJUDGED))
                .toList();
        if (!rows.isEmpty()) {
            blocks.add(table(rows));
        }
        return blocks;
    }

    /** What is kept, and notes. */
    private static List<DocumentBlock> details(ContractResult section) {
        List<DocumentBlock> blocks = new ArrayList<>();
        List<Row> rows = section.results().stream()
                .filter(result -> !isBad(result))
                .map(result -> row(result, true))
                .toList();
        if (!rows.isEmpty()) {
            blocks.add(
                    rows.size() == section.results().size()
                            ? table(rows)
                            : new Folded("the others: " + rows.size(), List.of(table(rows))));
        }
        section.notes().forEach(note -> blocks.add(Paragraph.of("note: " + note)));
        return blocks;
    }

    private static boolean isBad(PromiseResult result) {
        return result.status() == PromiseResult.Status.BROKEN || result.status() == PromiseResult.Status.UNJUDGED;
    }

    private static Row row(PromiseResult result, boolean withReason) {
        return Row.of(
                tone(result.status()),
                word(result.status()),
                result.struct(),
                result.promise(),
                withReason ? String.join("; ", result.why()) : "");
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

    /** {@return {@code "2 of 9 promises broken, 1 not judged"}, {@code "9 promises kept"}} */
    private static String verdict(List<ContractResult> sections) {
        int kept = count(sections, PromiseResult.Status.KEPT);
        int broken = count(sections, PromiseResult.Status.BROKEN);
        int unjudged = count(sections, PromiseResult.Status.UNJUDGED);
        int promises = kept + broken + unjudged;
        String all = FindingWords.many(promises, "promise", "promises");
        String words = promises == 0
                ? "no promises"
                : broken > 0
                        ? FindingWords.number(broken) + " of " + all + " broken"
                                + (unjudged > 0 ? ", " + unjudged + " not judged" : "")
                        : unjudged > 0 ? FindingWords.number(unjudged) + " of " + all + " not judged" : all + " kept";
        int besides = unchecked(sections) - unjudged;
        return words
                + (besides == 0 ? "" : "; " + FindingWords.many(besides, "thing", "things") + " could not be checked");
    }
}
