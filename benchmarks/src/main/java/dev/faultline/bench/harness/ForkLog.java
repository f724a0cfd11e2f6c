package dev.faultline.bench.harness;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the threads of a fork logged.
 *
 * @param pinned whether every thread stayed on its CPU
 * @param iterations what was logged of each measured iteration
 */
record ForkLog(boolean pinned, List<Iteration> iterations) {

    /** The words of a line before those with counters and times of roles. */
    private static final int FIXED_WORDS = 5;

    /** One iteration: of all threads, the largest share of it that one waited for its CPU, and what they counted. */
    static final class Iteration {
        double waitedShare;
        long operations;
        final Map<String, Long> counters = new TreeMap<>();
        final Map<Integer, RoleTime> roleTimes = new TreeMap<>();

        private void add(String[] words) {
            double share = Double.parseDouble(words[2]) / Math.max(1, Double.parseDouble(words[3]));
            waitedShare = Math.max(waitedShare, share);
            operations += Long.parseLong(words[4]);
            for (int i = FIXED_WORDS; i < words.length; i++) {
                String[] parts = words[i].split("[=@/]");
                if (words[i].indexOf('=') > 0) {
                    counters.merge(parts[0], Long.parseLong(parts[1]), Long::sum);
                } else {
                    RoleTime time =
                            new RoleTime(Long.parseLong(parts[1]), Long.parseLong(parts[2]), Long.parseLong(parts[3]));
                    roleTimes.merge(Integer.parseInt(parts[0]), time, RoleTime::plus);
                }
            }
        }
    }

    /** {@return the line of one thread and iteration: {@code "0 true 10 100 5 retries=1 2@3/150/60"}} */
    static String line(
            int thread,
            boolean pinned,
            long waitedNanos,
            long elapsedNanos,
            long operations,
            Map<String, Long> counters,
            Map<Integer, RoleTime> roleTimes) {
        StringBuilder line = new StringBuilder()
                .append(thread + " " + pinned + " " + waitedNanos + " " + elapsedNanos + " " + operations);
        counters.forEach((name, count) -> line.append(" " + name + "=" + count));
        roleTimes.forEach((role, time) ->
                line.append(" " + role + "@" + time.count() + "/" + time.nanos() + "/" + time.clockNanos()));
        return line.toString();
    }

    /**
     * Reads the lines.
     *
     * @param lines as {@link #line} gives them, each thread's in the order of iterations
     * @param threads how many threads logged
     * @param iterations how many iterations each logged
     * @return what they say
     * @throws IllegalArgumentException when there are too many lines or too few
     */
    static ForkLog read(List<String> lines, int threads, int iterations) {
        boolean pinned = true;
        List<Iteration> read = new ArrayList<>();
        for (int i = 0; i < iterations; i++) {
            read.add(new Iteration());
        }
        int[] seen = new int[threads];
        for (String line : lines) {
            String[] words = line.split(" ");
            int thread = Integer.parseInt(words[0]);
            int iteration = thread < threads ? seen[thread]++ : iterations;
            if (iteration >= iterations) {
                throw new IllegalArgumentException("a line too many in the fork's log: " + line);
            }
            pinned &= words[1].equals("true");
            read.get(iteration).add(words);
        }
        if (lines.size() != threads * iterations) {
            throw new IllegalArgumentException(
                    "the fork logged " + lines.size() + " lines, expected " + threads * iterations);
        }
        return new ForkLog(pinned, List.copyOf(read));
    }
}
