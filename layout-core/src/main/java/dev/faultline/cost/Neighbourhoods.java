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
 * Small workloads cut out of a large one: what can meet a few fields, step by step, and the rest of each CPU's time in
 * one piece. What a repair of these fields changes elsewhere is how often others get something done, by next to
 * nothing, so that its saving can be found here, in a time that does not grow with the whole.
 *
 * <p>Steps elsewhere take as long as they do on the layout as it is, on average over their operation. Operations of one
 * role that do the same here are one, with the mean of their gaps. CPUs are as busy as they would be if nobody
 * disturbed them here. Immutable.
 */
@Internal
public final class Neighbourhoods {

    private final Workload whole;
    private final Cost cost;
    private final int lineBytes;
    private final double hitNanos;
    private final double atomicNanos;
    /** For each task the number of its team: those on the same CPUs in the same phases. */
    private final int[] teamOf;
    /** For each team the first of its tasks. */
    private final List<Integer> firstOf = new ArrayList<>();

    private final List<BitSet> phasesOf = new ArrayList<>();
    /** For each team those whose tasks its first CPU does too, itself among them. */
    private final List<List<Integer>> together = new ArrayList<>();

    /**
     * The neighbourhoods in a workload.
     *
     * @param whole the workload
     * @param cost what it costs on the layout as it is
     * @param machine the hardware
     */
    public Neighbourhoods(Workload whole, Cost cost, Machine machine) {
        this.whole = whole;
        this.cost = cost;
        this.lineBytes = machine.lineBytes().value();
        this.hitNanos = machine.costs().hitNanos().value();
        this.atomicNanos = machine.costs().atomicNanos().value();
        this.teamOf = new int[whole.tasks().size()];
        List<BitSet> phases = new ArrayList<>();
        for (int task = 0; task < teamOf.length; task++) {
            phases.add(new BitSet());
        }
        for (int phase = 0; phase < whole.phases().size(); phase++) {
            for (int task : whole.phases().get(phase)) {
                phases.get(task).set(phase);
            }
        }
        Map<List<Object>, Integer> numbers = new HashMap<>();
        for (int task = 0; task < teamOf.length; task++) {
            team(task, phases.get(task), numbers);
        }
        for (int team = 0; team < firstOf.size(); team++) {
            together.add(company(team));
        }
    }

    private void team(int task, BitSet phases, Map<List<Object>, Integer> numbers) {
        boolean asBefore = task > 0
                && whole.tasks().get(task).cpus() == whole.tasks().get(task - 1).cpus()
                && phases.equals(phasesOf.get(teamOf[task - 1]));
        teamOf[task] = asBefore
                ? teamOf[task - 1]
                : numbers.computeIfAbsent(List.of(whole.tasks().get(task).cpus(), phases), any -> firstOf.size());
        if (teamOf[task] == firstOf.size()) {
            firstOf.add(task);
            phasesOf.add(phases);
        }
    }

    private List<Integer> company(int team) {
        int cpu = cpus(team).get(0);
        List<Integer> company = new ArrayList<>();
        for (int other = 0; other < firstOf.size(); other++) {
            if (phasesOf.get(team).intersects(phasesOf.get(other)) && Collections.binarySearch(cpus(other), cpu) >= 0) {
                company.add(other);
            }
        }
        return company;
    }

    private List<Integer> cpus(int team) {
        return whole.tasks().get(firstOf.get(team)).cpus();
    }

