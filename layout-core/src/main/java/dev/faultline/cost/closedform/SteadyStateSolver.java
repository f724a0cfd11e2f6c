package dev.faultline.cost.closedform;

import dev.faultline.cost.AccessProgram;
import dev.faultline.cost.LineMap;
import dev.faultline.cost.OperationCost;
import dev.faultline.cost.Primitive;
import dev.faultline.cost.Step;
import dev.faultline.cost.Task;
import dev.faultline.machine.Machine;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The steady state of tasks that run at the same time on one arrangement of fields: rates make misses, misses make tasks
 * longer, longer tasks make lower rates. Found by going round until nothing changes.
 */
final class SteadyStateSolver {

    private static final int MOST_ROUNDS = 2000;
    private static final double LEAST_PART = 0.02;
    private static final double SMALLER_STEP = 0.7;
    private static final double LARGER_STEP = 1.3;
    /** From here on, a change that is this much of the one before has hardly become less. */
    private static final double SLOW = 0.8;

    private static final double LOADED = 0.3;
    private static final double CROWDED_RETRIES = 10;
    private static final double CLOSE = 1e-7;
    /** A machine without hit times and gaps would do infinitely many tasks. */
    private static final double SHORTEST_NANOS = 0.01;

    private final Machine machine;
    private final List<CpuClass> cpuClasses;
    private final WorkLimit work;
    private final List<SharedLine> shared = new ArrayList<>();
    /** Those with atomic operations that cross a line. */
    private final List<CpuClass.Shift> split = new ArrayList<>();

    private final double hitNanos;
    private final double atomicNanos;
    /** How far the rate that changed most went in the last round, as a part of itself; negative when it fell. */
    private double lastMove;

    private long accesses;
    /** Atomic operations that cross a line, of all CPUs. */
    private double splitsPerSecond;

    /**
     * Finds the steady state.
     *
     * @throws WorkLimit.Spent when it is more work than is left
     */
    SteadyStateSolver(Machine machine, List<CpuClass> cpuClasses, WorkLimit work) {
        this.machine = machine;
        this.cpuClasses = cpuClasses;
        this.work = work;
        this.hitNanos = machine.costs().hitNanos().value();
        this.atomicNanos = machine.costs().atomicNanos().value();
        Map<Long, SharedLine> byNumber = new LinkedHashMap<>();
        for (CpuClass cpuClass : cpuClasses) {
            for (CpuClass.Shift shift : cpuClass.shifts) {
                visit(shift, byNumber);
            }
            rest(cpuClass);
        }
        work.take(byNumber.size(), accesses);
        for (SharedLine line : byNumber.values()) {
            if (!line.isQuiet()) {
                line.open();
                shared.add(line);
            }
        }
        if (!shared.isEmpty()) {
            settle();
            if (utilisation() > LOADED) {
                crowd();
                settle();
            }
        }
    }

    private void visit(CpuClass.Shift shift, Map<Long, SharedLine> byNumber) {
        accesses += shift.accesses.size();
        for (int i = 0; i < shift.accesses.size(); i++) {
            int step = i;
            CpuClass.Access access = shift.accesses.get(i);
            shift.splits += access.isSplit() ? 1 : 0;
            access.forEachLine((number, weight) -> {
                SharedLine line = byNumber.computeIfAbsent(number, any -> new SharedLine(machine, weight));
                LineVisit visit = line.lastVisit();
                if (visit == null || visit.shift != shift) {
                    visit = line.visit(shift, access.isAlone());
                    shift.lines += weight;
                }
                visit.add(new LineTouch(step, access.field(), access.primitive()));
            });
        }
        if (shift.splits > 0) {
            split.add(shift);
        }
    }

    private void rest(CpuClass cpuClass) {
        double perSecond = 0;
        for (CpuClass.Shift shift : cpuClass.shifts) {
            perSecond += shift.ratePerSecond * shift.tasks.size();
        }
        for (CpuClass.Shift shift : cpuClass.shifts) {
            shift.share = shift.ratePerSecond * shift.tasks.size() / perSecond;
            time(shift);
            shift.baseNanos = shift.busyNanos;
        }
        cpuClass.addUp();
        cpuClass.idleNanos = AccessProgram.rest(perSecond, cpuClass.busyNanos);
        cpuClass.tasksPerSecond = 1e9 / Math.max(SHORTEST_NANOS, cpuClass.idleNanos + cpuClass.busyNanos);
    }

