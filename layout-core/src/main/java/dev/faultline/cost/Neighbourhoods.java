package dev.faultline.cost;

import dev.faultline.api.Internal;
import dev.faultline.layout.ByteRange;
import dev.faultline.layout.FieldRef;
import dev.faultline.machine.Machine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Cuts small workloads out of a large one: the steps that may share a line with a few fields, with the rest of each
 * CPU's time merged into one task. Moving these fields changes the rest only through how often other operations
 * complete, which is negligible, so the saving can be computed here, in a time that does not grow with the whole
 * workload.
 *
 * <p>Steps elsewhere take as long as they do on the present layout, averaged over their operation. Operations of one
 * role whose near steps are the same are merged, with the mean of their gaps. CPUs do as much as they would without
 * delays in the neighbourhood. Immutable.
 */
@Internal
public final class Neighbourhoods {

    private final Workload whole;
    private final Cost cost;
    private final int lineBytes;
    private final double hitNanos;
    private final double atomicNanos;
    /** For each task the number of its group: tasks on the same CPUs in the same phases. */
    private final int[] groupOf;
    /** For each group its first task. */
    private final List<Integer> firstTaskOf = new ArrayList<>();

    private final List<BitSet> phasesOf = new ArrayList<>();
    /** For each group, the groups that its first CPU also runs in one of its phases, itself included. */
    private final List<List<Integer>> colocatedWith = new ArrayList<>();

    /**
     * Prepares the neighbourhoods of a workload.
     *
     * @param whole the workload
     * @param cost its cost on the present layout
     * @param machine the hardware
     */
    public Neighbourhoods(Workload whole, Cost cost, Machine machine) {
        this.whole = whole;
        this.cost = cost;
        this.lineBytes = machine.lineBytes().value();
        this.hitNanos = machine.costs().hitNanos().value();
        this.atomicNanos = machine.costs().atomicNanos().value();
        this.groupOf = new int[whole.tasks().size()];
        List<BitSet> phases = new ArrayList<>();
        for (int task = 0; task < groupOf.length; task++) {
            phases.add(new BitSet());
        }
        for (int phase = 0; phase < whole.phases().size(); phase++) {
            for (int task : whole.phases().get(phase)) {
                phases.get(task).set(phase);
            }
        }
        Map<List<Object>, Integer> numbers = new HashMap<>();
        for (int task = 0; task < groupOf.length; task++) {
            assignGroup(task, phases.get(task), numbers);
        }
        for (int group = 0; group < firstTaskOf.size(); group++) {
            colocatedWith.add(colocated(group));
        }
    }

    private void assignGroup(int task, BitSet phases, Map<List<Object>, Integer> numbers) {
        boolean sameAsBefore = task > 0
                && whole.tasks().get(task).cpus() == whole.tasks().get(task - 1).cpus()
                && phases.equals(phasesOf.get(groupOf[task - 1]));
        groupOf[task] = sameAsBefore
                ? groupOf[task - 1]
                : numbers.computeIfAbsent(List.of(whole.tasks().get(task).cpus(), phases), any -> firstTaskOf.size());
        if (groupOf[task] == firstTaskOf.size()) {
            firstTaskOf.add(task);
            phasesOf.add(phases);
        }
    }

    private List<Integer> colocated(int group) {
        int cpu = cpus(group).get(0);
        List<Integer> colocated = new ArrayList<>();
        for (int other = 0; other < firstTaskOf.size(); other++) {
            if (phasesOf.get(group).intersects(phasesOf.get(other))
                    && Collections.binarySearch(cpus(other), cpu) >= 0) {
                colocated.add(other);
            }
        }
        return colocated;
    }

    private List<Integer> cpus(int group) {
        return whole.tasks().get(firstTaskOf.get(group)).cpus();
    }

    /**
     * A workload that costs about as much around some fields as the whole workload.
     *
     * @param workload the tasks near the fields, and one task per group for the rest; field indices are unchanged
     * @param tasks for each of its tasks the task of the whole workload that it stands for (the most frequent one when
     *     there are several); -1 for the rest
     */
    public record Neighbourhood(Workload workload, List<Integer> tasks) {
        public Neighbourhood {
            tasks = List.copyOf(tasks);
        }
    }

    /**
     * The neighbourhood of some fields.
     *
     * @param fields the fields
     * @return all steps that touch a field less than a line away from one of them
     */
    public Neighbourhood of(Collection<FieldRef> fields) {
        BitSet near = near(fields);
        int[] stepsNear = new int[groupOf.length];
        double[] stalled = new double[firstTaskOf.size()];
        for (int task = 0; task < groupOf.length; task++) {
            List<Step> steps = whole.tasks().get(task).steps();
            for (Step step : steps) {
                stepsNear[task] += near.get(step.field()) ? 1 : 0;
            }
            stalled[groupOf[task]] += rate(task) * stepsNear[task] * stallNanos(task) * 1e-9;
        }
        Map<Pattern, Merged> merged = new LinkedHashMap<>();
        Map<Integer, Merged> rests = new LinkedHashMap<>();
        double[] speed = new double[firstTaskOf.size()];
        Arrays.setAll(speed, group -> speedup(group, stalled));
        for (int task = 0; task < groupOf.length; task++) {
            int group = groupOf[task];
            double rate = rate(task) * speed[group];
            if (stepsNear[task] == 0) {
                OperationCost one = cost.operations().get(task);
                double lasts = one.baseNanos() + one.coherenceNanos();
                rests.computeIfAbsent(group, any -> new Merged(1)).add(-1, rate, new double[] {lasts});
            } else {
                double[] gaps = new double[stepsNear[task] + 1];
                List<Step> nearSteps = nearSteps(task, near, gaps);
                merged.computeIfAbsent(new Pattern(group, nearSteps), any -> new Merged(gaps.length))
                        .add(task, rate, gaps);
            }
        }
        return assemble(merged, rests);
    }

