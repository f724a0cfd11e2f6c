package dev.faultline.bench.grid;

import dev.faultline.bench.cores.CpuAffinity;
import dev.faultline.bench.cores.CpuThreads;
import dev.faultline.bench.cores.CpuTimes;
import dev.faultline.bench.cores.FreeCores;
import dev.faultline.bench.cores.InconclusiveException;
import dev.faultline.bench.harness.HostDescription;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Plays a grid by two pinned threads of this VM. A round counts when the CPUs were free before and after it, and both
 * threads had them meanwhile; otherwise it is played again, until the patience of the plan is used up.
 */
public final class GridRun {

    /** Is told how far a run is. */
    public interface Listener {
        /** {@code rounds} of {@code of} rounds are done. */
        void done(int rounds, int of);

        /** A round does not count, for this reason; it may be played again. */
        void disturbed(String why);
    }

    /** What is played in rounds. */
    interface Rounds {
        /** {@return why the round that was just played does not count; nothing when it may} */
        Optional<String> play(int round);

        /** Counts the round that was played last. */
        void keep();
    }

    private static final double LEAST_RATIO = 0.9;
    private static final double MOST_STOLEN = 0.02;
    private static final double MOST_WAITED = 0.02;
    private static final long PAUSE_MILLIS = 1_000;
    private static final List<Integer> BOTH = List.of(0, 1);

    private final Supplier<Optional<String>> gate;
    private final Rounds rounds;
    private final Listener listener;
    private final long pauseMillis;
    private int disturbed;

    GridRun(Supplier<Optional<String>> gate, Rounds rounds, Listener listener, long pauseMillis) {
        this.gate = gate;
        this.rounds = rounds;
        this.listener = listener;
        this.pauseMillis = pauseMillis;
    }

    /**
     * Measures.
     *
     * @param plan what to play
     * @param cpus numbers of the CPUs this process may use; the first two are used
     * @param listener is told how far it is
     * @return what was measured; when it was disturbed too often, it says so
     * @throws InconclusiveException when there is only one CPU
     */
    public static GridMeasurements measure(GridPlan plan, List<Integer> cpus, Listener listener) {
        if (cpus.size() < 2) {
            throw new InconclusiveException(
                    "inconclusive: this process may use only one CPU, and sharing needs two; allow it more");
        }
        List<Integer> used = cpus.subList(0, 2);
        try (FreeCores cores = new FreeCores(used, LEAST_RATIO, MOST_STOLEN);
                ScenarioSet set = new ScenarioSet(plan.scenarios(), cores.threads(), BOTH)) {
            set.round(0, plan.windowNanos()); // the first round is for the compiler
            GridRun run = new GridRun(
                    cores::problem, new PlayedRounds(set, cores.threads(), used, plan), listener, PAUSE_MILLIS);
            Optional<String> problem = run.run(plan.rounds(), (long) (1e9 * plan.patienceSeconds()));
            return new GridMeasurements(
                    plan,
                    HostDescription.environment(used, cores.pinned()),
                    problem.isPresent() ? List.of() : set.series(),
                    run.disturbed,
                    problem);
        }
    }

    /** {@return why not all rounds could be played; nothing when they were} */
    Optional<String> run(int wanted, long patienceNanos) {
        long patience = patienceNanos;
        int done = 0;
        boolean areFree = false;
        while (done < wanted) {
            long begun = System.nanoTime();
            int round = done;
            Optional<String> problem = (areFree ? Optional.<String>empty() : gate.get())
                    .or(() -> rounds.play(round))
                    .or(gate);
            areFree = problem.isEmpty();
            if (areFree) {
                rounds.keep();
                done++;
                listener.done(done, wanted);
                continue;
            }
            disturbed++;
            listener.disturbed(problem.get());
            patience -= System.nanoTime() - begun + pauseMillis * 1_000_000;
            if (patience < 0 || !pause()) {
                return problem;
            }
        }
        return Optional.empty();
    }

    /** {@return how many rounds do not count} */
    int disturbed() {
        return disturbed;
    }

    private boolean pause() {
        try {
            Thread.sleep(pauseMillis);
            return true;
        } catch (InterruptedException asked) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Rounds of scenarios, in which threads may have waited for their CPUs. */
    private static final class PlayedRounds implements Rounds {
        private final ScenarioSet set;
        private final CpuThreads threads;
        private final List<Integer> cpus;
        private final GridPlan plan;
        private List<SharingSeries> last = List.of();

        PlayedRounds(ScenarioSet set, CpuThreads threads, List<Integer> cpus, GridPlan plan) {
            this.set = set;
            this.threads = threads;
            this.cpus = cpus;
            this.plan = plan;
        }

        @Override
        public Optional<String> play(int round) {
            CpuTimes before = CpuTimes.now(cpus);
            List<Long> waitedBefore = threads.on(BOTH, any -> CpuAffinity.waitedNanos());
            long begun = System.nanoTime();
            last = set.round(round * plan.scenarios().size() / plan.rounds(), plan.windowNanos());
            long elapsed = System.nanoTime() - begun;
            List<Long> waitedAfter = threads.on(BOTH, any -> CpuAffinity.waitedNanos());
            double stolen = before.stolenShare(CpuTimes.now(cpus)).orElse(0);
            double waited = 0;
            for (int thread : BOTH) {
                waited = Math.max(waited, (double) (waitedAfter.get(thread) - waitedBefore.get(thread)) / elapsed);
            }
            return stolen <= MOST_STOLEN && waited <= MOST_WAITED
                    ? Optional.empty()
                    : Optional.of(String.format(
                            Locale.ROOT,
                            "the CPUs were not free during a round (%.1f %% of the time was stolen, and a thread waited"
                                    + " %.1f %%)",
                            100 * stolen,
                            100 * waited));
        }

        @Override
        public void keep() {
            set.keep(last);
        }
    }
}
