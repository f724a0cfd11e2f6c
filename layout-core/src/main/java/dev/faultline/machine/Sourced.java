package dev.faultline.machine;

import java.util.Objects;

/**
 * A value and where it came from.
 *
 * @param value the value
 * @param source who says so: a manual, a file in sysfs, an option of the user
 * @param <T> its type
 */
public record Sourced<T>(T value, String source) {
    /** Refuses nulls and an empty source. */
    public Sourced {
        Objects.requireNonNull(value);
        if (source.isEmpty()) {
            throw new IllegalArgumentException("a value needs a source: " + value);
        }
    }
}
