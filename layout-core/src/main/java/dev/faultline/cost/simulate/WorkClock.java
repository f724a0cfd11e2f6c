package dev.faultline.cost.simulate;

/**
 * How much each CPU has worked between its accesses. While a store waits for its line, the stores of that work fill the
 * buffer; what it cannot take is put off until the line is there.
 */
final class WorkClock {

    /** How long a CPU works on while its oldest store waits. */
    private final double roomNanos;
    /** The work of each CPU up to its next access. */
    private final double[] workNanos;
    /** The last part of that work, and when it ends. */
    private final double[] partNanos;

    private final double[] endNanos;
    /** The work of each CPU that a full buffer has put off. */
    private final double[] putOffNanos;

    WorkClock(int cpus, double roomNanos) {
        this.roomNanos = roomNanos;
        workNanos = new double[cpus];
        partNanos = new double[cpus];
        endNanos = new double[cpus];
        putOffNanos = new double[cpus];
    }

    /** Lets a CPU work for a time, from a time on. */
    void start(int cpu, double nanos, double from) {
        workNanos[cpu] += nanos;
        partNanos[cpu] = nanos;
        endNanos[cpu] = from + nanos;
    }

    /** {@return the work that a CPU has done by now} */
    double doneNanos(int cpu, double now) {
        return workNanos[cpu] - Math.min(partNanos[cpu], Math.max(0, endNanos[cpu] - now));
    }

    /**
     * Puts off the work that did not fit into the buffer.
     *
     * @param cpu the CPU
     * @param since the work it had done when its oldest store was added
     * @param now the time
     * @return whether there is any
     */
    boolean putOff(int cpu, double since, double now) {
        double beyond = doneNanos(cpu, now) - since - roomNanos;
        if (beyond <= 0) {
            return false;
        }
        putOffNanos[cpu] += beyond;
        workNanos[cpu] -= beyond;
        return true;
    }

    /** {@return the work that was put off, which the CPU does now} */
    double takeUpNanos(int cpu) {
        double nanos = putOffNanos[cpu];
        putOffNanos[cpu] = 0;
        return nanos;
    }
}
