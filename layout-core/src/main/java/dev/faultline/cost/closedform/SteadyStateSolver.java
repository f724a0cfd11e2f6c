package dev.faultline.cost.closedform;

import dev.faultline.cost.AccessProgram;
import dev.faultline.cost.LineMap;
import dev.faultline.cost.OperationCost;
import dev.faultline.cost.Primitive;
import dev.faultline.cost.Step;
import dev.faultline.cost.Task;
import dev.faultline.machine.Costs;
import dev.faultline.machine.Machine;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the steady state of tasks that run at the same time on one arrangement of fields: rates cause misses, misses
 * make tasks longer, and longer tasks lower the rates. Iterates until the rates no longer change.
 */
final class SteadyStateSolver {

    private static final int MOST_ROUNDS = 2000;
    /** In the first round each CPU has just fetched each line, which says nothing yet. */
    private static final int LEAST_ROUNDS = 2;

    private static final double LEAST_PART = 0.02;
    /** Rates that have swung more often get smaller and smaller steps. */
    private static final int MANY_SWINGS = 20;
    /** After this number of rounds, or of swings, small changes of rates end the iteration. */
    private static final int MANY_ROUNDS = 200;
    /** A change of a rate below this share is small. */
    private static final double SETTLED = 2e-4;

    private static final double SMALLER_STEP = 0.7;
    private static final double LARGER_STEP = 1.3;
    /** A change larger than this share of the previous one hardly decreases. */
    private static final double SLOW = 0.8;

    /** When a CPU idles for more than 1000 transfers, all its stores have left the store buffer. */
    private static final double LONG_IDLE = 1000;

    private static final double LOADED = 0.3;
    private static final double CONGESTED_RETRIES = 10;
    private static final double CLOSE = 1e-6;
    /**
     * Lower limit of a task's time; without one, a machine without hit times and gaps would run infinitely many tasks.
     */
    private static final double SHORTEST_NANOS = 0.01;

    private final Machine machine;
    private final List<CpuClass> cpuClasses;
    private final WorkLimit work;
    private final List<SharedLine> shared = new ArrayList<>();
    /** Task classes with atomic operations that cross a line boundary. */
    private final List<CpuClass.TaskClass> split = new ArrayList<>();

    private final List<TaskPipeline> pipelines = new ArrayList<>();
    /** Relative change of the rate that changed most in the last round; negative when it fell. */
    private double lastMove;

    private long accesses;
    /** Atomic operations per second that cross a line boundary, of all CPUs. */
    private double splitsPerSecond;

    /**
     * Finds the steady state.
     *
     * @throws WorkLimit.Spent when the work left does not suffice
     */
    SteadyStateSolver(Machine machine, List<CpuClass> cpuClasses, WorkLimit work) {
        this.machine = machine;
        this.cpuClasses = cpuClasses;
        this.work = work;
        Map<Long, SharedLine> byNumber = new LinkedHashMap<>();
        for (CpuClass cpuClass : cpuClasses) {
            for (CpuClass.TaskClass taskClass : cpuClass.taskClasses) {
                visit(taskClass, byNumber);
            }
            setIdleTime(cpuClass);
        }
        work.take(byNumber.size(), accesses);
        for (SharedLine line : byNumber.values()) {
            if (!line.isUncontended()) {
                line.open();
                shared.add(line);
            }
        }
        if (!shared.isEmpty()) {
            addPipelines();
            iterate();
            if (utilisation() > LOADED) {
                startCongested();
                iterate();
            }
        }
    }

