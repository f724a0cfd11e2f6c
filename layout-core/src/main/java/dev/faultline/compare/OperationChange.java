package dev.faultline.compare;

import dev.faultline.cost.OperationCost;
import java.util.Objects;
import java.util.Optional;

/**
 * What an operation costs before and after.
 *
 * @param before its cost on the old layout, the mean over its placements; empty when the old profile lacks the
 *     operation
 * @param after its cost on the new layout
 * @param deltaNanos the growth of its cost in ns per operation, negative when it costs less; without a loss that is
 *     due only to different placements; 0 when it is not on both sides
 */
public record OperationChange(Optional<OperationCost> before, Optional<OperationCost> after, double deltaNanos) {
    public OperationChange {
        Objects.requireNonNull(before);
        Objects.requireNonNull(after);
        if (before.isEmpty() && after.isEmpty() || !Double.isFinite(deltaNanos)) {
            throw new IllegalArgumentException("no change of an operation: " + deltaNanos);
        }
    }

    private OperationCost any() {
        return after.or(() -> before).orElseThrow();
    }

    /** {@return the name of the role} */
    public String role() {
        return any().role();
    }

    /** {@return the name of the operation} */
    public String operation() {
        return any().operation();
    }

    /** {@return its cost before, on all CPUs that run it, in CPUs; 0 when it is not on both sides} */
    double cpusBefore() {
        if (before.isEmpty() || after.isEmpty()) {
            return 0;
        }
        return before.get().totalNanos()
                * before.get().ratePerSecond()
                * before.get().cpus()
                * 1e-9;
    }

    /** {@return the growth of its cost on all CPUs that run it, in CPUs} */
    public double cpusMore() {
        if (before.isEmpty() || after.isEmpty()) {
            return 0;
        }
        double rate = Math.min(before.get().ratePerSecond(), after.get().ratePerSecond());
        return deltaNanos * rate * any().cpus() * 1e-9;
    }
}
