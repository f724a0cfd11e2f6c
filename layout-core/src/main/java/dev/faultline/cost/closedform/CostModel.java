package dev.faultline.cost.closedform;

import dev.faultline.cost.Cost;
import dev.faultline.cost.LineMap;
import dev.faultline.cost.OperationCost;
import dev.faultline.cost.Task;
import dev.faultline.cost.Workload;
import dev.faultline.machine.Machine;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The closed form: what a workload costs on an arrangement of its fields, on one machine. No randomness, no clock: the same
 * question has the same answer.
 *
 * <p>Assumptions. CPUs rest for exponentially distributed times between tasks, long enough that undisturbed they do the
 * rate the profile states. Foreign tasks fall into a time at random. A line does one thing at a time, and CPUs wait for it
 * in line, any of them being next. The data of a miss comes from the CPU that wrote it last. Every CPU has touched every line before.
 *
 * <p>So tasks that overlap on a line are taken not to delay each other but for the queue; those of several accesses that do
 * take the line from each other once an access. Against the simulator with random arbitration, on random worlds: within 4 %
 * while the busiest line is used for 0.2 % of the time, half of the worlds within 1 % and all but one in twenty within 10 %
 * at 5 %. First come, first served makes compare-and-set loops fail more often than assumed here.
 *
 * <p>Where a line is busy more than {@link Cost#SATURATED} of the time, what is predicted is a lower bound.
 */
public final class CostModel {

    /** To find out which island a task is on, and what it costs there, is as much work as so many steps. */
    private static final int STEPS_A_TASK = 8;
    /** To find out for so many tasks whether a CPU does them is as much work as one step. */
    private static final int TASKS_A_STEP = 8;

    private final Machine machine;
    private final IslandMemo memo = new IslandMemo();
    /** Of the workload asked about last: rarely is a workload asked about once. What is in it never changes. */
    private Rosters last = new Rosters(null, List.of());

    private record Rosters(Workload workload, List<CpuClassification> ofPhases) {}

    /** A model of a machine. */
    public CostModel(Machine machine) {
        this.machine = Objects.requireNonNull(machine);
    }

    /** {@return the machine} */
    public Machine machine() {
        return machine;
    }

    /**
     * The cost of one arrangement.
     *
     * @param workload who does what
     * @param lines where the fields are
     * @return the cost; roles of different phases do not disturb each other
     */
    public Cost cost(Workload workload, LineMap lines) {
        return cost(workload, List.of(lines));
    }

    /**
     * The mean cost over several arrangements that are equally likely: the placements of a layout.
     *
     * @param workload who does what
     * @param placements where the fields are, at least one arrangement
     * @return the mean
     */
    public Cost cost(Workload workload, List<LineMap> placements) {
        return cost(workload, placements, WorkLimit.unlimited());
    }

    /**
     * The mean cost over several arrangements, as far as there is work left.
     *
     * @param workload who does what
     * @param placements where the fields are, at least one arrangement
     * @param work how much may be done; what is done is taken from it
     * @return the mean
     * @throws WorkLimit.Spent when there is more to do
     */
    public Cost cost(Workload workload, List<LineMap> placements, WorkLimit work) {
        SteadyStateSolver.Tally[] tallies = fresh(workload.tasks().size());
        int[] phasesOf = new int[tallies.length];
        for (List<Integer> phase : workload.phases()) {
            phase.forEach(task -> phasesOf[task]++);
        }
        double utilisation = 0;
        boolean divided = workload.isDivisible() && workload.phases().size() == 1;
        for (LineMap lines : placements) {
            utilisation = Math.max(
                    utilisation,
                    divided
                            ? addIslands(workload, lines, tallies, 1.0 / placements.size(), work)
                            : addPhases(workload, lines, tallies, 1.0 / placements.size(), work));
        }
        List<OperationCost> operations = new ArrayList<>(tallies.length);
        for (int i = 0; i < tallies.length; i++) {
            operations.add(tallies[i].of(workload.tasks().get(i), Math.max(1, phasesOf[i])));
        }
        return new Cost(operations, utilisation);
    }

    private double addPhases(
            Workload workload, LineMap lines, SteadyStateSolver.Tally[] tallies, double part, WorkLimit work) {
        double utilisation = 0;
        for (CpuClassification classification : rosters(workload, work)) {
            work.take(0, workload.cpus());
            List<CpuClass> cpuClasses = classification.crews(lines);
            work.take(0, (long) cpuClasses.size() * classification.tasks() / TASKS_A_STEP);
            SteadyStateSolver state = new SteadyStateSolver(machine, cpuClasses, work);
            state.addTo(tallies, part);
            utilisation = Math.max(utilisation, state.utilisation());
        }
        return utilisation;
    }

    /** Island by island where somebody writes; elsewhere nobody disturbs anybody. */
    private double addIslands(
            Workload workload, LineMap lines, SteadyStateSolver.Tally[] tallies, double part, WorkLimit work) {
        work.take(0, (long) STEPS_A_TASK * workload.tasks().size());
        Islands islands = Islands.of(workload, workload.phases().get(0), lines);
        double utilisation = 0;
        for (List<Islands.Reach> island : islands.fought()) {
            utilisation = Math.max(utilisation, addIsland(workload, island, lines, tallies, part, work));
        }
        for (int number : islands.quiet()) {
            Task task = workload.tasks().get(number);
            tallies[number].add(
                    SteadyStateSolver.undisturbed(machine, task, lines),
                    part * task.cpus().size());
        }
        return utilisation;
    }

    private double addIsland(
            Workload workload,
            List<Islands.Reach> island,
            LineMap lines,
            SteadyStateSolver.Tally[] tallies,
            double part,
            WorkLimit work) {
        if (!IslandMemo.isPlain(workload, island)) {
            return play(workload, Islands.tasks(island), lines, tallies, part, work);
        }
        long[] accesses = IslandMemo.accesses(workload, island, lines);
        Task any = workload.tasks().get(island.get(0).task());
        IslandMemo.Island found = memo.get(workload, any, accesses, () -> {
            SteadyStateSolver.Tally[] alone = fresh(workload.tasks().size());
            double utilisation = play(workload, Islands.tasks(island), lines, alone, 1, work);
            return new IslandMemo.Island(IslandMemo.byAccess(island, accesses, alone), utilisation);
        });
        for (int i = 0; i < accesses.length; i++) {
            tallies[island.get(i).task()].add(found.tallies().get(accesses[i]), part);
        }
        return found.utilisation();
    }

    private double play(
            Workload workload,
            List<Integer> island,
            LineMap lines,
            SteadyStateSolver.Tally[] tallies,
            double part,
            WorkLimit work) {
        work.take(0, workload.cpus());
        SteadyStateSolver state = new SteadyStateSolver(
                machine, new CpuClassification(workload, island, machine.topology()).crews(lines), work);
        state.addTo(tallies, part);
        return state.utilisation();
    }

    private static SteadyStateSolver.Tally[] fresh(int tasks) {
        SteadyStateSolver.Tally[] tallies = new SteadyStateSolver.Tally[tasks];
        for (int i = 0; i < tasks; i++) {
            tallies[i] = new SteadyStateSolver.Tally();
        }
        return tallies;
    }

    private List<CpuClassification> rosters(Workload workload, WorkLimit work) {
        Rosters known = last;
        if (known.workload != workload) {
            List<CpuClassification> ofPhases = new ArrayList<>();
            for (List<Integer> phase : workload.phases()) {
                CpuClassification classification = new CpuClassification(workload, phase, machine.topology());
                work.take(0, (long) workload.cpus() * classification.teams());
                ofPhases.add(classification);
            }
            known = new Rosters(workload, List.copyOf(ofPhases));
            last = known;
        }
        return known.ofPhases;
    }

    /** {@return the true-sharing floor: the cost with every field on lines of its own, which no layout can undercut by much} */
    public Cost floor(Workload workload) {
        return floor(workload, WorkLimit.unlimited());
    }

    /** {@return the true-sharing floor likewise, as far as there is work left} */
    public Cost floor(Workload workload, WorkLimit work) {
        LineMap apart = LineMap.apart(workload.fields(), machine.lineBytes().value());
        return cost(workload, List.of(apart), work);
    }
}
