package dev.faultline.bench.calibrate;

import dev.faultline.bench.cores.CpuPlace;
import java.util.ArrayList;
import java.util.List;

/**
 * What to measure, and for how long.
 *
 * @param cpus the CPUs that take part, at most {@link #MOST_CPUS}, each once
 * @param rounds how many times each figure is measured, from 1 to {@link #MOST_ROUNDS}
 * @param seconds about how long all of it takes; above 0, at most {@link #MOST_SECONDS}
 */
public record CalibrationPlan(List<CpuPlace> cpus, int rounds, double seconds) {

    /** More rounds tell nothing more. */
    public static final int MOST_ROUNDS = 1001;

    /** An hour. */
    public static final double MOST_SECONDS = 3600;

    /** The most CPUs that take part, each with a thread. */
    public static final int MOST_CPUS = 256;

    private static final long SHORTEST_NANOS = 200_000;
    private static final long LONGEST_NANOS = 200_000_000;

    public CalibrationPlan {
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

    /** {@return as many CPUs as can take part, spread evenly over all} */
    public static List<CpuPlace> spread(List<CpuPlace> all) {
        List<CpuPlace> chosen = new ArrayList<>();
        int most = Math.min(all.size(), MOST_CPUS);
        for (int i = 0; i < most; i++) {
            chosen.add(all.get((int) ((long) i * all.size() / most)));
        }
        return chosen;
    }

    /** {@return the numbers of threads that contend for a word: 2, 4, 8 and so on, and all} */
    List<Integer> threadCounts() {
        List<Integer> counts = new ArrayList<>();
        for (int threads = 2; threads < cpus.size(); threads *= 2) {
            counts.add(threads);
        }
        counts.add(cpus.size());
        return counts;
    }

    /**
     * {@return ns that each figure of a round is measured for, when a round has {@code windows} of them; one round
     * warms up}
     */
    long windowNanos(int windows) {
        double nanos = 1e9 * seconds / ((rounds + 1.0) * windows);
        return (long) Math.min(LONGEST_NANOS, Math.max(SHORTEST_NANOS, nanos));
    }
}
