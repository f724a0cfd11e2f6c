package dev.faultline.access;

import dev.faultline.api.Internal;
import dev.faultline.layout.FieldRef;
import java.util.Objects;

/**
 * How one operation of one role uses one field of a layout.
 *
 * @param field the field
 * @param kind the kind of access
 * @param role the role that runs the operation
 * @param operation name of the operation; of a guess, the word of the access kind or the lock that is taken
 * @param position place of the access in the operation, from 0
 * @param ratePerSecond accesses per second on each CPU of the role; NaN when unknown
 * @param gapNanos time since the operation's previous access in ns; 0 when unknown
 * @param elements which elements are used, where the field is an array or a part of each of its elements
 * @param evidence how the use is known
 */
@Internal
public record FieldUse(
        FieldRef field,
        AccessKind kind,
        Role role,
        String operation,
        int position,
        double ratePerSecond,
        double gapNanos,
        Elements elements,
        Evidence evidence) {
    public FieldUse {
        Objects.requireNonNull(field);
        Objects.requireNonNull(kind);
        Objects.requireNonNull(role);
        Objects.requireNonNull(operation);
        Objects.requireNonNull(elements);
        Objects.requireNonNull(evidence);
    }

    /** {@return how sure it is that the field is used this way} */
    public Certainty certainty() {
        return evidence.certainty();
    }

    /** {@return what the use rests on: the operation that a profile declares, or the reason for a guess} */
    public String basis() {
        return evidence.reason().isEmpty() ? operation : evidence.reason();
    }

    /** {@return whether the rate is known} */
    public boolean hasRate() {
        return !Double.isNaN(ratePerSecond);
    }

    /** {@return the same use of another field} */
    public FieldUse withField(FieldRef other) {
        return new FieldUse(other, kind, role, operation, position, ratePerSecond, gapNanos, elements, evidence);
    }

    /** {@return the same use at another rate} */
    public FieldUse withRate(double perSecond) {
        return new FieldUse(field, kind, role, operation, position, perSecond, gapNanos, elements, evidence);
    }
}