    /** The factor by which a CPU would do more without delays in the neighbourhood. */
    private double speedup(int group, double[] stalled) {
        double share = 0;
        for (int other : colocatedWith.get(group)) {
            share += stalled[other];
        }
        return 1 / Math.max(0.01, 1 - share);
    }

    private double rate(int task) {
        return cost.operations().get(task).ratePerSecond();
    }

    /** The mean stall of a step. */
    private double stallNanos(int task) {
        return cost.operations().get(task).coherenceNanos()
                / whole.tasks().get(task).steps().size();
    }

    /** Near steps of a group, without their gaps. */
    private record Pattern(int group, List<Step> steps) {}

    /** Tasks with the same near steps. */
    private static final class Merged {
        private final double[] gaps;
        private double rate;
        private double highestRate;
        private int task = -1;

        Merged(int gaps) {
            this.gaps = new double[gaps];
        }

        void add(int of, double often, double[] after) {
            for (int i = 0; i < gaps.length; i++) {
                gaps[i] += often * after[i];
            }
            rate += often;
            if (often > highestRate) {
                highestRate = often;
                task = of;
            }
        }

        double gap(int index) {
            return rate == 0 ? 0 : gaps[index] / rate;
        }
    }

    /** The near steps of a task, without their gaps. Adds to {@code gaps} the time before each and after the last. */
    private List<Step> nearSteps(int number, BitSet near, double[] gaps) {
        Task task = whole.tasks().get(number);
        List<Step> nearSteps = new ArrayList<>();
        boolean previousIsNear = false;
        for (Step step : task.steps()) {
            gaps[nearSteps.size()] += step.gapNanos();
            boolean isNear = near.get(step.field());
            if (isNear) {
                nearSteps.add(step.withGap(0).overlapping(step.overlaps() && previousIsNear));
            } else {
                gaps[nearSteps.size()] +=
                        (step.primitive().isAtomicUpdate() ? atomicNanos : hitNanos) + stallNanos(number);
            }
            previousIsNear = isNear;
        }
        return nearSteps;
    }

    private Neighbourhood assemble(Map<Pattern, Merged> merged, Map<Integer, Merged> rests) {
        List<Task> tasks = new ArrayList<>();
        List<Integer> of = new ArrayList<>();
        List<List<Integer>> phaseTasks = new ArrayList<>();
        whole.phases().forEach(phase -> phaseTasks.add(new ArrayList<>()));
        merged.forEach((pattern, all) -> {
            List<Step> steps = new ArrayList<>();
            for (Step step : pattern.steps) {
                steps.add(step.withGap(all.gap(steps.size())));
            }
            if (all.gap(steps.size()) > 0) {
                steps.add(Step.lasting(all.gap(steps.size()), hitNanos));
            }
            addTask(all, pattern.group, steps, tasks, of, phaseTasks);
        });
        rests.forEach((group, all) ->
                addTask(all, group, List.of(Step.lasting(all.gap(0), hitNanos)), tasks, of, phaseTasks));
        return new Neighbourhood(
                whole.replacing(
                        tasks,
                        phaseTasks.stream().filter(phase -> !phase.isEmpty()).toList()),
                of);
    }

    private void addTask(
            Merged all,
            int group,
            List<Step> steps,
            List<Task> tasks,
            List<Integer> of,
            List<List<Integer>> phaseTasks) {
        if (all.rate > 0) {
            Task named = whole.tasks().get(all.task < 0 ? firstTaskOf.get(group) : all.task);
            phasesOf.get(group).stream().forEach(phase -> phaseTasks.get(phase).add(tasks.size()));
            tasks.add(new Task(named.role(), named.operation(), all.rate, steps, cpus(group)));
            of.add(all.task);
        }
    }

    /** {@return the fields of the workload less than a line away from one of these} */
    private BitSet near(Collection<FieldRef> fields) {
        List<ByteRange> ranges = fields.stream().map(FieldRef::bytes).sorted().toList();
        long[] starts = new long[ranges.size()];
        long[] ends = new long[ranges.size()];
        int parts = 0;
        for (ByteRange range : ranges) {
            long start = range.start() - lineBytes;
            long end = range.end() + lineBytes;
            if (parts > 0 && start <= ends[parts - 1]) {
                ends[parts - 1] = Math.max(ends[parts - 1], end);
            } else {
                starts[parts] = start;
                ends[parts++] = end;
            }
        }
        BitSet near = new BitSet();
        for (int field = 0; field < whole.fields().size(); field++) {
            ByteRange range = whole.fields().get(field).bytes();
            int at = Arrays.binarySearch(ends, 0, parts, range.start() + 1);
            int part = at < 0 ? -at - 1 : at;
            if (part < parts && starts[part] < range.end()) {
                near.set(field);
            }
        }
        return near;
    }
}
