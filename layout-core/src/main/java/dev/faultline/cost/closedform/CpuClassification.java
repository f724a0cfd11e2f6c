package dev.faultline.cost.closedform;

import dev.faultline.cost.LineMap;
import dev.faultline.cost.LineRuns;
import dev.faultline.cost.Primitive;
import dev.faultline.cost.Step;
import dev.faultline.cost.Task;
import dev.faultline.cost.Workload;
import dev.faultline.machine.Topology;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToLongFunction;

/**
 * Groups the CPUs of one phase by their tasks and their cluster; CPU classes are made from these groups. Unless CPUs
 * have elements of their own, the groups do not depend on where the fields are, so one classification serves all
 * arrangements. Immutable.
 */
final class CpuClassification {

    private final Workload workload;
    private final List<Integer> tasks;
    private final Topology topology;
    private final List<Step> own = new ArrayList<>();
    /** For each CPU the number of its task set: CPUs with the same tasks have the same number. */
    private final int[] taskSets;
    /** For each CPU the number of its kind: CPUs with the same tasks in the same cluster have the same number. */
    private final int[] kinds;
    /** For each CPU whether it has tasks. */
    private final boolean[] busy;
    /** For each task the number of its kind: tasks of one kind differ only in their fields. */
    private final int[] taskKinds;
    /**
     * Whether accesses to different fields of a line differ. They do when there is a compare-and-set, which fails only
     * when its own field was changed, and when a task loads and stores: a load does not wait when its word is in the
     * store buffer.
     */
    private final boolean fieldsMatter;
    /** The most bytes touched by one step. */
    private final long longestBytes;
    /** Number of different CPU lists among its tasks. */
    private final int cpuLists;

    CpuClassification(Workload workload, List<Integer> tasks, Topology topology) {
        this.workload = workload;
        this.tasks = tasks;
        this.topology = topology;
        this.taskSets = new int[workload.cpus()];
        this.busy = new boolean[workload.cpus()];
        this.taskKinds = new int[tasks.size()];
        boolean differ = false;
        long longest = 0;
        Map<List<Integer>, Integer> numbers = new LinkedHashMap<>();
        int[] cpuListOf = new int[tasks.size()];
        List<Integer> seen = null;
        for (int i = 0; i < cpuListOf.length; i++) {
            Task what = task(i);
            // Tasks of a role are consecutive and share their list of CPUs.
            cpuListOf[i] = what.cpus() == seen
                    ? cpuListOf[i - 1]
                    : numbers.computeIfAbsent(what.cpus(), any -> numbers.size());
            seen = what.cpus();
            boolean stores = false;
            boolean loads = false;
            for (Step step : what.steps()) {
                if (step.ownElement()) {
                    own.add(step);
                }
                differ |= step.primitive() == Primitive.CAS;
                stores |= step.primitive() == Primitive.STORE;
                loads |= step.primitive() == Primitive.LOAD;
                longest = Math.max(longest, LineMap.bytesOf(workload.fields(), step));
            }
            differ |= stores && loads;
        }
        fieldsMatter = differ;
        longestBytes = longest;
        numberTaskKinds(cpuListOf);
        cpuLists = numbers.size();
        for (List<Integer> cpuList : numbers.keySet()) {
            boolean[] member = new boolean[busy.length];
            for (int cpu : cpuList) {
                member[cpu] = true;
                busy[cpu] = true;
            }
            split(taskSets, cpu -> member[cpu] ? 1 : 0);
        }
        kinds = taskSets.clone();
        split(kinds, topology::cluster);
    }

    private void numberTaskKinds(int[] cpuListOf) {
        Map<List<Object>, Integer> found = new HashMap<>();
        for (int i = 0; i < taskKinds.length; i++) {
            Task what = task(i);
            List<Object> kind = new ArrayList<>(2 + 3 * what.steps().size());
            kind.add(what.ratePerSecond());
            kind.add(cpuListOf[i]);
            for (Step step : what.steps()) {
                kind.add(step.toWhole(fieldsMatter ? step.field() : -1));
                kind.add(step.ownElement());
                kind.add(LineAssignment.isSmallAtomic(step, LineMap.bytesOf(workload.fields(), step)));
            }
            int next = found.size();
            taskKinds[i] = found.computeIfAbsent(kind, any -> next);
        }
    }

