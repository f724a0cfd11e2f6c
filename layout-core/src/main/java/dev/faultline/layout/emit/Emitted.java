package dev.faultline.layout.emit;

import java.util.List;
import java.util.Objects;

/**
 * A declaration.
 *
 * @param text the text, each line ended with a newline
 * @param notes what a reader must know besides: names that had to change, types that stand for others; a line each
 */
public record Emitted(String text, List<String> notes) {
    /** Copies the list. */
    public Emitted {
        Objects.requireNonNull(text);
        notes = List.copyOf(notes);
    }
}
