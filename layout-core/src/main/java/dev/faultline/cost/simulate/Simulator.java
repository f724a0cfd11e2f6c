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
 * <p>Each CPU idles for an exponentially distributed time, picks a task by its rate, and runs its accesses. An access
 * to a line that the CPU holds in the required state costs a hit; for any other it requests the line, which serves one
 * CPU after another. A request takes a share of the transfer, {@code hold}, to reach the holders, who go on using the
 * line until then; the access happens at that moment, and the line arrives when the transfer ends.
 *
 * <p>A plain store goes into the CPU's store buffer and does not delay it, unless the buffer is full; stores happen in
 * order, and all that find their line there happen at once. An atomic waits until the buffer is empty. A load finds
 * what the own buffer holds. Loads that do not depend on each other wait at the same time.
 */
public final class Simulator {

    /** The most CPUs that can be simulated. */
    public static final int MOST_CPUS = 1024;

    /** The most copies of lines that are tracked: touched lines times CPUs. Each takes about 50 bytes. */
    public static final int MOST_COPIES = 1 << 22;

    private final Machine machine;
    private final SimulationOptions options;

    public Simulator(Machine machine, SimulationOptions options) {
        this.machine = Objects.requireNonNull(machine);
        this.options = Objects.requireNonNull(options);
    }

    /**
     * Plays a workload. Phases run one after the other, each starting with cold caches.
     *
     * @param workload the tasks; on at most {@link #MOST_CPUS} CPUs
     * @param lines the lines of the fields
     * @return the result
     */
    public Simulation run(Workload workload, LineMap lines) {
        return run(workload, List.of(lines), done -> {});
    }

    /**
     * Plays a workload on several equally likely arrangements, each for an equal share of the accesses.
     *
     * @param workload the tasks; on at most {@link #MOST_CPUS} CPUs
     * @param placements the lines of the fields in each arrangement
     * @param progress receives from time to time the number of accesses played, warm-up included
     * @return the mean of the results
     * @throws TooManyCopies when there are more than {@link #MOST_COPIES} copies of lines to track
     */
    public Simulation run(Workload workload, List<LineMap> placements, LongConsumer progress) {
        if (workload.cpus() > MOST_CPUS) {
            throw new IllegalArgumentException("at most " + MOST_CPUS + " CPUs are simulated, got " + workload.cpus());
        }
        long runs = (long) placements.size() * workload.phases().size();
        long each = Math.max(SimulationOptions.FEWEST_ACCESSES, options.accesses() / runs);
        Totals totals = new Totals(workload);
        long done = 0;
        long seed = options.seed();
        for (LineMap lines : placements) {
            for (List<Integer> phase : workload.phases()) {
                if (phase.isEmpty()) {
                    continue;
                }
                AccessProgram program = new AccessProgram(workload, phase, lines, machine.costs());
                checkCopies(program);
                long before = done;
                new CacheSimulation(machine, options, program, totals, new Xorshift(seed++))
                        .play(each, played -> progress.accept(before + played));
                done += each;
            }
        }
        return totals.result();
    }

    private static void checkCopies(AccessProgram program) {
        int cpus = program.parts.length;
        if ((long) program.lines * cpus > MOST_COPIES) {
            throw new TooManyCopies(program.lines, cpus);
        }
    }

    /** Thrown when there are more copies of lines to track than {@link #MOST_COPIES}. */
    public static final class TooManyCopies extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private TooManyCopies(int lines, int cpus) {
            super(lines + " lines on " + cpus + " CPUs have more than " + MOST_COPIES
                    + " copies of lines, the most simulated");
        }
    }

    /** Sums over all runs. */
    static final class Totals {
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

        Totals(Workload workload) {
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
                        new Simulation.Misses(
                                trueMisses[i] / n, falseMisses[i] / n, coldMisses[i] / n, eggersFalse[i] / n),
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
