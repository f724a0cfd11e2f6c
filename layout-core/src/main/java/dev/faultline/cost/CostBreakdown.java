package dev.faultline.cost;

import java.util.Objects;

/**
 * The cost of a workload on a layout, and the part of it that no layout avoids.
 *
 * @param cost on the layout, the mean over its placements
 * @param floor with every field on lines of its own: true sharing only
 * @param assumedRates whether some rates are assumed because the profile states none
 */
public record CostBreakdown(Cost cost, Cost floor, boolean assumedRates) {
    public CostBreakdown {
        Objects.requireNonNull(cost);
        Objects.requireNonNull(floor);
        if (cost.operations().size() != floor.operations().size()) {
            throw new IllegalArgumentException("cost and floor must have the same operations");
        }
    }

    /**
     * Time that sharing lines with other fields adds to one operation.
     *
     * @param operation index of the operation
     * @return ns per operation; negative when fields that are used together save transfers
     */
    public double falseSharingNanos(int operation) {
        return cost.operations().get(operation).coherenceNanos()
                - floor.operations().get(operation).coherenceNanos();
    }

    /**
     * Time that other CPUs add to one operation in any layout.
     *
     * @param operation index of the operation
     * @return ns per operation; at most what they add on this layout, where fields that are used together may save
     *     transfers
     */
    public double trueSharingNanos(int operation) {
        return Math.min(
                cost.operations().get(operation).coherenceNanos(),
                floor.operations().get(operation).coherenceNanos());
    }

    /** {@return time lost to other CPUs and to touching lines, over all CPUs, in CPUs} */
    public double cpusLost() {
        return cost.operations().stream().mapToDouble(OperationCost::cpusLost).sum();
    }
}
