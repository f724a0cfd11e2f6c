package dev.faultline.offheap.calibrate;

/**
 * What one CPU got done while all of them did nothing but look at the clock.
 *
 * @param cpu its number
 * @param steps how often it looked
 * @param lostNanos ns in which it did not get to look, though it tries every few: somebody else had the CPU
 * @param elapsedNanos ns from its first look to its last
 */
public record Spin(int cpu, long steps, long lostNanos, long elapsedNanos) {

    /** Refuses what adds up to nothing. */
    public Spin {
        if (steps < 1 || lostNanos < 0 || elapsedNanos < 1 || lostNanos > elapsedNanos) {
            throw new IllegalArgumentException(
                    "steps=" + steps + ", lostNanos=" + lostNanos + ", elapsedNanos=" + elapsedNanos);
        }
    }
}
