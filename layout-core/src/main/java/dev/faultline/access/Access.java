package dev.faultline.access;

import dev.faultline.api.Internal;
import java.util.Objects;

/**
 * One access of an operation, as a profile states it.
 *
 * @param field path of the field, element, array or struct; {@link ElementPath} has its form
 * @param kind the kind of access
 * @param gapNanos time since the previous access of the operation, in ns, not negative
 * @param place where the profile states it, for messages: {@code "line 9, column 11"}; empty when unknown
 */
@Internal
public record Access(String field, AccessKind kind, double gapNanos, String place) {
    public Access {
        Objects.requireNonNull(field);
        Objects.requireNonNull(kind);
        Objects.requireNonNull(place);
        if (!(gapNanos >= 0) || Double.isInfinite(gapNanos)) {
            throw new IllegalArgumentException(field + ": gap of " + gapNanos + " ns");
        }
    }

    /** {@return an access without a place in a profile} */
    public static Access of(String field, AccessKind kind, double gapNanos) {
        return new Access(field, kind, gapNanos, "");
    }
}
