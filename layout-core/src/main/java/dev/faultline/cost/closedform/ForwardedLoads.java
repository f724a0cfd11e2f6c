package dev.faultline.cost.closedform;

import dev.faultline.cost.Primitive;

/**
 * Loads that find their word in the store buffer after the line was lost, so that they do not wait. Equal tasks of one
 * CPU class ask for the same, so the last result is kept for an update of the line.
 */
final class ForwardedLoads {

    private int field;
    private double offsetNanos = Double.NaN;
    private double chance;

    /** Forgets the last result, as rates and times have changed. */
    void forget() {
        offsetNanos = Double.NaN;
    }

    /** {@return the chance that a store is still in the store buffer when its CPU loses the line before a load} */
    static double chance(LineVisit visit, LineTouch store, LineTouch load) {
        return store != null && store.isSameWord(load)
                ? (1 - store.usuallyServed) * inBufferShare(LineTimes.openNanos(visit, store, load))
                : 0;
    }

    /** {@return the same for the first load of a task and the stores of the task before} */
    double chanceAcross(LineVisit visit, LineTouch load) {
        double offset = visit.taskClass.offsetNanos[load.step];
        if (offset != offsetNanos || load.field != field) {
            offsetNanos = offset;
            field = load.field;
            chance = chance(visit.station, load, offset);
        }
        return chance;
    }

    private static double chance(Station station, LineTouch load, double offset) {
        double forwarded = 0;
        double share = 0;
        for (LineVisit before : station.visits) {
            LineTouch store = before.lastStore;
            share += before.taskClass.share;
            if (store != null && store.isSameWord(load)) {
                double apart = before.tailNanos(store) + station.cpuClass.idleNanos + offset;
                forwarded += before.taskClass.share * (1 - store.usuallyServed) * inBufferShare(apart);
            }
        }
        return forwarded / share;
    }

    /** {@return the mean chance that a store is still in the store buffer at a time before some ns have passed} */
    private static double inBufferShare(double nanos) {
        double times = nanos / Primitive.COMMIT_NANOS;
        return times < 1e-6 ? 1 : -Math.expm1(-times) / times;
    }
}