    /** Adds up the times of a task's steps, stalls included. */
    private void time(CpuClass.Shift shift) {
        double now = 0;
        for (int s = 0; s < shift.offsetNanos.length; s++) {
            CpuClass.Access access = shift.accesses.get(s);
            now += access.gapNanos();
            shift.offsetNanos[s] = now;
            now += (access.primitive().isAtomicUpdate() ? atomicNanos : hitNanos) + shift.stallNanos[s];
        }
        shift.busyNanos = now;
    }

    private void timeDisturbed(CpuClass cpuClass) {
        for (CpuClass.Shift shift : cpuClass.shifts) {
            if (shift.disturbed) {
                time(shift);
            }
        }
    }

    /**
     * Goes round until nothing changes. Rates that swing about their end need smaller steps; rates that creep towards
     * it from one side need none, and get larger ones again.
     */
    private void settle() {
        double part = 1;
        double before = Double.POSITIVE_INFINITY;
        for (int round = 0; round < MOST_ROUNDS; round++) {
            work.take(shared.size(), accesses);
            for (SharedLine line : shared) {
                line.update();
            }
            double moveBefore = lastMove;
            advance(part);
            double change = Math.abs(lastMove) / part;
            if (change < CLOSE) {
                return;
            }
            boolean swings = lastMove * moveBefore < 0;
            if (change > before || swings && change > SLOW * before) {
                part = Math.max(LEAST_PART, part * SMALLER_STEP);
            } else if (!swings) {
                part = Math.min(1, part * LARGER_STEP);
            }
            before = change;
        }
    }

    /**
     * Starts again from a queue of everybody. A compare-and-set loop can have two steady states, a quick one and one that its
     * own retries keep congested; the simulator ends in the second, and so does this.
     */
    private void crowd() {
        for (SharedLine line : shared) {
            int cpus = cpuClasses.stream().mapToInt(cpuClass -> cpuClass.size).sum();
            for (LineVisit visit : line.visits()) {
                for (LineTouch touch : visit.touches) {
                    double moved =
                            (touch.primitive == Primitive.CAS ? CROWDED_RETRIES : 1) * cpus * visit.station.latencyNanos
                                    - touch.stallNanos;
                    touch.stallNanos += moved;
                    visit.shift.stallNanos[touch.step] += moved;
                }
            }
        }
        for (CpuClass cpuClass : cpuClasses) {
            timeDisturbed(cpuClass);
            renew(cpuClass);
        }
    }

    /**
     * Moves the times a part of the way to what the chances make of them, and notes the move of the rate that changed
     * most.
     */
    private void advance(double part) {
        for (SharedLine line : shared) {
            for (LineVisit visit : line.visits()) {
                for (LineTouch touch : visit.touches) {
                    double moved = part * (line.stallNanos(visit, touch) - touch.stallNanos);
                    touch.stallNanos += moved;
                    visit.shift.stallNanos[touch.step] += moved;
                }
            }
        }
        double most = 0;
        for (CpuClass cpuClass : cpuClasses) {
            timeDisturbed(cpuClass);
            double before = cpuClass.tasksPerSecond;
            renew(cpuClass);
            double move = cpuClass.tasksPerSecond / before - 1;
            most = Math.abs(move) > Math.abs(most) ? move : most;
        }
        lastMove = most;
    }

    private static void renew(CpuClass cpuClass) {
        cpuClass.addUp();
        cpuClass.tasksPerSecond = 1e9 / Math.max(SHORTEST_NANOS, cpuClass.idleNanos + cpuClass.busyNanos);
    }

    double utilisation() {
        double highest = 0;
        for (SharedLine line : shared) {
            highest = Math.max(highest, line.utilisation());
        }
        return highest;
    }

