package dev.faultline.cost.closedform;

import dev.faultline.machine.Costs;

/**
 * How long a line is under way to a CPU that asked for it, and how long the CPU keeps it.
 *
 * @param handOver how a line goes from one CPU to the next
 * @param rounds how many transfers one after the other the lines of a run take a CPU that waits for several at a time
 */
record LineTimes(HandOver handOver, double rounds) {

    /** Half the width of a step, as a share of the time at which it is. */
    private static final double STEP = 0.1;

    static LineTimes of(Costs costs, double lines) {
        double outstanding = costs.pipeline().outstandingMisses().value();
        return new LineTimes(HandOver.of(costs), Math.ceil(lines / outstanding));
    }

    /** {@return the chance that a line is surely kept for so long; a step that is not steep, so that rates settle} */
    static double keptShare(double nanos, double keptNanos) {
        if (nanos >= keptNanos * (1 + STEP)) {
            return 0;
        }
        return Math.min(1, (keptNanos * (1 + STEP) - nanos) / (2 * STEP * keptNanos));
    }

    static double openNanos(LineVisit visit, LineTouch since, LineTouch touch) {
        double[] offset = visit.taskClass.offsetNanos;
        double passed = offset[touch.step] - offset[since.step];
        return Math.max(0, since.isStore() ? passed : passed - visit.taskClass.stallNanos[since.step]);
    }

    /** The time until a line that a touch requested is there, when the task does not wait for it. */
    double untilThereNanos(Station station, LineTouch touch) {
        double notWaiting = touch.isStore() ? 1 : touch.forwarded;
        return notWaiting == 0 ? 0 : notWaiting * (rounds * station.latencyNanos + station.waitNanos);
    }

    /** The time after a touch was served for which the line is surely kept; the task goes on when it has it. */
    double keptNanos(Station station, LineTouch touch) {
        return untilThereNanos(station, touch) + handOver.keptNanos(station.latencyNanos);
    }
}
