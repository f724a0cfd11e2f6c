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
    double queued;
    double inService;
    /** The probability that the line survives until the next task that touches it begins. */
    double keptAcross;

    double ownedAcross;

    final Survival kept = new Survival();
    final Survival owned = new Survival();
    /** Recurrences of its tasks that touch the line more than once. */
    final Recurrence writesAgain = new Recurrence();

    final Recurrence touchesAgain = new Recurrence();
    /** Index of its cluster among those that have stations here. */
    int area;

    Station(CpuClass cpuClass) {
        this.cpuClass = cpuClass;
    }

    double others(double ofTheClass) {
        return ofTheClass * (cpuClass.size - 1) / cpuClass.size;
    }

    /** {@return {@code all} without the share of one CPU of this class} */
    double butOne(double all, double ofTheClass) {
        return Math.max(0, all - ofTheClass / cpuClass.size);
    }
}
