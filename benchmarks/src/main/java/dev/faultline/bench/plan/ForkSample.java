package dev.faultline.bench.plan;

import java.util.List;
import java.util.Map;

/**
 * What one fork measured.
 *
 * @param nanosPerOp for each role of the scenario, for each iteration that was not disturbed, ns per operation of one
 *     thread; of a role that no thread timed, fewer iterations or none
 * @param operations how many operations all threads did in those iterations
 * @param counters what all threads counted in them, by name
 * @param pinned whether every thread stayed on its CPU
 */
public record ForkSample(List<List<Double>> nanosPerOp, long operations, Map<String, Long> counters, boolean pinned) {

    public ForkSample {
        nanosPerOp = nanosPerOp.stream().map(List::copyOf).toList();
        counters = Map.copyOf(counters);
    }
}
