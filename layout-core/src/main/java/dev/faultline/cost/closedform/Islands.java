package dev.faultline.cost.closedform;

import dev.faultline.cost.LineMap;
import dev.faultline.cost.Step;
import dev.faultline.cost.Task;
import dev.faultline.cost.Workload;
import dev.faultline.machine.Machine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Tasks of one access each, grouped into islands of overlapping lines. Such tasks disturb each other only on these
 * lines (apart from the time they take of their CPU, which is negligible at an assumed rate), so islands can be solved
 * one by one, and islands without writes need no solution.
 *
 * @param contended tasks that share lines, some of them writing; islands in order of their lines
 * @param uncontended all other tasks
 */
record Islands(List<List<Reach>> contended, List<Integer> uncontended) {

    /** A task and the lines it touches on any CPU. */
    record Reach(int task, boolean writes, long first, long last) {}

    static Islands of(Workload workload, List<Integer> tasks, LineMap lines) {
        List<Reach> reaches = new ArrayList<>(tasks.size());
        for (int task : tasks) {
            reaches.add(reach(task, workload.tasks().get(task), lines));
        }
        reaches.sort(Comparator.comparingLong(Reach::first));
        List<List<Reach>> contended = new ArrayList<>();
        List<Integer> uncontended = new ArrayList<>();
        List<Reach> island = new ArrayList<>();
        boolean written = false;
        long last = Long.MIN_VALUE;
        for (Reach reach : reaches) {
            if (reach.first > last && !island.isEmpty()) {
                end(island, written, workload, contended, uncontended);
                island = new ArrayList<>();
                written = false;
            }
            island.add(reach);
            written |= reach.writes;
            last = Math.max(last, reach.last);
        }
        end(island, written, workload, contended, uncontended);
        return new Islands(contended, uncontended);
    }

    private static void end(
            List<Reach> island,
            boolean written,
            Workload workload,
            List<List<Reach>> contended,
            List<Integer> uncontended) {
        if (written && workload.cpus() > 1) {
            contended.add(island);
        } else {
            island.forEach(reach -> uncontended.add(reach.task));
        }
    }

    /** {@return the tasks of an island in the order of the profile, which fixes the order of summation} */
    static List<Integer> tasks(List<Reach> island) {
        return island.stream().map(Reach::task).sorted().toList();
    }

    private static Reach reach(int number, Task task, LineMap lines) {
        Step step = task.steps().get(0);
        long first = Long.MAX_VALUE;
        long last = Long.MIN_VALUE;
        for (int cpu : step.ownElement() ? task.cpus() : task.cpus().subList(0, 1)) {
            first = Math.min(first, lines.firstLine(step, cpu));
            last = Math.max(last, lines.lastLine(step, cpu));
        }
        return new Reach(number, step.primitive().writes(), first, last);
    }

    /**
     * The islands of a divisible workload whose tasks differ only in primitive and field, as those of a guess from types
     * do. It finds the costs of the same islands without an object for each task and placement: all structs of a kernel have
     * a million of these.
     */
    static final class PlainTasks {

        /** Computes the cost of the tasks of an island whose kind is not known. */
        interface Solver {
            /**
             * Adds it to the tallies of the tasks.
             *
             * @param island numbers of the tasks, in the order of the profile
             * @return the utilisation of the busiest line
             */
            double solve(Integer[] island, LineMap lines, SteadyStateSolver.Tally[] tallies);
        }

        private final Machine machine;
        private final IslandMemo memo;
        private final Workload workload;
        private final Solver solver;
        private final int cpu;
        private final int cpus;
        private final Step[] steps;
        private final long[] first;
        private final long[] last;
        /** The tasks by their first line; the order of one placement is nearly that of the next. */
        private final int[] order;
        /** What the tasks of an island do, sorted, and in {@code members} the tasks in the same order. */
        private final long[] accesses;

        private final int[] members;

