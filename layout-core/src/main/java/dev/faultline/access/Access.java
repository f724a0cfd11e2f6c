package dev.faultline.access;

import dev.faultline.api.Internal;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * One access of an operation, as a profile states it.
 *
 * @param field path of the field, element, array or struct; {@link ElementPath} has its form
 * @param kind the kind of access
 * @param gapNanos time since the end of the access it waits for, in ns, not negative
 * @param changeShare of a {@link AccessKind#WRITE_IF_CHANGED}, the part of the times that the value differs, from 0 to
 *     1; 1 for all other kinds
 * @param after path of an earlier access of the operation that it waits for, the last one of that path; {@link #START}
 *     when it waits for none; empty when it waits for the access before it
 * @param place where the profile states it, for messages: {@code "line 9, column 11"}; empty when unknown
 * @param counts how often it was seen in a run; {@link Evidence.Counts#NONE} when a person states it
 */
@Internal
public record Access(
        String field,
        AccessKind kind,
        double gapNanos,
        double changeShare,
        String after,
        String place,
        Evidence.Counts counts) {

    /** What an access waits for that waits for no other access of its operation. */
    public static final String START = "start";

    public Access {
        Objects.requireNonNull(field);
        Objects.requireNonNull(kind);
        Objects.requireNonNull(after);
        Objects.requireNonNull(place);
        Objects.requireNonNull(counts);
        if (!(gapNanos >= 0) || Double.isInfinite(gapNanos)) {
            throw new IllegalArgumentException(field + ": gap of " + gapNanos + " ns");
        }
        if (!(changeShare >= 0 && changeShare <= 1) || changeShare < 1 && kind != AccessKind.WRITE_IF_CHANGED) {
            throw new IllegalArgumentException(field + ": " + kind.word() + " that changes " + changeShare);
        }
    }

    /** Creates an access that a person states. */
    public Access(String field, AccessKind kind, double gapNanos, double changeShare, String after, String place) {
        this(field, kind, gapNanos, changeShare, after, place, Evidence.Counts.NONE);
    }

    /** {@return an access that was seen so often; it waits for no other} */
    public static Access seen(String field, AccessKind kind, String place, Evidence.Counts counts) {
        return new Access(field, kind, 0, 1, "", place, counts);
    }

    /** {@return an access that waits for the one before it, without a place in a profile} */
    public static Access of(String field, AccessKind kind, double gapNanos) {
        return new Access(field, kind, gapNanos, 1, "", "");
    }

    /** {@return the same access, and what it waits for, under other paths} */
    public Access renamed(UnaryOperator<String> pathOf) {
        String other = after.isEmpty() || after.equals(START) ? after : pathOf.apply(after);
        return new Access(pathOf.apply(field), kind, gapNanos, changeShare, other, place, counts);
    }

    /** {@return the same access as one of another kind that changes what it writes} */
    public Access as(AccessKind other) {
        return new Access(field, other, gapNanos, changeShare, after, place, counts);
    }
}