    private void visit(CpuClass.TaskClass taskClass, Map<Long, SharedLine> byNumber) {
        accesses += taskClass.accesses.size();
        for (int i = 0; i < taskClass.accesses.size(); i++) {
            int step = i;
            CpuClass.Access access = taskClass.accesses.get(i);
            taskClass.splits += access.isSplit() ? 1 : 0;
            taskClass.overlapping |=
                    access.overlaps() || access.primitive() == Primitive.LOAD && access.lastLine() > access.firstLine();
            access.forEachLine((number, weight) -> {
                SharedLine line = byNumber.computeIfAbsent(number, any -> new SharedLine(machine, weight));
                LineVisit visit = line.lastVisit();
                if (visit == null || visit.taskClass != taskClass) {
                    visit = line.visit(taskClass, access.isAlone());
                    taskClass.lines += weight;
                }
                visit.add(new LineTouch(step, access.field(), access.primitive()));
            });
        }
        if (taskClass.splits > 0) {
            split.add(taskClass);
        }
    }

    private void addPipelines() {
        Costs.Pipeline pipeline = machine.costs().pipeline();
        double longIdle = LONG_IDLE * machine.costs().transfers().remoteNanos().value();
        for (CpuClass cpuClass : cpuClasses) {
            boolean storing = cpuClass.taskClasses.stream().anyMatch(taskClass -> taskClass.storing);
            boolean isFollowed = storing && cpuClass.idleNanos < longIdle;
            for (CpuClass.TaskClass taskClass : cpuClass.taskClasses) {
                boolean several = taskClass.storing && taskClass.accesses.size() > 1;
                if (isFollowed || several || taskClass.disturbed && taskClass.overlapping) {
                    taskClass.disturbed = true;
                    taskClass.pipeline = new TaskPipeline(taskClass, pipeline, isFollowed);
                    pipelines.add(taskClass.pipeline);
                }
            }
        }
        if (!pipelines.isEmpty()) {
            shared.forEach(line -> line.visits().forEach(visit -> visit.addToPipeline(line)));
            pipelines.forEach(TaskPipeline::close);
        }
    }

    private void setIdleTime(CpuClass cpuClass) {
        double perSecond = 0;
        for (CpuClass.TaskClass taskClass : cpuClass.taskClasses) {
            perSecond += taskClass.ratePerSecond * taskClass.tasks.size();
        }
        for (CpuClass.TaskClass taskClass : cpuClass.taskClasses) {
            taskClass.share = taskClass.ratePerSecond * taskClass.tasks.size() / perSecond;
            updateTimes(taskClass);
            taskClass.baseNanos = taskClass.busyNanos;
        }
        cpuClass.addUp();
        cpuClass.idleNanos = AccessProgram.idleNanosFor(perSecond, cpuClass.busyNanos);
        updateRate(cpuClass);
    }

    /** Updates the times of a task's steps, stalls included. */
    private void updateTimes(CpuClass.TaskClass taskClass) {
        double now = 0;
        double own = 0;
        double stall = 0;
        for (int s = 0; s < taskClass.offsetNanos.length; s++) {
            CpuClass.Access access = taskClass.accesses.get(s);
            double ownNanos = access.primitive().ownNanos(machine.costs());
            if (access.overlaps()) {
                own = Math.max(own, ownNanos);
            } else {
                now += own + stall;
                own = ownNanos;
                stall = 0;
            }
            now += access.gapNanos() + taskClass.waitNanos[s];
            taskClass.offsetNanos[s] = now;
            stall += taskClass.stallNanos[s];
        }
        taskClass.busyNanos = now + own + stall;
    }

    private void updateDisturbedTimes(CpuClass cpuClass) {
        for (CpuClass.TaskClass taskClass : cpuClass.taskClasses) {
            if (taskClass.disturbed) {
                updateTimes(taskClass);
            }
        }
    }

