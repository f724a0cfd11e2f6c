package dev.faultline.bench.layout.loop;

import java.util.function.LongSupplier;

/** The clock that operations are timed with, and how exact it is. */
final class OperationClock {

    private static final int ROUNDS = 15;
    private static final int READINGS = 2000;

    private final LongSupplier nanos;
    private final double readNanos;
    private final double resolutionNanos;

    /**
     * Measures a clock.
     *
     * @param nanos the time in ns
     */
    OperationClock(LongSupplier nanos) {
        this.nanos = nanos;
        double least = Double.MAX_VALUE;
        long step = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            long start = nanos.getAsLong();
            long end = start;
            for (int i = 0; i < READINGS; i++) {
                long now = nanos.getAsLong();
                step = now > end ? Math.min(step, now - end) : step;
                end = now;
            }
            least = Math.min(least, (end - start) / (double) READINGS);
        }
        this.readNanos = least;
        this.resolutionNanos = step == Long.MAX_VALUE ? least : Math.max(least, step);
    }

    long now() {
        return nanos.getAsLong();
    }

    /** {@return ns that reading it takes, in the fastest round} */
    double readNanos() {
        return readNanos;
    }

    /** {@return ns to which a time between two readings is known: what a reading takes, or its step if longer} */
    double resolutionNanos() {
        return resolutionNanos;
    }
}
