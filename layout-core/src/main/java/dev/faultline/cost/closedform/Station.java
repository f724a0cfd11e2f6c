package dev.faultline.cost.closedform;

import java.util.ArrayList;
import java.util.List;

/** A crew at a {@link SharedLine}, and what its CPUs meet there. Rates are per ns. */
final class Station {
    final CpuClass cpuClass;
    final List<LineVisit> visits = new ArrayList<>();
    /** Tasks of the whole crew that write, and that touch, the line. */
    double writes;

    double touches;
    /** Tasks of all CPUs but one of this crew that write, and that touch, the line. */
    double foreignWrites;

    double foreignTouches;
    /** Requests for writing of those CPUs. */
    double foreignRequests;

    double ownRequests;
    double latencyNanos;
    double upgradeLatencyNanos;
    double waitNanos;
    double queued;
    double inService;
    /** The chance to find the line again as it was left, but for the time from the start of the task. */
    double keptAcross;

    double ownedAcross;

    final Survival kept = new Survival();
    final Survival owned = new Survival();
    /** Of its tasks that touch the line more than once. */
    final Recurrence writesAgain = new Recurrence();

    final Recurrence touchesAgain = new Recurrence();
    /** Number of its cluster among those that have stations here. */
    int area;

    Station(CpuClass cpuClass) {
        this.cpuClass = cpuClass;
    }

    double others(double ofTheCrew) {
        return ofTheCrew * (cpuClass.size - 1) / cpuClass.size;
    }

    /** {@return what all CPUs but one of this crew do, of what all do and what the crew does} */
    double butOne(double all, double ofTheCrew) {
        return Math.max(0, all - ofTheCrew / cpuClass.size);
    }
}
