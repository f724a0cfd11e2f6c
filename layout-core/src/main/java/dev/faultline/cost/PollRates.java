package dev.faultline.cost;

import dev.faultline.access.AccessMap;
import dev.faultline.access.FieldUse;
import dev.faultline.access.Role;
import java.util.List;
import java.util.Map;

/** How often operations happen that wait until a field changes, and how often they look. */
final class PollRates {

    /** What the operation of the polls is called: the operation that waits, and this. */
    static final String SUFFIX = " (polls)";

    /** Polls for each write to the struct. With eight, a poll nearly always falls between two writes of the line. */
    private static final double POLLS_PER_WRITE = 8;

    /** A poll of a copy at hand takes a ns or more. */
    private static final double MOST_PER_SECOND = 1e9;

    private final AccessMap access;
    private final Map<Role, List<Integer>> cpusByRole;

    PollRates(AccessMap access, Map<Role, List<Integer>> cpusByRole) {
        this.access = access;
        this.cpusByRole = cpusByRole;
    }

    /** {@return how often one CPU does an operation, given its uses} */
    double ratePerSecond(List<FieldUse> operation) {
        double rate = asked(operation.get(0));
        for (FieldUse use : operation) {
            rate = use.manner().awaits() ? Math.min(rate, writesPerSecond(use, true)) : rate;
        }
        return rate;
    }

    /** {@return how often one CPU looks while it waits} */
    double pollsPerSecond(FieldUse waiting) {
        return Math.min(MOST_PER_SECOND, POLLS_PER_WRITE * Math.max(1, writesPerSecond(waiting, false)));
    }

    private static double asked(FieldUse use) {
        return use.hasRate() ? use.ratePerSecond() : Workload.ASSUMED_RATE;
    }

    /** {@return writes of all other CPUs, to the awaited bytes or to all} */
    private double writesPerSecond(FieldUse waiting, boolean onlyAwaited) {
        double sum = 0;
        for (FieldUse write : access.uses()) {
            if (write.kind().writes() && (!onlyAwaited || write.mayEnd(waiting)) && access.meet(write, waiting, 2)) {
                int cpus = cpusByRole.get(write.role()).size();
                int others = write.role().equals(waiting.role()) ? cpus - 1 : cpus;
                // one of many elements is written a part of the times
                double part = write.elements().isAny() ? 1.0 / write.elements().count() : 1;
                sum += asked(write) * others * (onlyAwaited ? part : 1);
            }
        }
        return sum;
    }
}
