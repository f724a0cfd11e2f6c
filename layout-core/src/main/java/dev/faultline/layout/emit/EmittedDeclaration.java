package dev.faultline.layout.emit;

import java.util.List;
import java.util.Objects;

/**
 * A declaration as text.
 *
 * @param text the declaration; each line ends with a newline
 * @param notes remarks for the reader, one line each: names that had to change, types that replace others
 */
public record EmittedDeclaration(String text, List<String> notes) {
    public EmittedDeclaration {
        Objects.requireNonNull(text);
        notes = List.copyOf(notes);
    }
}
