package dev.faultline.layout.notation;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * How a layout is written as notation.
 *
 * @param lineBytes size of a line in bytes, at least 1, for the comments at line boundaries
 * @param open which embedded structs, by path, are written out with their members
 * @param notes comments to put under a field, by path: one line each, without comment marks
 * @param mergesPadding whether padding fields of a class that lie side by side are one comment
 */
public record NotationStyle(
        int lineBytes, Predicate<String> open, Function<String, List<String>> notes, boolean mergesPadding) {
    public NotationStyle {
        Objects.requireNonNull(open);
        Objects.requireNonNull(notes);
        if (lineBytes < 1) {
            throw new IllegalArgumentException("lineBytes=" + lineBytes);
        }
    }

    /** A style that writes every field. */
    public NotationStyle(int lineBytes, Predicate<String> open, Function<String, List<String>> notes) {
        this(lineBytes, open, notes, false);
    }

    /** {@return the style of pahole: embedded structs are not written out, no notes} */
    public static NotationStyle plain(int lineBytes) {
        return new NotationStyle(lineBytes, path -> false, path -> List.of());
    }
}
