package dev.faultline.access;

import dev.faultline.layout.FieldRef;
import java.util.Objects;

/**
 * One role's use of one field by one operation, resolved against a layout.
 *
 * @param field what is touched
 * @param kind how
 * @param role who
 * @param operation during what
 * @param position place of the access in the operation, from 0
 * @param ratePerSecond how often on each CPU of the role; NaN when nobody said
 * @param gapNanos time since the operation's previous access in ns; 0 when nobody said
 * @param ownElement whether the field is an array of which each CPU of the role touches an element of its own
 * @param certainty how this is known
 */
public record FieldUse(
        FieldRef field,
        AccessKind kind,
        Role role,
        String operation,
        int position,
        double ratePerSecond,
        double gapNanos,
        boolean ownElement,
        Certainty certainty) {
    /** Refuses nulls. */
    public FieldUse {
        Objects.requireNonNull(field);
        Objects.requireNonNull(kind);
        Objects.requireNonNull(role);
        Objects.requireNonNull(operation);
        Objects.requireNonNull(certainty);
    }

    /** {@return whether somebody said how often} */
    public boolean hasRate() {
        return !Double.isNaN(ratePerSecond);
    }
}
