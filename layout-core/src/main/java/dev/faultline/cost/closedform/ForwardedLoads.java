package dev.faultline.cost.closedform;

import dev.faultline.cost.Primitive;

/** Loads that find their word in the store buffer after the line was lost, so that they do not wait. */
final class ForwardedLoads {

    private ForwardedLoads() {}

    /** {@return the chance that a store is still in the store buffer when its CPU loses the line before a load} */
    static double chance(LineVisit visit, LineTouch store, LineTouch load) {
        return store != null && store.isSameWord(load)
                ? (1 - store.usuallyServed) * inBufferShare(LineTimes.openNanos(visit, store, load))
                : 0;
    }

    /** {@return the same for the first load of a task and the stores of the task before} */
    static double chanceAcross(LineVisit visit, LineTouch load) {
        double forwarded = 0;
        double share = 0;
        for (LineVisit before : visit.station.visits) {
            LineTouch store = before.lastStore;
            share += before.taskClass.share;
            if (store != null && store.isSameWord(load)) {
                double apart = before.tailNanos(store)
                        + visit.station.cpuClass.idleNanos
                        + visit.taskClass.offsetNanos[load.step];
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