    /** Adds what each task costs to its tally. */
    void addTo(Tally[] tallies, double part) {
        for (SharedLine line : shared) {
            for (LineVisit visit : line.visits()) {
                add(line, visit, visit.shift.tally);
            }
        }
        countSplits();
        double lineTouchNanos = machine.costs().lineTouchNanos().value();
        for (CpuClass cpuClass : cpuClasses) {
            for (CpuClass.Shift shift : cpuClass.shifts) {
                shift.tally.rate = cpuClass.tasksPerSecond * shift.share / shift.tasks.size();
                shift.tally.base = shift.baseNanos;
                shift.tally.lines = shift.lines;
                shift.tally.touch = shift.lines * lineTouchNanos;
                shift.tally.split = splitNanos(shift);
                for (int task : shift.tasks) {
                    tallies[task].add(shift.tally, part * cpuClass.size);
                }
            }
        }
    }

    private void countSplits() {
        splitsPerSecond = 0;
        for (CpuClass.Shift shift : split) {
            double perSecond = shift.perSecond() * shift.splits;
            shift.cpuClass.splitsPerSecond += perSecond;
            splitsPerSecond += perSecond;
        }
    }

    /** {@return what a task of one access costs a CPU that nobody disturbs} */
    static Tally undisturbed(Machine machine, Task task, LineMap lines) {
        Step step = task.steps().get(0);
        int cpu = task.cpus().get(0);
        Tally tally = new Tally();
        tally.rate = task.ratePerSecond();
        tally.base = step.gapNanos()
                + (step.primitive().isAtomicUpdate()
                        ? machine.costs().atomicNanos().value()
                        : machine.costs().hitNanos().value());
        tally.lines = lines.lastLine(step, cpu) - lines.firstLine(step, cpu) + 1;
        tally.touch = tally.lines * machine.costs().lineTouchNanos().value();
        return tally;
    }

    private static void add(SharedLine line, LineVisit visit, Tally tally) {
        for (LineTouch touch : visit.touches) {
            tally.misses += line.weight() * touch.miss;
            tally.upgrades += line.weight() * touch.upgrade;
            tally.retries += line.weight() * touch.retries;
            tally.miss += line.missNanos(visit, touch);
            tally.upgrade += line.upgradeNanos(visit, touch);
            tally.retry += line.retryNanos(visit, touch);
            tally.queue += line.queueNanos(visit, touch);
        }
    }

    /** Its own split operations, and the time every other CPU's stop it. */
    private double splitNanos(CpuClass.Shift shift) {
        if (split.isEmpty()) {
            return 0;
        }
        double nanos = machine.costs().splitAtomicNanos().value();
        double stopped = splitsPerSecond - shift.cpuClass.splitsPerSecond / shift.cpuClass.size;
        stopped = Math.max(0, stopped) * nanos * 1e-9;
        return shift.splits * nanos + Math.min(1, stopped) * shift.busyNanos;
    }

    /** Sums over the CPUs of a task. */
    static final class Tally {
        double rate;
        double base;
        double miss;
        double upgrade;
        double retry;
        double queue;
        double split;
        double touch;
        double misses;
        double upgrades;
        double retries;
        double lines;

        void add(Tally other, double weight) {
            rate += weight * other.rate;
            base += weight * other.base;
            miss += weight * other.miss;
            upgrade += weight * other.upgrade;
            retry += weight * other.retry;
            queue += weight * other.queue;
            split += weight * other.split;
            touch += weight * other.touch;
            misses += weight * other.misses;
            upgrades += weight * other.upgrades;
            retries += weight * other.retries;
            lines += weight * other.lines;
        }

        OperationCost of(Task task, int phases) {
            double cpus = (double) task.cpus().size() * phases;
            return new OperationCost(
                    task.role(),
                    task.operation(),
                    task.cpus().size(),
                    rate / cpus,
                    base / cpus,
                    miss / cpus,
                    upgrade / cpus,
                    retry / cpus,
                    queue / cpus,
                    split / cpus,
                    touch / cpus,
                    misses / cpus,
                    upgrades / cpus,
                    retries / cpus,
                    lines / cpus);
        }
    }
}
