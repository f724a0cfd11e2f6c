package dev.faultline.cost;

import dev.faultline.api.Internal;
import java.util.List;

/**
 * What a workload costs on one arrangement of its fields.
 *
 * @param operations one entry for each task of the workload, in its order
 * @param utilisation the part of the time the busiest line is on its way or being served, from 0 to 1
 */
public record Cost(List<OperationCost> operations, double utilisation) {

    /** From here on a line is the bottleneck, and a predicted slow-down is a lower bound. */
    public static final double SATURATED = 0.9;

    /** Copies the list. */
    public Cost {
        operations = List.copyOf(operations);
    }

    /** {@return whether some line can hardly serve more} */
    public boolean isSaturated() {
        return utilisation > SATURATED;
    }

    /**
     * {@return the time for coherence of all operations on all CPUs, at the rates of the profile, in ns a second}
     *
     * @param workload the operations and their rates, in the order of this cost
     */
    @Internal
    public double coherenceNanosPerSecond(Workload workload) {
        double total = 0;
        for (int i = 0; i < operations.size(); i++) {
            total += weight(workload, i) * operations.get(i).coherenceNanos();
        }
        return total;
    }

    /**
     * {@return the time for coherence and for touching lines of all operations on all CPUs, in ns a second}
     *
     * @param workload the operations and their rates, in the order of this cost
     */
    @Internal
    public double nanosPerSecond(Workload workload) {
        double total = 0;
        for (int i = 0; i < operations.size(); i++) {
            OperationCost one = operations.get(i);
            total += weight(workload, i) * (one.coherenceNanos() + one.touchNanos());
        }
        return total;
    }

    private static double weight(Workload workload, int task) {
        Task one = workload.tasks().get(task);
        return one.ratePerSecond() * one.cpus().size();
    }
}
