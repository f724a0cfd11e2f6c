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
 * Which CPUs do the same tasks of one phase in the same cluster: what crews are made of. It does not depend on where the
 * fields lie, unless CPUs have elements of their own, so one roster serves all arrangements. Immutable.
 */
final class CpuClassification {

    private final Workload workload;
    private final List<Integer> tasks;
    private final Topology topology;
    private final List<Step> own = new ArrayList<>();
    /** For each CPU a number that it shares with those that have the same tasks. */
    private final int[] duties;
    /** For each CPU a number that it shares with those of the same cluster that have the same tasks. */
    private final int[] kinds;
    /** For each CPU whether it has something to do. */
    private final boolean[] busy;
    /** For each task the number of its sort: tasks of one sort are the same but for the fields. */
    private final int[] sorts;
    /** A compare-and-set fails when its own field was changed; nothing else asks more than whether lines are the same. */
    private final boolean fieldsMatter;
    /** The most bytes that a step touches. */
    private final long longestBytes;
    /** How many different lists of CPUs its tasks have. */
    private final int teams;

    CpuClassification(Workload workload, List<Integer> tasks, Topology topology) {
        this.workload = workload;
        this.tasks = tasks;
        this.topology = topology;
        this.duties = new int[workload.cpus()];
        this.busy = new boolean[workload.cpus()];
        this.sorts = new int[tasks.size()];
        boolean loops = false;
        long longest = 0;
        Map<List<Integer>, Integer> numbers = new LinkedHashMap<>();
        int[] teamOf = new int[tasks.size()];
        List<Integer> seen = null;
        for (int i = 0; i < teamOf.length; i++) {
            Task what = workload.tasks().get(tasks.get(i));
            // Tasks of a role follow each other and share their list of CPUs.
            teamOf[i] =
                    what.cpus() == seen ? teamOf[i - 1] : numbers.computeIfAbsent(what.cpus(), any -> numbers.size());
            seen = what.cpus();
            for (Step step : what.steps()) {
                if (step.ownElement()) {
                    own.add(step);
                }
                loops |= step.primitive() == Primitive.CAS;
                longest = Math.max(longest, LineMap.bytesOf(workload.fields(), step));
            }
        }
        fieldsMatter = loops;
        longestBytes = longest;
        sort(teamOf);
        teams = numbers.size();
        for (List<Integer> team : numbers.keySet()) {
            boolean[] member = new boolean[busy.length];
            for (int cpu : team) {
                member[cpu] = true;
                busy[cpu] = true;
            }
            split(duties, cpu -> member[cpu] ? 1 : 0);
        }
        kinds = duties.clone();
        split(kinds, topology::cluster);
    }

    private void sort(int[] teamOf) {
        Map<List<Object>, Integer> found = new HashMap<>();
        for (int i = 0; i < sorts.length; i++) {
            Task what = workload.tasks().get(tasks.get(i));
            List<Object> sort = new ArrayList<>(2 + 2 * what.steps().size());
            sort.add(what.ratePerSecond());
            sort.add(teamOf[i]);
            for (Step step : what.steps()) {
                sort.add(new Step(
                        fieldsMatter ? step.field() : -1, step.primitive(), step.gapNanos(), step.ownElement()));
                sort.add(LineAssignment.isSmallAtomic(step, LineMap.bytesOf(workload.fields(), step)));
            }
            int next = found.size();
            sorts[i] = found.computeIfAbsent(sort, any -> next);
        }
    }

    /** Tells CPUs of one kind apart by some number; kinds are numbered anew, by their first CPUs. */
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

    /** {@return new crews, in order of their first CPUs} */
    List<CpuClass> crews(LineMap lines) {
        LineAssignment assignment = new LineAssignment(this, lines);
        int[] now = kinds;
        if (!own.isEmpty()) {
            now = kinds.clone();
            for (Step step : own) {
                split(now, cpu -> assignment.place(step, cpu));
                split(now, cpu -> assignment.reach(step, cpu));
            }
        }
        int[] size = new int[now.length];
        for (int kind : now) {
            size[kind]++;
        }
        List<CpuClass> cpuClasses = new ArrayList<>();
        Map<Integer, List<Alike>> known = new HashMap<>();
        for (int cpu = 0; cpu < now.length; cpu++) {
            if (busy[cpu] && size[now[cpu]] > 0) {
                int first = cpu;
                List<Alike> alike = own.isEmpty()
                        ? known.computeIfAbsent(duties[cpu], any -> alike(first, assignment))
                        : alike(first, assignment);
                cpuClasses.add(crew(size[now[cpu]], cpu, alike));
            }
            size[now[cpu]] = 0; // its first CPU stands for all
        }
        return cpuClasses;
    }

    private CpuClass crew(int size, int cpu, List<Alike> all) {
        CpuClass cpuClass = new CpuClass(size, topology.cluster(cpu));
        for (Alike alike : all) {
            cpuClass.shifts.add(new CpuClass.Shift(
                    cpuClass,
                    workload.tasks().get(alike.tasks.get(0)).ratePerSecond(),
                    alike.duty.accesses(),
                    alike.tasks));
        }
        return cpuClass;
    }

    /** {@return the tasks of a CPU, those put together that lines cannot tell apart} */
    private List<Alike> alike(int cpu, LineAssignment assignment) {
        Map<LineAssignment.Duty, Alike> all = new LinkedHashMap<>();
        List<Integer> asked = null;
        boolean member = false;
        for (int i = 0; i < sorts.length; i++) {
            Task what = workload.tasks().get(tasks.get(i));
            if (what.cpus() != asked) { // tasks of a role follow each other and share their list of CPUs
                asked = what.cpus();
                member = Collections.binarySearch(asked, cpu) >= 0;
            }
            if (member) {
                all.computeIfAbsent(assignment.duty(i, cpu), duty -> new Alike(duty, new ArrayList<>(1)))
                        .tasks
                        .add(tasks.get(i));
            }
        }
        return List.copyOf(all.values());
    }

    LineRuns stretches(LineMap lines) {
        return LineRuns.mayBeLong(longestBytes, lines) ? LineRuns.of(workload, tasks, lines) : LineRuns.SINGLE_LINES;
    }

    private record Alike(LineAssignment.Duty duty, List<Integer> tasks) {}

    int teams() {
        return teams;
    }

    Task task(int index) {
        return workload.tasks().get(tasks.get(index));
    }

    int tasks() {
        return sorts.length;
    }

    int sort(int index) {
        return sorts[index];
    }

    boolean hasOwnElements() {
        return !own.isEmpty();
    }

    boolean fieldsMatter() {
        return fieldsMatter;
    }
}
