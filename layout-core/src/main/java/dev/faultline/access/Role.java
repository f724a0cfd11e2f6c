package dev.faultline.access;

import java.util.Objects;

/**
 * A part that threads play: all of a role do the same operations.
 *
 * @param name what the profile calls it
 * @param cpus where it runs
 */
public record Role(String name, Cpus cpus) {
    /** Refuses nulls. */
    public Role {
        Objects.requireNonNull(name);
        Objects.requireNonNull(cpus);
    }
}
