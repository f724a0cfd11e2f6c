package dev.faultline.bench.calibrate;

import dev.faultline.bench.cores.CpuDistance;
import java.util.Map;
import java.util.Objects;

/**
 * Measurements of threads that only update one word.
 *
 * @param threads how many threads, at least 2
 * @param pairs for each distance, how many pairs of their CPUs are that far apart
 * @param addNanos ns per atomic add, of all threads together
 * @param loopNanos ns per update by a compare-and-set loop, of all threads together
 * @param retries failed attempts per update by the loop
 */
public record Contention(
        int threads,
        Map<CpuDistance, Integer> pairs,
        RoundValues addNanos,
        RoundValues loopNanos,
        RoundValues retries) {

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
