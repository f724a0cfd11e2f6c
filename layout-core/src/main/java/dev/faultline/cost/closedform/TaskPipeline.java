package dev.faultline.cost.closedform;

import dev.faultline.cost.Primitive;
import dev.faultline.machine.Costs;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * What a task does not wait for, and what it waits for instead. Stores wait in the store buffer; an atomic operation
 * waits until they have happened, and a load of another word waits for a line that a store asked for. Loads that
 * overlap take as long as the longest of them.
 */
final class TaskPipeline {

    private final CpuClass.TaskClass taskClass;
    private final int outstanding;
    /** How long the CPU works on while a store waits for its line. */
    private final double roomNanos;
    /** Whether tasks follow each other so closely that stores of one may not have happened when the next begins. */
    private final boolean isFollowed;

    private final List<OverlappingLoads> groups = new ArrayList<>();
    /** The touches of contended lines by step. */
    private final List<List<Placed>> ofSteps = new ArrayList<>();

    /** The steps whose loads overlap with others. */
    private final BitSet isInGroup = new BitSet();

    /** The steps of stores after which there is enough work to fill the buffer while the line is on its way. */
    private final BitSet fillsBuffer = new BitSet();

    private final StoreBacklog backlog = new StoreBacklog();
    private int firstStore = Integer.MAX_VALUE;
    /** Whether an access that may wait for a store follows one. */
    private boolean mayWait;
    /** The touch before that was the first of its line. */
    private Placed before;
    /** The store added last. */
    private Placed youngest;

    /** The highest chance of a loss. */
    private static final double ALMOST = 1 - 1e-9;

    private record Placed(SharedLine line, LineVisit visit, LineTouch touch) {}

    /**
     * Creates a pipeline, to which touches are added.
     *
     * @param taskClass the tasks
     * @param pipeline what a CPU does without waiting
     * @param isFollowed whether the time between two tasks may be shorter than a store waits
     */
    TaskPipeline(CpuClass.TaskClass taskClass, Costs.Pipeline pipeline, boolean isFollowed) {
        this.taskClass = taskClass;
        this.outstanding = pipeline.outstandingMisses().value();
        this.roomNanos = pipeline.roomNanos();
        this.isFollowed = isFollowed;
        taskClass.accesses.forEach(any -> ofSteps.add(new ArrayList<>(1)));
    }

    void add(SharedLine line, LineVisit visit, LineTouch touch) {
        ofSteps.get(touch.step).add(new Placed(line, visit, touch));
        firstStore = touch.isStore() ? Math.min(firstStore, touch.step) : firstStore;
    }

    /** Finds the loads that overlap, after the last touch was added. */
    void close() {
        OverlappingLoads group = null;
        for (int step = 0; step < ofSteps.size(); step++) {
            CpuClass.Access access = taskClass.accesses.get(step);
            if (!access.overlaps()) {
                end(group);
                group = access.primitive() == Primitive.LOAD ? new OverlappingLoads(taskClass, outstanding) : null;
            }
            if (group != null) {
                group.reach(step);
                for (Placed placed : ofSteps.get(step)) {
                    group.add(placed.line, placed.visit, placed.touch);
                }
            }
        }
        end(group);
        for (int step = ofSteps.size() - 1; step > firstStore; step--) {
            mayWait |= taskClass.accesses.get(step).primitive() != Primitive.STORE;
        }
        for (int step = firstStore; step < ofSteps.size(); step++) {
            if (!ofSteps.get(step).isEmpty() && taskClass.accesses.get(step).primitive() == Primitive.STORE) {
                fillsBuffer.set(step, workAfterNanos(step) >= roomNanos);
            }
        }
        mayWait |= !fillsBuffer.isEmpty();
    }

    /** The work after a step until an atomic operation waits for the stores before it, also that of the next tasks. */
    private double workAfterNanos(int step) {
        double work = 0;
        for (int next = step + 1; next < ofSteps.size(); next++) {
            CpuClass.Access access = taskClass.accesses.get(next);
            work += access.gapNanos();
            if (access.primitive().isAtomicUpdate()) {
                return work;
            }
        }
        return taskClass.cpuClass.idleNanos > 0 ? work : work + workOfNextNanos();
    }

    private double workOfNextNanos() {
        double work = 0;
        for (CpuClass.Access access : taskClass.accesses) {
            work += access.gapNanos();
            if (access.primitive().isAtomicUpdate()) {
                return work;
            }
        }
        return work > 0 ? Double.POSITIVE_INFINITY : 0;
    }

    private void end(OverlappingLoads group) {
        if (group != null && group.isNeeded()) {
            groups.add(group);
            group.markSteps(isInGroup);
        }
    }

