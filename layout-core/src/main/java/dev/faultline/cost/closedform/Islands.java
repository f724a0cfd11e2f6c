package dev.faultline.cost.closedform;

import dev.faultline.cost.LineMap;
import dev.faultline.cost.Step;
import dev.faultline.cost.Task;
import dev.faultline.cost.Workload;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Tasks of one access each, by the lines they meet on. Such tasks disturb each other on these lines and nowhere else (but
 * for the time they take of their CPU, which at an assumed rate is next to nothing), so that islands can be computed one by
 * one; and where nobody writes there is nothing to compute.
 *
 * @param fought tasks that share lines, some of them writing; islands in order of their lines
 * @param quiet all other tasks
 */
record Islands(List<List<Reach>> fought, List<Integer> quiet) {

    /** A task and the lines it touches on any CPU. */
    record Reach(int task, boolean writes, long first, long last) {}

    static Islands of(Workload workload, List<Integer> tasks, LineMap lines) {
        List<Reach> reaches = new ArrayList<>(tasks.size());
        for (int task : tasks) {
            reaches.add(reach(task, workload.tasks().get(task), lines));
        }
        reaches.sort(Comparator.comparingLong(Reach::first));
        List<List<Reach>> fought = new ArrayList<>();
        List<Integer> quiet = new ArrayList<>();
        List<Reach> island = new ArrayList<>();
        boolean written = false;
        long last = Long.MIN_VALUE;
        for (Reach reach : reaches) {
            if (reach.first > last && !island.isEmpty()) {
                end(island, written, workload, fought, quiet);
                island = new ArrayList<>();
                written = false;
            }
            island.add(reach);
            written |= reach.writes;
            last = Math.max(last, reach.last);
        }
        end(island, written, workload, fought, quiet);
        return new Islands(fought, quiet);
    }

    private static void end(
            List<Reach> island, boolean written, Workload workload, List<List<Reach>> fought, List<Integer> quiet) {
        if (written && workload.cpus() > 1) {
            fought.add(island);
        } else {
            island.forEach(reach -> quiet.add(reach.task));
        }
    }

    /** {@return the tasks of an island in the order of the profile, which fixes the order in which costs are added up} */
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
