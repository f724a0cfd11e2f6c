package dev.faultline.cost.closedform;

import java.util.ArrayList;
import java.util.List;

/** A CPU class at a {@link SharedLine}, with the rates its CPUs find there. Rates are per ns. */
final class Station {
    final CpuClass cpuClass;
    final List<LineVisit> visits = new ArrayList<>();
    /** Tasks of the whole class that write, and that touch, the line. */
    double writes;

    double touches;
    /** Tasks of all CPUs except one of this class that write, and that touch, the line. */
    double foreignWrites;

    double foreignTouches;
    /** Write requests of those CPUs. */
    double foreignRequests;

    double ownRequests;
    double latencyNanos;
    double upgradeLatencyNanos;
    double waitNanos;
    /** The chance that a task leaves the line changed, and that it leaves it unchanged and has it alone. */
    double changed;

    double alone;
    /** The chance that the CPU that touched the line last, another one, leaves it changed. */
    double foreignChanged;

    double queued;
    double inService;
    /** How it loses copies, and exclusive copies. */
    final LineExposure kept = new LineExposure();

    final LineExposure owned = new LineExposure();
    final ForwardedLoads forwarded = new ForwardedLoads();
    /** The ratio of the time in which one of its CPUs waits for the line to its other time. */
    double waitingRatio;
    /** Recurrences of its tasks that touch the line more than once. */
    final Recurrence writesAgain = new Recurrence();

    final Recurrence touchesAgain = new Recurrence();
    /** Index of its cluster among those that have stations here. */
    int area;

    /** The field and time for which {@link #earlierStoreNanos} was asked last, and its answer. */
    private int earlierField;

    private double earlierNow = Double.NaN;
    private double earlierNanos;

    Station(CpuClass cpuClass) {
        this.cpuClass = cpuClass;
    }

    /** Updates in which state the tasks leave the line. */
    void updateState() {
        double share = 0;
        changed = 0;
        alone = 0;
        for (LineVisit visit : visits) {
            share += visit.taskClass.share;
            changed += visit.taskClass.share * visit.changed;
            alone += visit.taskClass.share * visit.alone;
        }
        changed /= share;
        alone /= share;
    }

    /** Forgets the last results that were kept for equal tasks, as rates and times have changed. */
    void forget() {
        forwarded.forget();
        earlierNow = Double.NaN;
    }

    /**
     * {@return the time that a load waits because a store of an earlier task to another word of the line asked for it}
     * Equal tasks ask for the same, so the last result is kept.
     */
    double earlierStoreNanos(LineTouch load, LineTimes times, double now) {
        if (now != earlierNow || load.field != earlierField) {
            earlierNow = now;
            earlierField = load.field;
            earlierNanos = 0;
            double idle = cpuClass.idleNanos;
            for (LineVisit visit : visits) {
                LineTouch last = visit.lastTouch;
                if (last.isStore() && !load.isSameWord(last)) {
                    double left = times.untilThereNanos(this, last) - visit.tailNanos(last) - now;
                    if (left > 0) {
                        double afterIdle = left + (idle == 0 ? 0 : idle * Math.expm1(-left / idle));
                        earlierNanos += visit.taskClass.share * last.miss * afterIdle;
                    }
                }
            }
        }
        return earlierNanos;
    }

    /** {@return the chance that a task leaves its CPU with the line alone} */
    double holds() {
        return changed + alone;
    }

    double others(double ofTheClass) {
        return ofTheClass * (cpuClass.size - 1) / cpuClass.size;
    }

    /** {@return the sum of the squares of what each CPU has of {@code ofTheClass}} */
    double squares(double ofTheClass) {
        return ofTheClass * ofTheClass / cpuClass.size;
    }

    /** {@return {@code all} without the share of one CPU of this class} */
    double butOne(double all, double ofTheClass) {
        return Math.max(0, all - ofTheClass / cpuClass.size);
    }
}
