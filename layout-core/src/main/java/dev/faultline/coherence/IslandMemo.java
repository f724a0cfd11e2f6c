package dev.faultline.coherence;

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
    record Island(Map<Long, Equilibrium.Tally> tallies, double utilisation) {}

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
    static boolean isPlain(Workload workload, List<Integer> island) {
        Task first = workload.tasks().get(island.get(0));
        for (int number : island) {
            Task task = workload.tasks().get(number);
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

    /** {@return one access: its primitive, its first line, and on how many lines it is} */
    static long access(Task task, LineMap lines, long base) {
        Step step = task.steps().get(0);
        int cpu = task.cpus().get(0);
        long first = lines.firstLine(step, cpu);
        long more = lines.lastLine(step, cpu) - first;
        long split = more > 0 && Arrangement.isSmallAtomic(step, lines.bytesOf(step)) ? 1 : 0;
        return (first - base) << 34 | more << 3 | split << 2 | step.primitive().ordinal();
    }

    /** {@return what the island costs, found once for all that look like it} */
    Island get(Workload workload, List<Integer> island, LineMap lines, long base, Computation computation) {
        long[] accesses = new long[island.size()];
        for (int i = 0; i < accesses.length; i++) {
            accesses[i] = access(workload.tasks().get(island.get(i)), lines, base);
        }
        Arrays.sort(accesses);
        Task any = workload.tasks().get(island.get(0));
        Kind kind = new Kind(accesses, any.ratePerSecond(), any.cpus().size(), workload.cpus());
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
    static Map<Long, Equilibrium.Tally> byAccess(
            Workload workload, List<Integer> island, LineMap lines, long base, Equilibrium.Tally[] tallies) {
        Map<Long, Equilibrium.Tally> byAccess = new HashMap<>();
        for (int number : island) {
            byAccess.put(access(workload.tasks().get(number), lines, base), tallies[number]);
        }
        return byAccess;
    }
}
