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
    /** The probability of a miss or an upgrade as the following touches find it. */
    double usuallyServed = 1;

    /** The chance that a load whose line was lost finds its word in the store buffer. */
    double forwarded;

    double retries;
    /** Assumed delay of its requests; the iteration moves it towards the delay that follows from the other values. */
    double delayNanos;
    /** The part of the delay that the task waits for: none of a store's, and not all of loads that overlap. */
    double feltShare = 1;
    /** The stall of the task's step here. */
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

    /** Moves the probability that other touches assume by this part of the way to the present one. */
    void settle(double part) {
        usuallyServed += part * (Math.min(1, served()) - usuallyServed);
    }

    /** {@return whether both are known to access one word} */
    boolean isSameWord(LineTouch other) {
        return field >= 0 && field == other.field;
    }

    boolean isStore() {
        return primitive == Primitive.STORE;
    }

    /** Moves the delay by some ns; the task waits for its part of it. */
    void delay(double nanos, double[] stallOfStep) {
        delayNanos += nanos;
        double felt = feltShare * delayNanos;
        stallOfStep[step] += felt - stallNanos;
        stallNanos = felt;
    }
}
