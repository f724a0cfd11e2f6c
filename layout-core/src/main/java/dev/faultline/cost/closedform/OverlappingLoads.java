package dev.faultline.cost.closedform;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Loads of one task that do not wait for each other. The task waits for the last line to arrive, so for the slowest
 * of those that miss; and once more when more lines miss than a CPU waits for at a time.
 *
 * <p>Misses on different lines are not independent: one task of another CPU may have written several of the lines, and
 * the longer the CPU was away, the more of them were written.
 */
final class OverlappingLoads {

    /** The least spread of the number of misses; it makes the number of waits a smooth function. */
    private static final double LEAST_SPREAD = 0.3;
    /** The least chance of no miss. */
    private static final double LEAST_HIT = 1e-9;

    private final CpuClass.TaskClass taskClass;
    private final int outstanding;
    private final List<Load> loads = new ArrayList<>();
    private int lastStep;

    /** One line of one of the loads. */
    private static final class Load {
        final SharedLine line;
        final LineVisit visit;
        final LineTouch touch;
        /** How long the task waits when this line misses and no other one. */
        double nanos;

        Load(SharedLine line, LineVisit visit, LineTouch touch) {
            this.line = line;
            this.visit = visit;
            this.touch = touch;
        }

        double foreignWrites() {
            return visit.station.foreignWrites;
        }

        /** {@return whether the time since the CPU touched the line before is random} */
        boolean isFirst() {
            return visit.touches.get(0) == touch;
        }
    }

    OverlappingLoads(CpuClass.TaskClass taskClass, int outstanding) {
        this.taskClass = taskClass;
        this.outstanding = outstanding;
    }

    /** Adds a line of a load; steps in their order. */
    void add(SharedLine line, LineVisit visit, LineTouch touch) {
        loads.add(new Load(line, visit, touch));
    }

    /** Takes a step into the group, whose lines may all be uncontended. */
    void reach(int step) {
        lastStep = step;
    }

    /** Adds its steps to a set. */
    void markSteps(BitSet steps) {
        loads.forEach(load -> steps.set(load.touch.step));
        steps.set(lastStep);
    }

    /** {@return whether its lines do not simply add up} */
    boolean isNeeded() {
        return loads.size() > 1 || loads.size() == 1 && loads.get(0).touch.step < lastStep;
    }

    /** Updates for which part of each line's delay the task waits. */
    void update() {
        double[] offset = taskClass.offsetNanos;
        for (Load load : loads) {
            LineTouch touch = load.touch;
            double delay = touch.miss == 0 ? 0 : touch.delayNanos / touch.miss * load.line.shareOfDelay(touch);
            load.nanos = Math.max(0, delay - (offset[lastStep] - offset[touch.step]));
        }
        sort();
        Object mark = new Object();
        double odds = 0;
        double writes = 0;
        double rates = 0;
        double union = 0;
        double before = 0;
        double felt = 0;
        boolean isRandom = false;
        for (Load load : loads) {
            LineTouch touch = load.touch;
            double foreign = load.foreignWrites();
            if (touch.miss > 0 && foreign > 0) {
                isRandom |= load.isFirst();
                double hit = Math.max(LEAST_HIT, 1 - touch.miss);
                odds += touch.miss / hit;
                writes -= Math.log(hit);
                rates += foreign;
                union += load.line.unmarkedWrites(load.visit, mark);
                double missed = missed(isRandom, odds, writes, Math.min(1, union / rates));
                missed = Math.max(missed, Math.max(before, touch.miss));
                touch.feltShare = touch.delayNanos == 0 ? 0 : load.nanos * (missed - before) / touch.delayNanos;
                felt += load.nanos * (missed - before);
                before = missed;
            } else {
                touch.feltShare = 0;
            }
        }
        waitAgain(felt);
        for (Load load : loads) {
            load.touch.delay(0, taskClass.stallNanos);
        }
    }

    /**
     * The chance that one of several lines misses: after a random time, which they have in common, the odds of a loss
     * grow with the rate of the tasks that write one of them; after a fixed time, the expected number of writes does.
     */
    private static double missed(boolean isRandom, double odds, double writes, double different) {
        double all = odds * different;
        return isRandom ? all / (1 + all) : -Math.expm1(-writes * different);
    }

    /** Sorts by falling time; mostly they are sorted already. */
    private void sort() {
        for (int i = 1; i < loads.size(); i++) {
            Load load = loads.get(i);
            int at = i;
            for (; at > 0 && loads.get(at - 1).nanos < load.nanos; at--) {
                loads.set(at, loads.get(at - 1));
            }
            loads.set(at, load);
        }
    }

    /** Adds the further waits when more lines miss than a CPU waits for at a time. */
    private void waitAgain(double felt) {
        if (loads.size() <= outstanding || felt == 0) {
            return;
        }
        double misses = 0;
        double variance = 0;
        double nanos = 0;
        for (Load load : loads) {
            misses += load.touch.miss;
            variance += load.touch.miss * (1 - load.touch.miss);
            nanos += load.touch.miss * load.nanos;
        }
        double spread = Math.max(LEAST_SPREAD, Math.sqrt(variance));
        double more = 0;
        for (int waits = outstanding; waits < loads.size(); waits += outstanding) {
            more += above((misses - waits - 0.5) / spread);
        }
        double factor = 1 + more * nanos / misses / felt;
        for (Load load : loads) {
            load.touch.feltShare *= factor;
        }
    }

    /** The distribution function of the standard normal distribution, nearly. */
    private static double above(double deviations) {
        return 1 / (1 + Math.exp(-1.702 * deviations));
    }
}