    /**
     * A workload that costs about what the whole costs around some fields.
     *
     * @param workload what can meet the fields, and for each team of CPUs the rest; fields keep their indices
     * @param tasks for each of its tasks the one of the whole it stands for, the most frequent of them when for
     *     several; -1 for the rest
     */
    public record Neighbourhood(Workload workload, List<Integer> tasks) {
        /** Copies the list. */
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
        int[] stepsNear = new int[teamOf.length];
        double[] stalled = new double[firstOf.size()];
        for (int task = 0; task < teamOf.length; task++) {
            List<Step> steps = whole.tasks().get(task).steps();
            for (Step step : steps) {
                stepsNear[task] += near.get(step.field()) ? 1 : 0;
            }
            stalled[teamOf[task]] += rate(task) * stepsNear[task] * stallNanos(task) * 1e-9;
        }
        Map<Pattern, Merged> merged = new LinkedHashMap<>();
        Map<Integer, Merged> rests = new LinkedHashMap<>();
        double[] speed = new double[firstOf.size()];
        Arrays.setAll(speed, team -> undisturbed(team, stalled));
        for (int task = 0; task < teamOf.length; task++) {
            int team = teamOf[task];
            double rate = rate(task) * speed[team];
            if (stepsNear[task] == 0) {
                OperationCost one = cost.operations().get(task);
                double lasts = one.baseNanos() + one.coherenceNanos();
                rests.computeIfAbsent(team, any -> new Merged(1)).add(-1, rate, new double[] {lasts});
            } else {
                double[] gaps = new double[stepsNear[task] + 1];
                List<Step> marks = cut(task, near, gaps);
                merged.computeIfAbsent(new Pattern(team, marks), any -> new Merged(gaps.length))
                        .add(task, rate, gaps);
            }
        }
        return assemble(merged, rests);
    }

    /** By how much more a CPU would do if nobody disturbed it in the neighbourhood. */
    private double undisturbed(int team, double[] stalled) {
        double share = 0;
        for (int other : together.get(team)) {
            share += stalled[other];
        }
        return 1 / Math.max(0.01, 1 - share);
    }

    private double rate(int task) {
        return cost.operations().get(task).ratePerSecond();
    }

    /** The mean wait of a step. */
    private double stallNanos(int task) {
        return cost.operations().get(task).coherenceNanos()
                / whole.tasks().get(task).steps().size();
    }

    /** Steps of a team that differ in nothing but their gaps. */
    private record Pattern(int team, List<Step> steps) {}

    /** Tasks that do the same here. */
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

    /**
     * The near steps of a task without their gaps, which go into an array, the time after the last step behind them.
     */
    private List<Step> cut(int number, BitSet near, double[] gaps) {
        Task task = whole.tasks().get(number);
        List<Step> marks = new ArrayList<>();
        for (Step step : task.steps()) {
            gaps[marks.size()] += step.gapNanos();
            if (near.get(step.field())) {
                marks.add(new Step(step.field(), step.primitive(), 0, step.ownElement()));
            } else {
                gaps[marks.size()] += (step.primitive().isAtomicUpdate() ? atomicNanos : hitNanos) + stallNanos(number);
            }
        }
        return marks;
    }

    private Neighbourhood assemble(Map<Pattern, Merged> merged, Map<Integer, Merged> rests) {
        List<Task> tasks = new ArrayList<>();
        List<Integer> of = new ArrayList<>();
        List<List<Integer>> groups = new ArrayList<>();
        whole.phases().forEach(phase -> groups.add(new ArrayList<>()));
        merged.forEach((pattern, all) -> {
            if (all.rate > 0) {
                List<Step> steps = new ArrayList<>();
                for (Step mark : pattern.steps) {
                    steps.add(new Step(mark.field(), mark.primitive(), all.gap(steps.size()), mark.ownElement()));
                }
                if (all.gap(steps.size()) > 0) {
                    steps.add(Step.lasting(all.gap(steps.size()), hitNanos));
                }
                enter(all, pattern.team, steps, tasks, of, groups);
            }
        });
        rests.forEach((team, all) -> {
            if (all.rate > 0) {
                enter(all, team, List.of(Step.lasting(all.gap(0), hitNanos)), tasks, of, groups);
            }
        });
        return new Neighbourhood(
                whole.replacing(
                        tasks, groups.stream().filter(group -> !group.isEmpty()).toList()),
                of);
    }

    private void enter(
            Merged all, int team, List<Step> steps, List<Task> tasks, List<Integer> of, List<List<Integer>> groups) {
        Task named = whole.tasks().get(all.task < 0 ? firstOf.get(team) : all.task);
        phasesOf.get(team).stream().forEach(phase -> groups.get(phase).add(tasks.size()));
        tasks.add(new Task(named.role(), named.operation(), all.rate, steps, cpus(team)));
        of.add(all.task);
    }

    /** {@return the fields of the workload that are less than a line away from some of these} */
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
