package dev.faultline.access;

import java.util.Objects;

/**
 * One access of an operation, as a profile states it.
 *
 * @param field path of the field, element, array or struct
 * @param kind what is done
 * @param gapNanos time since the previous access of the operation, in ns, not negative
 * @param ownElement whether the field is an array of which each CPU touches an element of its own
 */
public record Access(String field, AccessKind kind, double gapNanos, boolean ownElement) {
    /** Refuses nulls and a gap that is negative or no number. */
    public Access {
        Objects.requireNonNull(field);
        Objects.requireNonNull(kind);
        if (!(gapNanos >= 0) || Double.isInfinite(gapNanos)) {
            throw new IllegalArgumentException(field + ": gap of " + gapNanos + " ns");
        }
    }
}
