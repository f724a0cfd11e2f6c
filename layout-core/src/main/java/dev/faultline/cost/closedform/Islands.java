package dev.faultline.cost.closedform;

import dev.faultline.cost.LineMap;
import dev.faultline.cost.Step;
import dev.faultline.cost.Task;
import dev.faultline.cost.Workload;
import java.util.ArrayList;
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
}
