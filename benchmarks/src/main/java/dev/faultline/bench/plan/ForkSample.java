package dev.faultline.bench.plan;

import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * What one fork measured.
 *
 * @param nanosPerOp for each role of the scenario, for each iteration that was not disturbed, ns per operation of one
 *     thread; of a role that no thread timed, fewer iterations or none
 * @param resolutionNanos for each role, to how many ns an operation's time is known; 0 for a share of a whole iteration
 * @param operations how many operations all threads did in those iterations
 * @param counters what all threads counted in them, by name
 * @param pinned whether every thread stayed on its CPU
 */
public record ForkSample(
        List<List<Double>> nanosPerOp,
        List<Double> resolutionNanos,
        long operations,
        Map<String, Long> counters,
        boolean pinned) {

    /** A sample whose times are shares of whole iterations. */
    public ForkSample(List<List<Double>> nanosPerOp, long operations, Map<String, Long> counters, boolean pinned) {
        this(nanosPerOp, Collections.nCopies(nanosPerOp.size(), 0.0), operations, counters, pinned);
    }

    public ForkSample {
        nanosPerOp = nanosPerOp.stream().map(List::copyOf).toList();
        resolutionNanos = List.copyOf(resolutionNanos);
        if (resolutionNanos.size() != nanosPerOp.size()) {
            throw new IllegalArgumentException(
                    resolutionNanos.size() + " resolutions of " + nanosPerOp.size() + " roles");
        }
        counters = Map.copyOf(counters);
    }
}
