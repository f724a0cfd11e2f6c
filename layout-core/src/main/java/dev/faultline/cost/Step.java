package dev.faultline.cost;

import dev.faultline.access.Elements;
import dev.faultline.api.Internal;

/**
 * One access of a task.
 *
 * @param field index of the field in the workload, or {@link #NOWHERE}
 * @param primitive the kind of access
 * @param gapNanos time since the end of the previous access of the task; of one that {@code overlaps}, since its begin
 * @param elements which elements of an array it touches; indices are taken modulo their number
 * @param overlaps whether it begins when the previous access of the task begins, and does not wait for its line; only
 *     of loads and stores, after a load or a store
 * @param share the part of the task's runs that make the access, above 0 and at most 1; {@link TaskVariant} makes tasks
 *     whose steps all have 1
 */
@Internal
public record Step(int field, Primitive primitive, double gapNanos, Elements elements, boolean overlaps, double share) {

    /** Creates an access that waits for the previous one. */
    public Step(int field, Primitive primitive, double gapNanos, Elements elements) {
        this(field, primitive, gapNanos, elements, false, 1);
    }

    /** Compares by hand: that of a record is slow until it is optimised, and what-if costs compare very often. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Step that
                && field == that.field
                && primitive == that.primitive
                && Double.compare(gapNanos, that.gapNanos) == 0
                && overlaps == that.overlaps
                && Double.compare(share, that.share) == 0
                && elements.equals(that.elements);
    }

    @Override
    public int hashCode() {
        int hash = field * 31 + primitive.ordinal();
        hash = hash * 31 + Double.hashCode(gapNanos);
        hash = hash * 31 + elements.hashCode();
        return (hash * 31 + Boolean.hashCode(overlaps)) * 31 + Double.hashCode(share);
    }

    /** Field index of a step that only takes time and touches no line. */
    static final int NOWHERE = -1;

    /** {@return a step that takes a given time, at least that of a hit, and touches no line} */
    static Step lasting(double nanos, double hitNanos) {
        return new Step(NOWHERE, Primitive.LOAD, Math.max(0, nanos - hitNanos), Elements.WHOLE);
    }

    /** {@return whether each CPU accesses an element of its own} */
    public boolean ownElement() {
        return elements.isOwn();
    }

    /** {@return whether the element depends on the CPU or on chance} */
    public boolean isOneOfMany() {
        return elements.isOneOfMany();
    }

    /** {@return the element that a CPU touches, when it touches one that does not depend on chance; else -1} */
    public long elementOn(int cpu) {
        return switch (elements.choice()) {
            case OWN -> cpu % elements.count();
            case ONE -> elements.index();
            case WHOLE, ANY, ALL -> -1;
        };
    }

    /** {@return the same kind of access to a whole field} */
    public Step toWhole(int other) {
        return new Step(other, primitive, gapNanos, Elements.WHOLE, overlaps, share);
    }

    /** {@return this access after another gap} */
    public Step withGap(double nanos) {
        return new Step(field, primitive, nanos, elements, overlaps, share);
    }

    /** {@return this access, which begins when the previous one begins or waits for it} */
    public Step overlapping(boolean beginsWithPrevious) {
        return new Step(field, primitive, gapNanos, elements, beginsWithPrevious, share);
    }

    /** {@return this access in every run of the task} */
    Step always() {
        return share == 1 ? this : new Step(field, primitive, gapNanos, elements, overlaps, 1);
    }

    /** {@return this access to other elements} */
    public Step on(Elements others) {
        return new Step(field, primitive, gapNanos, others, overlaps, share);
    }
}
