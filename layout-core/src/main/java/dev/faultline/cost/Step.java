package dev.faultline.cost;

import dev.faultline.api.Internal;

/**
 * One access of a task.
 *
 * @param field index of the field in the workload, or {@link #NOWHERE}
 * @param primitive what is done
 * @param gapNanos time since the previous access of the task was done
 * @param ownElement whether each CPU touches an element of its own of this array
 */
@Internal
public record Step(int field, Primitive primitive, double gapNanos, boolean ownElement) {

    /** The field of a step that touches no line anybody else may touch: it takes its time and no more. */
    static final int NOWHERE = -1;

    /** {@return a step that takes a time, at least that of a hit, and touches nothing} */
    static Step lasting(double nanos, double hitNanos) {
        return new Step(NOWHERE, Primitive.LOAD, Math.max(0, nanos - hitNanos), false);
    }
}
