package dev.faultline.offheap.calibrate;

import java.util.ArrayList;
import java.util.List;

/**
 * What to measure for how long.
 *
 * @param cpus the CPUs that take part, at most {@link #MOST_CPUS}, each once
 * @param rounds how often each figure is measured, from 1 to {@link #MOST_ROUNDS}
 * @param seconds how long all of it takes, about; above 0, at most {@link #MOST_SECONDS}
 */
public record Plan(List<CpuPlace> cpus, int rounds, double seconds) {

    /** More rounds tell nothing more. */
    public static final int MOST_ROUNDS = 1001;

    /** An hour. */
    public static final double MOST_SECONDS = 3600;

    /** As many threads as are ever started. */
    public static final int MOST_CPUS = 256;

    private static final long SHORTEST_NANOS = 200_000;
    private static final long LONGEST_NANOS = 200_000_000;

    /** Refuses what cannot be done: {@code IllegalArgumentException} naming the value. */
    public Plan {
        cpus = List.copyOf(cpus);
        if (cpus.size() > MOST_CPUS
                || cpus.stream().map(CpuPlace::cpu).distinct().count() != cpus.size()) {
            throw new IllegalArgumentException("expected at most " + MOST_CPUS + " different CPUs, got " + cpus);
        }
        if (rounds < 1 || rounds > MOST_ROUNDS) {
            throw new IllegalArgumentException("rounds must be from 1 to " + MOST_ROUNDS + ", got " + rounds);
        }
        if (!(seconds > 0 && seconds <= MOST_SECONDS)) {
            throw new IllegalArgumentException(
                    "seconds must be above 0 and at most " + MOST_SECONDS + ", got " + seconds);
        }
    }

    /** {@return as many CPUs as may take part, spread evenly over those there are} */
    public static List<CpuPlace> spread(List<CpuPlace> all) {
        List<CpuPlace> chosen = new ArrayList<>();
        int most = Math.min(all.size(), MOST_CPUS);
        for (int i = 0; i < most; i++) {
            chosen.add(all.get((int) ((long) i * all.size() / most)));
        }
        return chosen;
    }

    /** {@return the numbers of threads that fight over a word: 2, 4, 8 and so on, and all} */
    List<Integer> crowds() {
        List<Integer> crowds = new ArrayList<>();
        for (int threads = 2; threads < cpus.size(); threads *= 2) {
            crowds.add(threads);
        }
        crowds.add(cpus.size());
        return crowds;
    }

    /** {@return ns that each figure of a round is measured for, when a round has so many; one round is for warming up} */
    long windowNanos(int windows) {
        double nanos = 1e9 * seconds / ((rounds + 1.0) * windows);
        return (long) Math.min(LONGEST_NANOS, Math.max(SHORTEST_NANOS, nanos));
    }
}
