package dev.faultline.cost.closedform;

import dev.faultline.cost.Primitive;

/** One step of a task on a {@link SharedLine}. */
final class LineTouch {
    final int step;
    final int field;
    final Primitive primitive;
    final boolean writes;
    /** Probability of a miss. Starts at 1: without hit times, a CPU that never missed would never release the line. */
    double miss = 1;

    double upgrade;
    double retries;
    /** Assumed stall of the step here; the iteration moves it towards the stall that follows from the other values. */
    double stallNanos;
    /** The wait behind CPUs that requested the line between the CPU's last touch and this one. */
    double behindNanos;
    /** Mean number of requests for this step, waiting or being served, of all CPUs of the class. */
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
