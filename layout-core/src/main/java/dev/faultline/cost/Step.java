package dev.faultline.cost;

import dev.faultline.api.Internal;

/**
 * One access of a task.
 *
 * @param field index of the field in the workload, or {@link #NOWHERE}
 * @param primitive the kind of access
 * @param gapNanos time since the end of the previous access of the task
 * @param ownElement whether each CPU accesses its own element of this array
 */
@Internal
public record Step(int field, Primitive primitive, double gapNanos, boolean ownElement) {

    /** Field index of a step that only takes time and touches no line. */
    static final int NOWHERE = -1;

    /** {@return a step that takes a given time, at least that of a hit, and touches no line} */
    static Step lasting(double nanos, double hitNanos) {
        return new Step(NOWHERE, Primitive.LOAD, Math.max(0, nanos - hitNanos), false);
    }
}
