package dev.faultline.offheap.cores;

/**
 * What one CPU got done while it did nothing but compute and look at the clock.
 *
 * @param cpu its number
 * @param steps how often it looked
 * @param lostNanos ns in which it did not get to look, though it tries every few: somebody else had the CPU
 * @param elapsedNanos ns from its first look to its last
 */
public record Spin(int cpu, long steps, long lostNanos, long elapsedNanos) {

    private static final long GAP_NANOS = 20_000; // more than an interrupt takes
    /** Some 200 ns: what is counted is then computing, which the second thread of a core slows less than asking clocks. */
    private static final int STEPS = 100;

    /** Refuses what adds up to nothing. */
    public Spin {
        if (steps < 1 || lostNanos < 0 || elapsedNanos < 1 || lostNanos > elapsedNanos) {
            throw new IllegalArgumentException(
                    "steps=" + steps + ", lostNanos=" + lostNanos + ", elapsedNanos=" + elapsedNanos);
        }
    }

    /**
     * Spins until a time.
     *
     * @param cpu the CPU the calling thread is on
     * @param startNanos when the time begins, by {@code System.nanoTime}
     * @param nanos how long it is
     * @return what came of it
     */
    public static Spin watch(int cpu, long startNanos, long nanos) {
        long first = System.nanoTime();
        long last = first;
        long lost = 0;
        long steps = 0;
        long value = first;
        do {
            value = Steps.run(value, STEPS);
            long now = System.nanoTime();
            steps += value == 0 ? 2 : 1; // so that the computing is no use to nobody
            if (now - last > GAP_NANOS) {
                lost += now - last;
            }
            last = now;
        } while (last - startNanos < nanos);
        return new Spin(cpu, steps, lost, Math.max(1, last - first));
    }

    /** {@return looks in a ns} */
    double rate() {
        return (double) steps / elapsedNanos;
    }

    /** {@return the part of the time in which it did not get to look} */
    double lostShare() {
        return (double) lostNanos / elapsedNanos;
    }

    /** {@return both together} */
    Spin plus(Spin other) {
        return new Spin(cpu, steps + other.steps, lostNanos + other.lostNanos, elapsedNanos + other.elapsedNanos);
    }
}
