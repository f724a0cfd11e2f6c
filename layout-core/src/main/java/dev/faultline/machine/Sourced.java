package dev.faultline.machine;

import java.util.Objects;

/**
 * A value with its source.
 *
 * @param value the value
 * @param source a manual, a file in sysfs, an option of the user; not empty
 * @param <T> type of the value
 */
public record Sourced<T>(T value, String source) {
    public Sourced {
        Objects.requireNonNull(value);
        if (source.isEmpty()) {
            throw new IllegalArgumentException("the source of a value is empty: " + value);
        }
    }
}
