package dev.faultline.cost.closedform;

import dev.faultline.cost.Primitive;

/** One step on a {@link SharedLine}. */
final class LineTouch {
    final int step;
    final int field;
    final Primitive primitive;
    final boolean writes;
    /** From 1 on down: where hits take no time, a CPU that never missed would never let go of the line. */
    double miss = 1;

    double upgrade;
    double retries;
    /** What the step is taken to wait here; moves towards what follows from it until the two agree. */
    double stallNanos;
    /** The wait behind those who asked between the CPU's last touch and this one. */
    double behindNanos;
    /** Requests of all CPUs of the crew for this step, waiting or being served. */
    double queued;

    LineTouch(int step, int field, Primitive primitive) {
        this.step = step;
        this.field = field;
        this.primitive = primitive;
        this.writes = primitive.writes();
    }

    double served() {
        return miss + upgrade;
    }
}
