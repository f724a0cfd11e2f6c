package dev.faultline.bench.harness;

import dev.faultline.bench.cores.FreeCores;
import dev.faultline.bench.cores.InconclusiveException;
import dev.faultline.bench.plan.BenchLibrary;
import dev.faultline.bench.plan.BenchMeasurements;
import dev.faultline.bench.plan.BenchPlan;
import dev.faultline.bench.plan.ScenarioMeasurement;
import dev.faultline.input.InputException;
import java.util.List;
import java.util.stream.Collectors;

/** Runs plans on the machine at hand. */
public final class BenchRunner {

    /** Is told how far a run is. */
    public interface Listener {
        /** {@code forks} of {@code of} forks are done. */
        void done(int forks, int of);

        /** A round does not count, for this reason; it may be tried again. */
        void disturbed(String why);
    }

    private static final double LEAST_RATIO = 0.9;
    private static final double MOST_STOLEN = 0.02;
    /**
     * Of an iteration's time. Compiling between iterations takes a few ms of the next one; a busy neighbour takes half.
     */
    private static final double MOST_WAITED = 0.05;

    private static final long PATIENCE_MILLIS = 30_000;
    private static final long LONG_PATIENCE_MILLIS = 600_000;
    private static final long PAUSE_MILLIS = 2_000;

    private BenchRunner() {}

    /**
     * Runs a plan.
     *
     * @param plan what to run
     * @param cpus numbers of the CPUs this process may use
     * @param listener is told how far it is
     * @return what was measured; scenarios that were disturbed too often say so
     * @throws InputException when libraries are missing that the plan needs
     * @throws InconclusiveException when there are fewer CPUs than threads
     */
    public static BenchMeasurements run(BenchPlan plan, List<Integer> cpus, Listener listener) {
        requireLibraries(plan);
        if (cpus.size() < plan.threads()) {
            throw new InconclusiveException("inconclusive: " + plan.threads()
                    + " threads need as many CPUs, and this process may use " + cpus.size());
        }
        List<Integer> used = cpus.subList(0, plan.threads());
        long patience = plan.isPatient() ? LONG_PATIENCE_MILLIS : PATIENCE_MILLIS;
        try (FreeCores cores = new FreeCores(used, LEAST_RATIO, MOST_STOLEN)) {
            ForkRunner forks = new JmhForkRunner(used, MOST_STOLEN, MOST_WAITED);
            return run(plan, used, new RoundRunner(cores::problem, forks, patience, PAUSE_MILLIS, listener));
        }
    }

    static BenchMeasurements run(BenchPlan plan, List<Integer> cpus, RoundRunner rounds) {
        List<ScenarioMeasurement> scenarios = rounds.run(plan);
        return new BenchMeasurements(plan, HostDescription.environment(cpus, rounds.pinned()), scenarios);
    }

    private static void requireLibraries(BenchPlan plan) {
        String missing = plan.libraries().stream()
                .filter(library -> !library.isPresent())
                .map(BenchLibrary::title)
                .collect(Collectors.joining(", "));
        if (!missing.isEmpty()) {
            throw new InputException(
                    "bench", "", "needs " + missing + " on the class path; the distribution has them in lib/bench");
        }
    }
}
