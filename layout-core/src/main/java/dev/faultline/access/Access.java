package dev.faultline.access;

import java.util.Objects;

/**
 * One access of an operation, as a profile states it.
 *
 * @param field path of the field, element, array or struct
 * @param kind what is done
 * @param gapNanos time since the previous access of the operation, in ns, not negative
 * @param ownElement whether the field is an array of which each CPU touches an element of its own
 * @param place where the profile says so, for messages: {@code "line 9, column 11"}; empty when nowhere
 */
public record Access(String field, AccessKind kind, double gapNanos, boolean ownElement, String place) {
    /** Refuses nulls and a gap that is negative or no number. */
    public Access {
        Objects.requireNonNull(field);
        Objects.requireNonNull(kind);
        Objects.requireNonNull(place);
        if (!(gapNanos >= 0) || Double.isInfinite(gapNanos)) {
            throw new IllegalArgumentException(field + ": gap of " + gapNanos + " ns");
        }
    }

    /** {@return an access to a whole field, stated nowhere in particular} */
    public static Access of(String field, AccessKind kind, double gapNanos) {
        return new Access(field, kind, gapNanos, false, "");
    }
}
