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
 * @param ratePerSecond accesses per second on each CPU of the role; NaN when unknown; of an operation at full rate,
 *     more than a CPU can do
 * @param gapNanos time since the operation's previous access in ns; 0 when unknown
 * @param elements which elements are used, where the field is an array or a part of each of its elements
 * @param manner what else a profile says of it
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
        Manner manner,
        Evidence evidence) {

    /**
     * What a profile can say of an access beside its kind.
     *
     * @param overlaps whether it begins when the operation's previous access begins, without waiting for it
     * @param awaits whether it is repeated until another CPU has written the field
     * @param isAtFullRate whether the operation is done as fast as it can be
     * @param share the part of the operations that make the access, above 0 and at most 1; {@code ratePerSecond} is of
     *     those
     */
    public record Manner(boolean overlaps, boolean awaits, boolean isAtFullRate, double share) {
        /** An access of every operation, which waits for the previous one. */
        public static final Manner PLAIN = new Manner(false, false, false, 1);

        public Manner {
            if (!(share > 0 && share <= 1)) {
                throw new IllegalArgumentException("share " + share);
            }
        }
    }

    public FieldUse {
        Objects.requireNonNull(field);
        Objects.requireNonNull(kind);
        Objects.requireNonNull(role);
        Objects.requireNonNull(operation);
        Objects.requireNonNull(elements);
        Objects.requireNonNull(manner);
        Objects.requireNonNull(evidence);
        if (kind.isOfProfilesOnly()) {
            throw new IllegalArgumentException(kind.word() + " is no use of a field");
        }
    }

    /** Creates a use of which nothing else is said. */
    public FieldUse(
            FieldRef field,
            AccessKind kind,
            Role role,
            String operation,
            int position,
            double ratePerSecond,
            double gapNanos,
            Elements elements,
            Evidence evidence) {
        this(field, kind, role, operation, position, ratePerSecond, gapNanos, elements, Manner.PLAIN, evidence);
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

    /** {@return whether this is a write that can end the waiting of a use: by another CPU, of the same bytes} */
    public boolean mayEnd(FieldUse waiting) {
        boolean sameCpu = role.equals(waiting.role) && role.cpus().count(2) == 1;
        return kind.writes() && !sameCpu && field.bytes().overlaps(waiting.field.bytes());
    }

    /** {@return the write that follows this read in a part of the operations} */
    FieldUse asWrite(int next, double share) {
        Manner some = new Manner(false, false, manner.isAtFullRate, share);
        return new FieldUse(
                field, AccessKind.WRITE, role, operation, next, ratePerSecond * share, 0, elements, some, evidence);
    }

    /** {@return the same use of another field} */
    public FieldUse withField(FieldRef other) {
        return new FieldUse(
                other, kind, role, operation, position, ratePerSecond, gapNanos, elements, manner, evidence);
    }

    /** {@return the same use at another rate} */
    public FieldUse withRate(double perSecond) {
        return new FieldUse(field, kind, role, operation, position, perSecond, gapNanos, elements, manner, evidence);
    }

    /** {@return the same use by another role} */
    public FieldUse withRole(Role other) {
        return new FieldUse(
                field, kind, other, operation, position, ratePerSecond, gapNanos, elements, manner, evidence);
    }

    /** {@return the same use by an access of another kind} */
    public FieldUse withKind(AccessKind other) {
        return new FieldUse(
                field, other, role, operation, position, ratePerSecond, gapNanos, elements, manner, evidence);
    }
}
