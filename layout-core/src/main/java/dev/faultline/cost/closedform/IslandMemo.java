package dev.faultline.cost.closedform;

import dev.faultline.cost.LineMap;
import dev.faultline.cost.Step;
import dev.faultline.cost.Task;
import dev.faultline.cost.Workload;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Remembers the costs of islands. Islands that look alike cost the same, and the structs of a kernel have few kinds of
 * them, such as a counter beside seven pointers. Safe for use by several threads.
 */
final class IslandMemo {

    private static final int MOST_KINDS = 100_000;

    private final Map<Kind, Island> known = new ConcurrentHashMap<>();

    /** The cost of an island, by access. */
    static final class Island {
        private final long[] accesses;
        private final SteadyStateSolver.Tally[] tallies;
        private final double utilisation;

        /**
         * The cost of an island.
         *
         * @param accesses its accesses, sorted
         * @param tallies the cost of each
         * @param utilisation the utilisation of its busiest line
         */
        Island(long[] accesses, SteadyStateSolver.Tally[] tallies, double utilisation) {
            this.accesses = accesses;
            this.tallies = tallies;
            this.utilisation = utilisation;
        }

        /** {@return the cost of the access with this number, as sorted} */
        SteadyStateSolver.Tally tally(int number) {
            return tallies[number];
        }

        /** {@return the cost of an access} */
        SteadyStateSolver.Tally tallyOf(long access) {
            return tallies[Arrays.binarySearch(accesses, access)];
        }

        double utilisation() {
            return utilisation;
        }
    }

    /** The key of an island: its sorted accesses, with lines counted from its first, their rate and their CPUs. */
    private record Kind(long[] accesses, double ratePerSecond, int cpus, int machineCpus) {
        @Override
        public boolean equals(Object object) {
            return object instanceof Kind other
                    && cpus == other.cpus
                    && machineCpus == other.machineCpus
                    && ratePerSecond == other.ratePerSecond
                    && Arrays.equals(accesses, other.accesses);
        }

        @Override
        public int hashCode() {
            return 31 * Arrays.hashCode(accesses) + cpus;
        }
    }

    /** Computes the cost of an island that is not in the memo. */
    interface Computation {
        Island compute();
    }

    /** {@return whether the tasks differ only in primitive and lines, so that a {@link Kind} describes them fully} */
    static boolean isPlain(Workload workload, List<Islands.Reach> island) {
        Task first = workload.tasks().get(island.get(0).task());
        for (Islands.Reach reach : island) {
            if (!isPlain(workload, workload.tasks().get(reach.task()), first)) {
                return false;
            }
        }
        return true;
    }

    /** {@return whether a task of one access differs from another one only in primitive and lines} */
    static boolean isPlain(Workload workload, Task task, Task first) {
        Step step = task.steps().get(0);
        return !step.isOneOfMany()
                && task.cpus().size() == workload.cpus()
                && step.gapNanos() == 0
                && task.ratePerSecond() == first.ratePerSecond()
                && (task.cpus() == first.cpus() || task.cpus().equals(first.cpus()));
    }

    /** {@return for each access its primitive, its first line counted from the island's, and its number of lines} */
    static long[] accesses(Workload workload, List<Islands.Reach> island, LineMap lines) {
        long base = island.get(0).first();
        long[] accesses = new long[island.size()];
        for (int i = 0; i < accesses.length; i++) {
            Islands.Reach reach = island.get(i);
            Step step = workload.tasks().get(reach.task()).steps().get(0);
            accesses[i] = access(step, lines.bytesOf(step), reach.first() - base, reach.last() - reach.first());
        }
        return accesses;
    }

    /**
     * {@return an access as one number}
     *
     * @param step the access
     * @param bytes the number of bytes that it touches
     * @param line its first line, counted from the first of the island
     * @param more the number of further lines
     */
    static long access(Step step, long bytes, long line, long more) {
        long split = more > 0 && LineAssignment.isSmallAtomic(step, bytes) ? 1 : 0;
        return line << 34 | more << 3 | split << 2 | step.primitive().ordinal();
    }

    /** {@return the cost of an island with these accesses, computed once for all islands of its kind} */
    Island get(Workload workload, Task any, long[] accesses, Computation computation) {
        long[] sorted = accesses.clone();
        Arrays.sort(sorted);
        Island found = known(workload, any, sorted);
        return found != null ? found : remember(workload, any, sorted, computation.compute());
    }

    /** {@return the cost of an island with these sorted accesses; null when it is not known} */
    Island known(Workload workload, Task any, long[] sorted) {
        return known.get(new Kind(sorted, any.ratePerSecond(), any.cpus().size(), workload.cpus()));
    }

    /** {@return the cost, which is known from now on} */
    Island remember(Workload workload, Task any, long[] sorted, Island cost) {
        if (known.size() < MOST_KINDS) {
            known.put(new Kind(sorted, any.ratePerSecond(), any.cpus().size(), workload.cpus()), cost);
        }
        return cost;
    }

    /** {@return an island with the cost of each kind of access} */
    static Island byAccess(
            List<Islands.Reach> island, long[] accesses, SteadyStateSolver.Tally[] tallies, double utilisation) {
        Map<Long, SteadyStateSolver.Tally> byAccess = new TreeMap<>();
        for (int i = 0; i < accesses.length; i++) {
            byAccess.put(accesses[i], tallies[island.get(i).task()]);
        }
        long[] sorted = accesses.clone();
        Arrays.sort(sorted);
        SteadyStateSolver.Tally[] costs = new SteadyStateSolver.Tally[sorted.length];
        Arrays.setAll(costs, i -> byAccess.get(sorted[i]));
        return new Island(sorted, costs, utilisation);
    }
}
