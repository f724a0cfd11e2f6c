package dev.faultline.cost.simulate;

import dev.faultline.cost.AccessProgram;
import dev.faultline.cost.LineMap;
import dev.faultline.cost.Task;
import dev.faultline.cost.Workload;
import dev.faultline.machine.Machine;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.LongConsumer;

/**
 * Plays the accesses of a workload one by one through the caches of a machine.
 *
 * <p>Each CPU rests for an exponentially distributed time, picks a task by its rate, and does its accesses. What it holds
 * well enough costs a hit; for anything else it asks for the line, which serves one CPU after another. A line is taken from
 * its holders when the next one begins to be served: so a CPU that others wait for can do at once what takes no time, and
 * nothing that writes.
 */
public final class Simulator {

    /** The most CPUs that are simulated. */
    public static final int MOST_CPUS = 1024;

    /** The most copies of lines that are followed: lines that are touched, times CPUs. Each takes some 50 bytes. */
    public static final int MOST_COPIES = 1 << 22;

    private final Machine machine;
    private final SimulationOptions options;

    /** A simulator of a machine. */
    public Simulator(Machine machine, SimulationOptions options) {
        this.machine = Objects.requireNonNull(machine);
        this.options = Objects.requireNonNull(options);
    }

    /**
     * Plays a workload; phases one after the other, in caches as the one before left them not.
     *
     * @param workload who does what; on at most {@link #MOST_CPUS} CPUs
     * @param lines where the fields are
     * @return what was seen
     */
    public Simulation run(Workload workload, LineMap lines) {
        return run(workload, List.of(lines), done -> {});
    }

    /**
     * Plays a workload on several arrangements that are equally likely, each for its part of the accesses.
     *
     * @param workload who does what; on at most {@link #MOST_CPUS} CPUs
     * @param placements where the fields are
     * @param progress told now and then how many accesses have been played, warm-up included
     * @return the mean of what was seen
     * @throws TooManyCopies when there are more than {@link #MOST_COPIES} copies of lines to follow
     */
    public Simulation run(Workload workload, List<LineMap> placements, LongConsumer progress) {
        if (workload.cpus() > MOST_CPUS) {
            throw new IllegalArgumentException("at most " + MOST_CPUS + " CPUs are simulated, got " + workload.cpus());
        }
        long runs = (long) placements.size() * workload.phases().size();
        long each = Math.max(SimulationOptions.FEWEST_ACCESSES, options.accesses() / runs);
        Ledger ledger = new Ledger(workload);
        long done = 0;
        long seed = options.seed();
        for (LineMap lines : placements) {
            for (List<Integer> phase : workload.phases()) {
                if (phase.isEmpty()) {
                    continue;
                }
                AccessProgram program = new AccessProgram(
                        workload,
                        phase,
                        lines,
                        machine.costs().hitNanos().value(),
                        machine.costs().atomicNanos().value());
                checkCopies(program);
                long before = done;
                new CacheSimulation(machine, options, program, ledger, new Xorshift(seed++))
                        .play(each, played -> progress.accept(before + played));
                done += each;
            }
        }
        return ledger.result();
    }

    private static void checkCopies(AccessProgram program) {
        int cpus = program.parts.length;
        if ((long) program.lines * cpus > MOST_COPIES) {
            throw new TooManyCopies(program.lines, cpus);
        }
    }

    /** There are more copies of lines to follow than {@link #MOST_COPIES}. */
    public static final class TooManyCopies extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private TooManyCopies(int lines, int cpus) {
            super(lines + " lines on " + cpus + " CPUs are more than " + MOST_COPIES + " copies of lines");
        }
    }

    /** Sums over all runs. */
    static final class Ledger {
        private final Workload workload;
        final long[] count;
        final double[] nanos;
        final double[] baseNanos;
        final double[] cpuNanos;
        final long[] trueMisses;
        final long[] falseMisses;
        final long[] coldMisses;
        final long[] eggersFalse;
        final long[] upgrades;
        final long[] retries;
        final long[] culprits;
        final int fields;
        long accesses;
        long invalidations;
        long writeBacks;
        double utilisation;

        Ledger(Workload workload) {
            this.workload = workload;
            int tasks = workload.tasks().size();
            count = new long[tasks];
            nanos = new double[tasks];
            baseNanos = new double[tasks];
            cpuNanos = new double[tasks];
            trueMisses = new long[tasks];
            falseMisses = new long[tasks];
            coldMisses = new long[tasks];
            eggersFalse = new long[tasks];
            upgrades = new long[tasks];
            retries = new long[tasks];
            fields = workload.fields().size();
            culprits = new long[Math.multiplyExact(fields, fields)];
        }

        Simulation result() {
            List<Simulation.Played> played = new ArrayList<>();
            for (int i = 0; i < count.length; i++) {
                Task task = workload.tasks().get(i);
                double n = count[i];
                played.add(new Simulation.Played(
                        task.role(),
                        task.operation(),
                        count[i],
                        nanos[i] / n,
                        (nanos[i] - baseNanos[i]) / n,
                        cpuNanos[i] > 0 ? n / cpuNanos[i] * 1e9 : 0,
                        trueMisses[i] / n,
                        falseMisses[i] / n,
                        coldMisses[i] / n,
                        eggersFalse[i] / n,
                        upgrades[i] / n,
                        retries[i] / n));
            }
            return new Simulation(played, ranked(), accesses, invalidations, writeBacks, utilisation);
        }

        private List<Simulation.Culprit> ranked() {
            List<Simulation.Culprit> ranked = new ArrayList<>();
            for (int i = 0; i < culprits.length; i++) {
                if (culprits[i] > 0) {
                    ranked.add(new Simulation.Culprit(
                            workload.fields().get(i / fields).path(),
                            workload.fields().get(i % fields).path(),
                            culprits[i]));
                }
            }
            ranked.sort(java.util.Comparator.comparingLong(Simulation.Culprit::misses)
                    .reversed()
                    .thenComparing(Simulation.Culprit::culprit)
                    .thenComparing(Simulation.Culprit::victim));
            return ranked;
        }
    }
}
