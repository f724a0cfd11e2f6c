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
 */
@Internal
public record CodePlace(String type, String function, OptionalInt line) {
    public CodePlace {
        Objects.requireNonNull(type);
        Objects.requireNonNull(function);
        Objects.requireNonNull(line);
    }

    /** {@return the place as reports show it: {@code "Ring.offer:212"}} */
    public String words() {
        String simple = type.substring(type.lastIndexOf('.') + 1);
        return (simple.isEmpty() ? "" : simple + ".") + function + (line.isPresent() ? ":" + line.getAsInt() : "");
    }
}