    /** Splits the CPUs of each kind by a number; kinds are renumbered in order of their first CPUs. */
    private static void split(int[] kinds, IntToLongFunction number) {
        List<Map<Long, Integer>> found = new ArrayList<>();
        int next = 0;
        for (int cpu = 0; cpu < kinds.length; cpu++) {
            while (found.size() <= kinds[cpu]) {
                found.add(new HashMap<>(4));
            }
            Integer known = found.get(kinds[cpu]).putIfAbsent(number.applyAsLong(cpu), next);
            kinds[cpu] = known == null ? next++ : known;
        }
    }

    /** {@return new CPU classes, in order of their first CPUs} */
    List<CpuClass> cpuClasses(LineMap lines) {
        LineAssignment assignment = new LineAssignment(this, lines);
        int[] now = kinds;
        if (!own.isEmpty()) {
            now = kinds.clone();
            for (Step step : own) {
                split(now, cpu -> assignment.place(step, cpu));
                split(now, cpu -> assignment.reach(step, cpu));
                split(now, cpu -> assignment.word(step, cpu));
            }
        }
        int[] size = new int[now.length];
        for (int kind : now) {
            size[kind]++;
        }
        List<CpuClass> cpuClasses = new ArrayList<>();
        Map<Integer, Map<LineAssignment.PlacedTask, List<Integer>>> known = new HashMap<>();
        for (int cpu = 0; cpu < now.length; cpu++) {
            if (busy[cpu] && size[now[cpu]] > 0) {
                int first = cpu;
                cpuClasses.add(cpuClass(
                        size[now[cpu]],
                        cpu,
                        own.isEmpty()
                                ? known.computeIfAbsent(taskSets[cpu], any -> placedTasks(first, assignment))
                                : placedTasks(first, assignment)));
            }
            size[now[cpu]] = 0; // the first CPU represents its kind
        }
        return cpuClasses;
    }

    private CpuClass cpuClass(int size, int cpu, Map<LineAssignment.PlacedTask, List<Integer>> placedTasks) {
        CpuClass cpuClass = new CpuClass(size, topology.cluster(cpu));
        placedTasks.forEach((placed, same) -> cpuClass.taskClasses.add(new CpuClass.TaskClass(
                cpuClass, workload.tasks().get(same.get(0)).ratePerSecond(), placed.accesses(), same)));
        return cpuClass;
    }

    /** {@return the tasks of a CPU, grouped by equal accesses to equal lines} */
    private Map<LineAssignment.PlacedTask, List<Integer>> placedTasks(int cpu, LineAssignment assignment) {
        Map<LineAssignment.PlacedTask, List<Integer>> all = new LinkedHashMap<>();
        List<Integer> asked = null;
        boolean member = false;
        for (int i = 0; i < taskKinds.length; i++) {
            Task task = task(i);
            if (task.cpus() != asked) { // tasks of a role are consecutive and share their list of CPUs
                asked = task.cpus();
                member = Collections.binarySearch(asked, cpu) >= 0;
            }
            if (member) {
                all.computeIfAbsent(assignment.placedTask(i, cpu), any -> new ArrayList<>(1))
                        .add(tasks.get(i));
            }
        }
        return all;
    }

    LineRuns lineRuns(LineMap lines) {
        return LineRuns.mayBeLong(longestBytes, lines) ? LineRuns.of(workload, tasks, lines) : LineRuns.SINGLE_LINES;
    }

    int cpuLists() {
        return cpuLists;
    }

    Task task(int index) {
        return workload.tasks().get(tasks.get(index));
    }

    int tasks() {
        return taskKinds.length;
    }

    int taskKind(int index) {
        return taskKinds[index];
    }

    boolean hasOwnElements() {
        return !own.isEmpty();
    }

    boolean fieldsMatter() {
        return fieldsMatter;
    }
}
