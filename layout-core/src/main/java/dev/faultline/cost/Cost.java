package dev.faultline.cost;

import dev.faultline.api.Internal;
import java.util.List;

/**
 * The cost of a workload on one arrangement of its fields.
 *
 * @param operations one entry for each task of the workload, in its order
 * @param utilisation share of the time in which the busiest line is in transfer or being served, from 0 to 1
 */
public record Cost(List<OperationCost> operations, double utilisation) {

    /** Above this utilisation a line is the bottleneck, and a predicted slow-down is a lower bound. */
    public static final double SATURATED = 0.9;

    public Cost {
        operations = List.copyOf(operations);
    }

    /** {@return whether the busiest line is saturated} */
    public boolean isSaturated() {
        return utilisation > SATURATED;
    }

    /**
     * {@return coherence time of all operations on all CPUs, weighted by the rates in the profile, in ns per second}
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
     * {@return coherence time plus the cost of touched lines, weighted alike, in ns per second}
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

    /** How often the operation is asked for, but no more often than its CPUs could do nothing else undisturbed. */
    private double weight(Workload workload, int task) {
        Task one = workload.tasks().get(task);
        double baseNanos = operations.get(task).baseNanos();
        double most = baseNanos > 0 ? 1e9 / baseNanos : Double.POSITIVE_INFINITY;
        return Math.min(one.ratePerSecond(), most) * one.cpus().size();
    }
}
