package dev.faultline.report.document;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A report on one thing: a struct, two to compare, a benchmark.
 *
 * @param title what it is about
 * @param subtitle a few words that stand beside or below the title; may be empty
 * @param headline the result in a line, where there is one
 * @param summary the figures of a struct for a table of many structs; empty when this is no report on one struct
 * @param blocks the content, in order
 */
public record Document(
        String title,
        String subtitle,
        Optional<Headline> headline,
        Optional<StructSummary> summary,
        List<DocumentBlock> blocks) {

    public Document {
        Objects.requireNonNull(title);
        Objects.requireNonNull(subtitle);
        Objects.requireNonNull(headline);
        Objects.requireNonNull(summary);
        blocks = List.copyOf(blocks);
    }

    /** {@return a document without subtitle or figures} */
    public static Document of(String title, Optional<Headline> headline, List<DocumentBlock> blocks) {
        return new Document(title, "", headline, Optional.empty(), blocks);
    }
}
