package dev.faultline.offheap.bench;

import java.util.List;
import java.util.Map;

/**
 * What came of one fork.
 *
 * @param nanosPerOp for each role, for each iteration that was not disturbed, ns an operation of one thread
 * @param counts what was counted in those iterations by all threads, operations among it
 * @param pinned whether every thread stayed on its CPU
 */
record Sample(Map<String, List<Double>> nanosPerOp, Map<String, Long> counts, boolean pinned) {}
