package dev.faultline.offheap.calibrate;

import java.util.Map;
import java.util.Objects;

/**
 * Threads that do nothing but update one word.
 *
 * @param threads how many, at least 2
 * @param pairs how many pairs of their CPUs are how far apart
 * @param addNanos ns for each atomic add, of all threads together
 * @param loopNanos the same for each update by a compare-and-set loop
 * @param retries failed attempts for each such update
 */
public record Contention(int threads, Map<Distance, Integer> pairs, Rounds addNanos, Rounds loopNanos, Rounds retries) {

    /** Refuses fewer than two threads, no pairs, and nulls. */
    public Contention {
        pairs = Map.copyOf(pairs);
        if (threads < 2 || pairs.isEmpty()) {
            throw new IllegalArgumentException("expected at least 2 threads and their pairs, got " + threads);
        }
        Objects.requireNonNull(addNanos);
        Objects.requireNonNull(loopNanos);
        Objects.requireNonNull(retries);
    }
}
