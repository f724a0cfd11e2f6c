package dev.faultline.bench.plan;

import dev.faultline.measure.RunEffort;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What to run.
 *
 * @param suite the name of the suite
 * @param summary one line saying what is compared
 * @param threads how many CPUs are used, a thread each; at least 2
 * @param effort how much of each contestant
 * @param isPatient whether disturbances are waited out for up to 10 minutes instead of 30 s
 * @param scenarios at least one
 */
public record BenchPlan(
        String suite,
        String summary,
        int threads,
        RunEffort effort,
        boolean isPatient,
        List<PlannedScenario> scenarios) {

    /** Enough for ratios with intervals, in a few minutes. */
    public static final RunEffort BRIEF = new RunEffort(5, 5, 3, 150);

    /** For figures to be published. */
    public static final RunEffort THOROUGH = new RunEffort(12, 5, 5, 500);

    /** For two layouts, in about a minute. */
    public static final RunEffort LAYOUTS = new RunEffort(8, 4, 5, 200);

    private static final double FORK_SECONDS = 1.2; // a VM starts, and its threads are pinned
    private static final double GATE_SECONDS = 0.8;

    public BenchPlan {
        if (threads < 2) {
            throw new IllegalArgumentException("threads=" + threads + ", expected at least 2");
        }
        scenarios = List.copyOf(scenarios);
        if (scenarios.isEmpty()) {
            throw new IllegalArgumentException("a plan without scenarios");
        }
    }

    /** {@return how many forks are run when none is disturbed} */
    public int forks() {
        return effort.forks()
                * scenarios.stream().mapToInt(one -> one.contestants().size()).sum();
    }

    /** {@return about how many seconds that takes when nothing is disturbed} */
    public long seconds() {
        double fork = FORK_SECONDS + (effort.warmups() + effort.iterations()) * effort.millis() / 1000.0;
        return Math.round(forks() * fork + scenarios.size() * effort.forks() * 2 * GATE_SECONDS);
    }

    /** {@return the libraries that it needs} */
    public Set<BenchLibrary> libraries() {
        Set<BenchLibrary> needed = EnumSet.of(BenchLibrary.JMH);
        scenarios.stream()
                .flatMap(one -> one.contestants().stream())
                .forEach(one -> one.needs().ifPresent(needed::add));
        return needed;
    }
}
