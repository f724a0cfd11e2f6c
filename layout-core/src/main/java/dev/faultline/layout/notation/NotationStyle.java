package dev.faultline.layout.notation;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * How a layout is written.
 *
 * @param lineBytes bytes from one line boundary comment to the next, counted from byte 0 of the struct
 * @param open which embedded structs, by path, are written with their members
 * @param notes what to put under a field, by path: texts of a line each, without comment signs
 */
public record NotationStyle(int lineBytes, Predicate<String> open, Function<String, List<String>> notes) {
    /** Refuses nulls and a line of no bytes. */
    public NotationStyle {
        Objects.requireNonNull(open);
        Objects.requireNonNull(notes);
        if (lineBytes < 1) {
            throw new IllegalArgumentException("lineBytes=" + lineBytes);
        }
    }

    /** {@return the style of pahole: embedded structs closed, no notes} */
    public static NotationStyle plain(int lineBytes) {
        return new NotationStyle(lineBytes, path -> false, path -> List.of());
    }
}
