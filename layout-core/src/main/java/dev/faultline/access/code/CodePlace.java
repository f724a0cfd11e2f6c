package dev.faultline.access.code;

import dev.faultline.api.Internal;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * A place in code.
 *
 * @param type the class, {@code com.acme.Ring}; empty for a plain function
 * @param function the method or function; {@code <init>} for a constructor
 * @param line line of the source, from 1, when the code has lines
 * @param file the source file of a plain function, as the compiler recorded it; empty when it is not known, or the
 *     class tells it
 */
@Internal
public record CodePlace(String type, String function, OptionalInt line, String file) {
    public CodePlace {
        Objects.requireNonNull(type);
        Objects.requireNonNull(function);
        Objects.requireNonNull(line);
        Objects.requireNonNull(file);
    }

    /** A place in a class. */
    public CodePlace(String type, String function, OptionalInt line) {
        this(type, function, line, "");
    }

    /** {@return the place as reports show it: {@code "Ring.offer:212"}, {@code "ring.c:31 in ring_put"}} */
    public String words() {
        String at = line.isPresent() ? ":" + line.getAsInt() : "";
        if (!file.isEmpty()) {
            return file + at + " in " + function;
        }
        String simple = type.substring(type.lastIndexOf('.') + 1);
        return (simple.isEmpty() ? "" : simple + ".") + function + at;
    }
}
