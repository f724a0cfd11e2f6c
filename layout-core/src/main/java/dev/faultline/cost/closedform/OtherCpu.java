package dev.faultline.cost.closedform;

/**
 * The only other CPU at a line, when it runs one kind of task there: the times from one of its tasks to the next are a
 * fixed part and an exponentially distributed idle time. Two such CPUs keep step with each other, so the chance that
 * the other one comes within a time is not that of random arrival.
 *
 * @param fixedNanos the fixed part, less the time that has surely passed when the line was taken from the CPU
 * @param idleNanos the mean idle time
 */
record OtherCpu(double fixedNanos, double idleNanos) {

    /** {@return how irregular it is: 0 for a loop without idle times, 1 for random arrival} */
    double randomness() {
        return meanNanos() == 0 ? 1 : idleNanos / meanNanos();
    }

    private double meanNanos() {
        return fixedNanos + idleNanos;
    }

    /** {@return the chance that it does not come in some time after it lost the line} */
    double staysAway(double nanos) {
        if (nanos <= 0) {
            return 1;
        }
        if (nanos < fixedNanos) {
            return 1 - nanos / meanNanos();
        }
        return idleNanos == 0 ? 0 : randomness() * Math.exp(-(nanos - fixedNanos) / idleNanos);
    }

    /** {@return the same chance for a time and an exponentially distributed one after it, of a given mean} */
    double staysAway(double nanos, double thenIdle) {
        if (thenIdle == 0) {
            return staysAway(nanos);
        }
        double start = Math.max(0, nanos);
        double after = idleNanos == 0 ? 0 : randomness() / (1 + thenIdle / idleNanos);
        if (start >= fixedNanos) {
            return idleNanos == 0 ? 0 : after * Math.exp(-(start - fixedNanos) / idleNanos);
        }
        double left = fixedNanos - start;
        double passed = Math.exp(-left / thenIdle);
        double within =
                (1 - start / meanNanos()) * (1 - passed) - (thenIdle - (thenIdle + left) * passed) / meanNanos();
        return within + passed * after;
    }

    /**
     * {@return the chance that a copy that came at an unknown time, and not just before, is still there after a time}
     *
     * @param nanos the time
     * @param keptNanos the time for which each copy is surely kept
     */
    double leaves(double nanos, double keptNanos) {
        double whole = keptNanos + fixedNanos / 2;
        return 1 - nanos / Math.max(nanos, whole - nanos);
    }
}
