package dev.faultline.cost.closedform;

import dev.faultline.cost.LineMap;
import dev.faultline.cost.Step;
import dev.faultline.cost.Task;
import dev.faultline.cost.Workload;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Remembers the costs of islands. Islands that look alike cost the same, and the structs of a kernel have few kinds of
 * them, such as a counter beside seven pointers. Safe for use by several threads.
 */
final class IslandMemo {

    private static final int MOST_KINDS = 100_000;

    private final Map<Kind, Island> known = new ConcurrentHashMap<>();

    /**
     * The cost of an island, by access.
     *
     * @param tallies the cost of each kind of access
     * @param utilisation the utilisation of its busiest line
     */
    record Island(Map<Long, SteadyStateSolver.Tally> tallies, double utilisation) {}

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
            Task task = workload.tasks().get(reach.task());
            Step step = task.steps().get(0);
            if (step.isOneOfMany()
                    || task.cpus().size() != workload.cpus()
                    || step.gapNanos() != 0
                    || task.ratePerSecond() != first.ratePerSecond()
                    || !(task.cpus() == first.cpus() || task.cpus().equals(first.cpus()))) {
                return false;
            }
        }
        return true;
    }

    /** {@return for each access its primitive, its first line counted from the island's, and its number of lines} */
    static long[] accesses(Workload workload, List<Islands.Reach> island, LineMap lines) {
        long base = island.get(0).first();
        long[] accesses = new long[island.size()];
        for (int i = 0; i < accesses.length; i++) {
            Islands.Reach reach = island.get(i);
            Step step = workload.tasks().get(reach.task()).steps().get(0);
            long more = reach.last() - reach.first();
            long split = more > 0 && LineAssignment.isSmallAtomic(step, lines.bytesOf(step)) ? 1 : 0;
            accesses[i] = (reach.first() - base) << 34
                    | more << 3
                    | split << 2
                    | step.primitive().ordinal();
        }
        return accesses;
    }

    /** {@return the cost of an island with these accesses, computed once for all islands of its kind} */
    Island get(Workload workload, Task any, long[] accesses, Computation computation) {
        long[] sorted = accesses.clone();
        Arrays.sort(sorted);
        Kind kind = new Kind(sorted, any.ratePerSecond(), any.cpus().size(), workload.cpus());
        Island found = known.get(kind);
        if (found == null) {
            found = computation.compute();
            if (known.size() < MOST_KINDS) {
                known.put(kind, found);
            }
        }
        return found;
    }

    /** {@return the cost of each kind of access of an island} */
    static Map<Long, SteadyStateSolver.Tally> byAccess(
            List<Islands.Reach> island, long[] accesses, SteadyStateSolver.Tally[] tallies) {
        Map<Long, SteadyStateSolver.Tally> byAccess = new HashMap<>();
        for (int i = 0; i < accesses.length; i++) {
            byAccess.put(accesses[i], tallies[island.get(i).task()]);
        }
        return byAccess;
    }
}