    /**
     * Iterates until no rate changes. Rates that oscillate need smaller steps; rates that approach their limit from
     * one side do not, and get larger steps again. Rates that never settle, since the order in which things happen in a
     * task changes with them, end within the range in which they swing.
     */
    private void iterate() {
        double part = 1;
        double before = Double.POSITIVE_INFINITY;
        int swung = 0;
        for (int round = 0; round < MOST_ROUNDS; round++) {
            work.take(shared.size(), accesses);
            for (SharedLine line : shared) {
                line.update(part);
            }
            double moveBefore = lastMove;
            advance(part);
            double change = Math.abs(lastMove) / part;
            if (change < CLOSE && round >= LEAST_ROUNDS) {
                return;
            }
            boolean swings = lastMove * moveBefore < 0;
            swung += swings ? 1 : 0;
            if (swung > MANY_SWINGS && Math.abs(lastMove) < SETTLED || round > MANY_ROUNDS && change < SETTLED) {
                return;
            }
            if (change > before || swings && change > SLOW * before) {
                part = Math.max(LEAST_PART, part * SMALLER_STEP);
            } else if (!swings) {
                part = Math.min(1, part * LARGER_STEP);
            }
            if (swung > MANY_SWINGS) {
                part = Math.min(part, Math.pow((double) MANY_SWINGS / swung, 2));
            }
            before = change;
        }
    }

    /**
     * Restarts from a queue of all CPUs. A compare-and-set loop can have two steady states, a fast one and one that
     * its own retries keep congested; the simulator ends in the second, so this model does too.
     */
    private void startCongested() {
        for (SharedLine line : shared) {
            int cpus = cpuClasses.stream().mapToInt(cpuClass -> cpuClass.size).sum();
            for (LineVisit visit : line.visits()) {
                for (LineTouch touch : visit.touches) {
                    double delay = (touch.primitive == Primitive.CAS ? CONGESTED_RETRIES : 1)
                            * cpus
                            * visit.station.latencyNanos;
                    touch.delay(delay - touch.delayNanos, visit.taskClass.stallNanos);
                }
            }
        }
        for (CpuClass cpuClass : cpuClasses) {
            updateDisturbedTimes(cpuClass);
            updateRate(cpuClass);
        }
    }

    /** Moves the stalls part of the way to their new values, and records the largest relative change of a rate. */
    private void advance(double part) {
        for (CpuClass cpuClass : cpuClasses) {
            cpuClass.storeNanos = 0;
            cpuClass.turnBacklog(part);
        }
        for (SharedLine line : shared) {
            for (LineVisit visit : line.visits()) {
                for (LineTouch touch : visit.touches) {
                    double moved = part * (line.delayNanos(visit, touch) - touch.delayNanos);
                    touch.delay(moved, visit.taskClass.stallNanos);
                    if (touch.isStore()) {
                        visit.taskClass.cpuClass.storeNanos += visit.taskClass.share * line.inBufferNanos(touch);
                    }
                }
            }
        }
        pipelines.forEach(pipeline -> pipeline.update(part));
        double most = 0;
        for (CpuClass cpuClass : cpuClasses) {
            updateDisturbedTimes(cpuClass);
            double before = cpuClass.tasksPerSecond;
            updateRate(cpuClass);
            double move = cpuClass.tasksPerSecond / before - 1;
            most = Math.abs(move) > Math.abs(most) ? move : most;
        }
        lastMove = most;
    }

    private static void updateRate(CpuClass cpuClass) {
        cpuClass.addUp();
        cpuClass.tasksPerSecond = 1e9 / Math.max(SHORTEST_NANOS, cpuClass.cycleNanos());
    }

    double utilisation() {
        double highest = 0;
        for (SharedLine line : shared) {
            highest = Math.max(highest, line.utilisation());
        }
        return highest;
    }

    /** Adds the cost of each task to its tally. */
    void addTo(Tally[] tallies, double part) {
        for (SharedLine line : shared) {
            for (LineVisit visit : line.visits()) {
                add(line, visit, visit.taskClass.tally);
            }
        }
        pipelines.forEach(TaskPipeline::addWaits);
        countSplits();
        double lineTouchNanos = machine.costs().lineTouchNanos().value();
        for (CpuClass cpuClass : cpuClasses) {
            for (CpuClass.TaskClass taskClass : cpuClass.taskClasses) {
                taskClass.tally.rate = cpuClass.tasksPerSecond * taskClass.share / taskClass.tasks.size();
                taskClass.tally.base = taskClass.baseNanos;
                taskClass.tally.lines = taskClass.lines;
                taskClass.tally.touch = taskClass.lines * lineTouchNanos;
                taskClass.tally.split = splitNanos(taskClass);
                for (int task : taskClass.tasks) {
                    tallies[task].add(taskClass.tally, part * cpuClass.size);
                }
            }
        }
    }

