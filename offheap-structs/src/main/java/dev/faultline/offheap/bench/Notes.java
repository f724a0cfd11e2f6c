package dev.faultline.offheap.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The lines that the seats of a fork left.
 *
 * @param pinned whether every thread stayed on its CPU
 * @param waitedShares for each iteration, the largest part of it that a thread waited for its CPU
 * @param counts for each iteration, what was counted by all threads together
 */
record Notes(boolean pinned, List<Double> waitedShares, List<Map<String, Long>> counts) {

    /**
     * Reads them.
     *
     * @param lines number of the thread, whether it is pinned, ns waited, ns passed, and what was counted
     * @param threads how many left lines
     * @param iterations how many each
     * @return what they say
     * @throws IllegalArgumentException when there are other lines than that
     */
    static Notes read(List<String> lines, int threads, int iterations) {
        boolean pinned = true;
        double[] waited = new double[iterations];
        List<Map<String, Long>> counts = new ArrayList<>();
        for (int i = 0; i < iterations; i++) {
            counts.add(new TreeMap<>());
        }
        int[] seen = new int[threads];
        for (String line : lines) {
            String[] words = line.split(" ");
            int thread = Integer.parseInt(words[0]);
            int iteration = thread < threads ? seen[thread]++ : iterations;
            if (iteration >= iterations) {
                throw new IllegalArgumentException("a note too many: " + line);
            }
            pinned &= words[1].equals("true");
            double share = Double.parseDouble(words[2]) / Math.max(1, Double.parseDouble(words[3]));
            waited[iteration] = Math.max(waited[iteration], share);
            for (int i = 4; i < words.length; i++) {
                int equals = words[i].indexOf('=');
                counts.get(iteration)
                        .merge(
                                words[i].substring(0, equals),
                                Long.parseLong(words[i].substring(equals + 1)),
                                Long::sum);
            }
        }
        if (lines.size() != threads * iterations) {
            throw new IllegalArgumentException(
                    "the fork left " + lines.size() + " notes, expected " + threads * iterations);
        }
        return new Notes(pinned, java.util.Arrays.stream(waited).boxed().toList(), List.copyOf(counts));
    }
}
