package dev.faultline.bench.cores;

/**
 * How much work a thread did on a CPU while it only computed and read the clock.
 *
 * @param cpu the number of the CPU
 * @param steps how often the thread read the clock
 * @param lostNanos ns of gaps between two readings that were too long: something else had the CPU
 * @param elapsedNanos ns from the first reading to the last
 */
public record SpinSample(int cpu, long steps, long lostNanos, long elapsedNanos) {

    private static final long GAP_NANOS = 20_000; // more than an interrupt takes
    /**
     * About 200 ns of computing per reading: the second thread of a core slows computing less than reading the clock.
     */
    private static final int STEPS = 100;

    public SpinSample {
        if (steps < 1 || lostNanos < 0 || elapsedNanos < 1 || lostNanos > elapsedNanos) {
            throw new IllegalArgumentException(
                    "steps=" + steps + ", lostNanos=" + lostNanos + ", elapsedNanos=" + elapsedNanos);
        }
    }

    /**
     * Computes and reads the clock for some time.
     *
     * @param cpu the CPU the calling thread is on
     * @param startNanos when the time begins, by {@code System.nanoTime}
     * @param nanos how long it is
     * @return how much was done
     */
    public static SpinSample watch(int cpu, long startNanos, long nanos) {
        long first = System.nanoTime();
        long last = first;
        long lost = 0;
        long steps = 0;
        long value = first;
        do {
            value = ComputeSteps.run(value, STEPS);
            long now = System.nanoTime();
            steps += value == 0 ? 2 : 1; // uses the result, or the compiler would drop the computing
            if (now - last > GAP_NANOS) {
                lost += now - last;
            }
            last = now;
        } while (last - startNanos < nanos);
        return new SpinSample(cpu, steps, lost, Math.max(1, last - first));
    }

    /** {@return readings per ns} */
    double rate() {
        return (double) steps / elapsedNanos;
    }

    /** {@return the share of time lost to others} */
    double lostShare() {
        return (double) lostNanos / elapsedNanos;
    }

    /** {@return both together} */
    SpinSample plus(SpinSample other) {
        return new SpinSample(cpu, steps + other.steps, lostNanos + other.lostNanos, elapsedNanos + other.elapsedNanos);
    }
}