        PlainTasks(Machine machine, IslandMemo memo, Workload workload, Solver solver) {
            this.machine = machine;
            this.memo = memo;
            this.workload = workload;
            this.solver = solver;
            int tasks = workload.tasks().size();
            Task any = workload.tasks().get(0);
            cpu = any.cpus().get(0);
            cpus = any.cpus().size();
            steps = new Step[tasks];
            first = new long[tasks];
            last = new long[tasks];
            order = new int[tasks];
            accesses = new long[tasks];
            members = new int[tasks];
            for (int i = 0; i < tasks; i++) {
                steps[i] = workload.tasks().get(i).steps().get(0);
                order[i] = i;
            }
        }

        /** {@return whether a divisible workload has such tasks only} */
        static boolean isPlain(Workload workload) {
            int tasks = workload.tasks().size();
            for (int i = 0; i < tasks; i++) {
                if (!IslandMemo.isPlain(
                        workload, workload.tasks().get(i), workload.tasks().get(0))) {
                    return false;
                }
            }
            return tasks > 0;
        }

        /**
         * Adds the cost of each task.
         *
         * @param part the weight of this placement
         * @return the utilisation of the busiest line
         */
        double addTo(SteadyStateSolver.Tally[] tallies, LineMap lines, double part) {
            for (int i = 0; i < steps.length; i++) {
                first[i] = lines.firstLine(steps[i], cpu);
                last[i] = lines.lastLine(steps[i], cpu);
            }
            sortByFirstLine();
            double utilisation = 0;
            int from = 0;
            while (from < order.length) {
                boolean written = false;
                long end = last[order[from]];
                int to = from;
                while (to < order.length && first[order[to]] <= end) {
                    written |= steps[order[to]].primitive().writes();
                    end = Math.max(end, last[order[to]]);
                    to++;
                }
                if (written && workload.cpus() > 1) {
                    utilisation = Math.max(utilisation, addContended(tallies, lines, part, from, to));
                } else {
                    addUndisturbed(tallies, part, from, to);
                }
                from = to;
            }
            return utilisation;
        }

        private void sortByFirstLine() {
            for (int i = 1; i < order.length; i++) {
                int task = order[i];
                int j = i;
                for (; j > 0 && first[order[j - 1]] > first[task]; j--) {
                    order[j] = order[j - 1];
                }
                order[j] = task;
            }
        }

        private double addContended(SteadyStateSolver.Tally[] tallies, LineMap lines, double part, int from, int to) {
            long base = first[order[from]];
            int size = to - from;
            for (int i = 0; i < size; i++) {
                int task = order[from + i];
                long access = IslandMemo.access(
                        steps[task], lines.bytesOf(steps[task]), first[task] - base, last[task] - first[task]);
                int j = i;
                for (; j > 0 && accesses[j - 1] > access; j--) {
                    accesses[j] = accesses[j - 1];
                    members[j] = members[j - 1];
                }
                accesses[j] = access;
                members[j] = task;
            }
            long[] sorted = Arrays.copyOf(accesses, size);
            Task any = workload.tasks().get(members[0]);
            IslandMemo.Island found = memo.known(workload, any, sorted);
            if (found == null) {
                found = memo.remember(workload, any, sorted, solved(sorted, lines));
            }
            for (int i = 0; i < size; i++) {
                tallies[members[i]].add(found.tally(i), part);
            }
            return found.utilisation();
        }

        private IslandMemo.Island solved(long[] sorted, LineMap lines) {
            Integer[] island = new Integer[sorted.length];
            for (int i = 0; i < island.length; i++) {
                island[i] = members[i];
            }
            Arrays.sort(island);
            SteadyStateSolver.Tally[] alone = SteadyStateSolver.Tally.empty(steps.length);
            double utilisation = solver.solve(island, lines, alone);
            SteadyStateSolver.Tally[] byAccess = new SteadyStateSolver.Tally[sorted.length];
            for (int i = 0; i < byAccess.length; i++) {
                byAccess[i] = alone[members[i]];
            }
            return new IslandMemo.Island(sorted, byAccess, utilisation);
        }

        private void addUndisturbed(SteadyStateSolver.Tally[] tallies, double part, int from, int to) {
            for (int i = from; i < to; i++) {
                int task = order[i];
                tallies[task].addUndisturbed(
                        machine, workload.tasks().get(task), last[task] - first[task] + 1, part * cpus);
            }
        }
    }
}
