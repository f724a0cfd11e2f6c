package dev.faultline.compare;

import dev.faultline.cost.OperationCost;
import java.util.Objects;
import java.util.Optional;

/**
 * What an operation costs before and after.
 *
 * @param before on the old layout, the mean over its placements; empty when its profile does not know the operation
 * @param after on the new layout
 * @param deltaNanos what it costs more than before, in ns an operation, negative when it costs less; where the two layouts
 *     may stand in different places, what the difference of placements explains is left out when it is a loss; 0 of what is
 *     not on both sides
 */
public record OperationChange(Optional<OperationCost> before, Optional<OperationCost> after, double deltaNanos) {
    /** Refuses nulls and what is no number. */
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

    /** {@return the role} */
    public String role() {
        return any().role();
    }

    /** {@return the operation} */
    public String operation() {
        return any().operation();
    }

    /** {@return what all CPUs that do it lose by the change, in CPUs; negative when they gain} */
    public double cpusMore() {
        if (before.isEmpty() || after.isEmpty()) {
            return 0;
        }
        double rate = Math.min(before.get().ratePerSecond(), after.get().ratePerSecond());
        return deltaNanos * rate * any().cpus() * 1e-9;
    }
}
