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
 * What islands have been found to cost. Islands that look alike cost alike, and the structs of a kernel have few kinds: a
 * counter beside seven pointers is one, wherever it occurs. Safe for use by several threads.
 */
final class IslandMemo {

    private static final int MOST_KINDS = 100_000;

    private final Map<Kind, Island> known = new ConcurrentHashMap<>();

    /** What an island costs: by access, and how busy its busiest line is. */
    record Island(Map<Long, SteadyStateSolver.Tally> tallies, double utilisation) {}

    /** How an island looks: its accesses, sorted, lines counted from its first; and how many CPUs do them. */
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

    /** Computes an island that has not been seen. */
    interface Computation {
        Island compute();
    }

    /** {@return whether the tasks differ in nothing but primitive and lines, so that a kind says all of them} */
    static boolean isPlain(Workload workload, List<Islands.Reach> island) {
        Task first = workload.tasks().get(island.get(0).task());
        for (Islands.Reach reach : island) {
            Task task = workload.tasks().get(reach.task());
            Step step = task.steps().get(0);
            if (step.ownElement()
                    || task.cpus().size() != workload.cpus()
                    || step.gapNanos() != 0
                    || task.ratePerSecond() != first.ratePerSecond()
                    || !(task.cpus() == first.cpus() || task.cpus().equals(first.cpus()))) {
                return false;
            }
        }
        return true;
    }

    /** {@return each access: its primitive, its first line counted from the island's, and on how many lines it is} */
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

    /** {@return what an island with these accesses costs, found once for all that look like it} */
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

    /** {@return what each kind of access of an island costs} */
    static Map<Long, SteadyStateSolver.Tally> byAccess(
            List<Islands.Reach> island, long[] accesses, SteadyStateSolver.Tally[] tallies) {
        Map<Long, SteadyStateSolver.Tally> byAccess = new HashMap<>();
        for (int i = 0; i < accesses.length; i++) {
            byAccess.put(accesses[i], tallies[island.get(i).task()]);
        }
        return byAccess;
    }
}