    private void countSplits() {
        splitsPerSecond = 0;
        for (CpuClass.TaskClass taskClass : split) {
            double perSecond = taskClass.perSecond() * taskClass.splits;
            taskClass.cpuClass.splitsPerSecond += perSecond;
            splitsPerSecond += perSecond;
        }
    }

    /** {@return the cost of a task of one access on an undisturbed CPU} */
    static Tally undisturbed(Machine machine, Task task, LineMap lines) {
        Step step = task.steps().get(0);
        int cpu = task.cpus().get(0);
        Tally tally = new Tally();
        tally.addUndisturbed(machine, task, lines.lastLine(step, cpu) - lines.firstLine(step, cpu) + 1, 1);
        return tally;
    }

    private static void add(SharedLine line, LineVisit visit, Tally tally) {
        for (LineTouch touch : visit.touches) {
            tally.misses += line.weight() * touch.miss;
            tally.upgrades += line.weight() * touch.upgrade;
            tally.retries += line.weight() * touch.retries;
            double felt = touch.feltShare;
            tally.miss += felt * line.missNanos(visit, touch);
            tally.upgrade += felt * line.upgradeNanos(visit, touch);
            tally.retry += felt * line.retryNanos(visit, touch);
            tally.queue += felt * line.queueNanos(visit, touch);
        }
        CpuClass cpuClass = visit.taskClass.cpuClass;
        double full = cpuClass.fullBufferNanos();
        if (full > 0 && visit.taskClass.storing) {
            for (LineTouch touch : visit.touches) {
                tally.queue += touch.isStore() ? full * line.inBufferNanos(touch) / cpuClass.storeNanos : 0;
            }
        }
    }

    /** The time of its own split operations, plus the time for which those of other CPUs stop it. */
    private double splitNanos(CpuClass.TaskClass taskClass) {
        if (split.isEmpty()) {
            return 0;
        }
        double nanos = machine.costs().splitAtomicNanos().value();
        double stopped = splitsPerSecond - taskClass.cpuClass.splitsPerSecond / taskClass.cpuClass.size;
        stopped = Math.max(0, stopped) * nanos * 1e-9;
        return taskClass.splits * nanos + Math.min(1, stopped) * taskClass.busyNanos;
    }

    /** Costs summed over the CPUs of a task. */
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

        /** Adds the cost of a task of one access that touches {@code touched} lines, on an undisturbed CPU. */
        void addUndisturbed(Machine machine, Task task, double touched, double weight) {
            Step step = task.steps().get(0);
            rate += weight * task.ratePerSecond();
            base += weight * (step.gapNanos() + step.primitive().ownNanos(machine.costs()));
            touch += weight * (touched * machine.costs().lineTouchNanos().value());
            lines += weight * touched;
        }

        /** {@return a new tally for each of some tasks, with all sums 0} */
        static Tally[] empty(int tasks) {
            Tally[] tallies = new Tally[tasks];
            for (int i = 0; i < tasks; i++) {
                tallies[i] = new Tally();
            }
            return tallies;
        }

        OperationCost of(Task task, int phases) {
            double cpus = (double) task.cpus().size() * phases;
            return new OperationCost(
                    task.role(),
                    task.operation(),
                    task.cpus().size(),
                    rate / cpus,
                    base / cpus,
                    new OperationCost.Waits(miss / cpus, upgrade / cpus, retry / cpus, queue / cpus, split / cpus),
                    touch / cpus,
                    new OperationCost.Events(misses / cpus, upgrades / cpus, retries / cpus, lines / cpus));
        }
    }
}
