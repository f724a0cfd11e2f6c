package dev.faultline.report.document;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A report on one thing: a struct, two to compare, a benchmark.
 *
 * @param title what it is about
 * @param verdict what it comes to, when that can be said in a line
 * @param blocks what it says, in order
 */
public record Document(String title, Optional<Verdict> verdict, List<Block> blocks) {
    /** Copies the list. */
    public Document {
        Objects.requireNonNull(title);
        Objects.requireNonNull(verdict);
        blocks = List.copyOf(blocks);
    }
}