    /** Moves what the task waits for this part of the way to what follows from the delays of its requests. */
    void update(double part) {
        groups.forEach(OverlappingLoads::update);
        if (!mayWait && !isFollowed) {
            return;
        }
        CpuClass cpuClass = taskClass.cpuClass;
        double left = cpuClass.backlogChance;
        backlog.start(left, left == 0 ? 0 : cpuClass.backlogNanos / left);
        before = null;
        youngest = null;
        double now = 0;
        for (int step = 0; step < ofSteps.size(); step++) {
            double reached = taskClass.offsetNanos[step] - taskClass.waitNanos[step];
            backlog.pass(Math.max(0, reached - now));
            double wait = waitNanos(step, reached);
            taskClass.waitNanos[step] += part * (wait - taskClass.waitNanos[step]);
            now = reached + taskClass.waitNanos[step];
            if (!isInGroup.get(step)) {
                ofSteps.get(step).forEach(this::access);
                now += taskClass.stallNanos[step];
            }
        }
        backlog.pass(Math.max(0, taskClass.busyNanos - now));
        if (isFollowed) {
            backlog.addAfterIdle(cpuClass, taskClass.share);
        }
    }

    /** Lets the buffer take a store, or lets it go on while the task waits for another line. */
    private void access(Placed placed) {
        LineTouch touch = placed.touch;
        Station station = placed.visit.station;
        double loss = Math.min(1, touch.served());
        boolean isFirst = placed.visit.touches.get(0) == touch;
        double both = isFirst && before != null ? lostBoth(before, placed) : loss;
        double lossBefore = before == null ? 0 : Math.min(1, before.touch.served());
        double nanos = touch.isStore()
                ? placed.line.times().untilThereNanos(station, touch)
                : loss == 0 ? 0 : touch.stallNanos / loss;
        backlog.access(touch.primitive, nanos, loss, isFirst ? both : -1, lossBefore);
        before = isFirst ? placed : before;
        youngest = touch.isStore() ? placed : youngest;
    }

    /**
     * The chance that a task lost two lines since the CPU touched them before: the time since then is the same, and
     * some tasks of other CPUs may write both.
     */
    private double lostBoth(Placed one, Placed other) {
        double first = Math.min(ALMOST, one.touch.served());
        double second = Math.min(ALMOST, other.touch.served());
        double rates = one.visit.station.foreignWrites + other.visit.station.foreignWrites;
        if (rates == 0) {
            return first * second;
        }
        double different = SharedLine.writesToEither(one.line, one.visit, other.line, other.visit);
        double odds = (first / (1 - first) + second / (1 - second)) * Math.min(1, different / rates);
        double either = odds / (1 + odds);
        return Math.max(Math.max(0, first + second - 1), Math.min(Math.min(first, second), first + second - either));
    }

    /** Adds the waits for stores to the cost of the task. */
    void addWaits() {
        for (double wait : taskClass.waitNanos) {
            taskClass.tally.queue += wait;
        }
    }

    private double waitNanos(int step, double now) {
        return switch (taskClass.accesses.get(step).primitive()) {
            case RMW, CAS -> backlog.drain(1);
            case LOAD -> {
                double most = 0;
                for (Placed placed : ofSteps.get(step)) {
                    most = Math.max(most, forStoreNanos(placed, now));
                }
                yield most;
            }
            case STORE -> fillsBuffer.get(step) ? fullBufferNanos(step) : 0;
        };
    }

    /**
     * The time that the CPU waits after a store since the stores of its other work have filled the buffer: what is left
     * of the store's own wait then. Waits in a queue vary; their excess over a limit is that of an exponential
     * distribution.
     */
    private double fullBufferNanos(int step) {
        double most = 0;
        for (Placed placed : ofSteps.get(step)) {
            double queue = placed.visit.station.waitNanos;
            double transfer = placed.line.times().untilThereNanos(placed.visit.station, placed.touch) - queue;
            double hidden = roomNanos - transfer;
            double beyond = hidden <= 0 ? queue - hidden : queue == 0 ? 0 : queue * Math.exp(-hidden / queue);
            most = Math.max(most, Math.min(1, placed.touch.served()) * beyond);
        }
        return most;
    }

    /** The time that a load waits because an own store asked for the line, which the CPU did not have. */
    private double forStoreNanos(Placed load, double now) {
        double misses = 0;
        double served = 0;
        double wait = 0;
        for (LineTouch store : load.visit.touches) {
            if (store == load.touch) {
                break;
            }
            if (store.isStore()) {
                if (load.touch.isSameWord(store)) {
                    return 0;
                }
                misses += store.miss;
                served += store.served();
                wait += store.miss * Math.max(0, untilThere(load, store) + taskClass.offsetNanos[store.step] - now);
            }
        }
        if (served > 0 && youngest.line == load.line) {
            return backlog.drain(Math.min(1, misses / served));
        }
        if (served == 0 && isFollowed) {
            wait = load.visit.station.earlierStoreNanos(load.touch, load.line.times(), now);
        }
        backlog.pass(wait);
        return wait;
    }

    private static double untilThere(Placed load, LineTouch store) {
        return load.line.times().untilThereNanos(load.visit.station, store);
    }
}
