package dev.faultline.cost;

import java.util.Objects;

/**
 * What a workload costs on a layout, beside what it would cost on any.
 *
 * @param cost on the layout, the mean over its placements
 * @param floor with every field on lines of its own: true sharing
 * @param assumedRates whether somebody had to assume how often things happen
 */
public record CostBreakdown(Cost cost, Cost floor, boolean assumedRates) {
    /** Refuses costs of different operations. */
    public CostBreakdown {
        Objects.requireNonNull(cost);
        Objects.requireNonNull(floor);
        if (cost.operations().size() != floor.operations().size()) {
            throw new IllegalArgumentException("cost and floor of different operations");
        }
    }

    /**
     * What sharing a line with other fields adds to an operation.
     *
     * @param operation its index
     * @return ns an operation; negative when fields that travel together save transfers
     */
    public double falseSharingNanos(int operation) {
        return cost.operations().get(operation).coherenceNanos()
                - floor.operations().get(operation).coherenceNanos();
    }

    /** {@return the time that other CPUs and lines touched take of all CPUs, in CPUs} */
    public double cpusLost() {
        return cost.operations().stream().mapToDouble(OperationCost::cpusLost).sum();
    }
}
