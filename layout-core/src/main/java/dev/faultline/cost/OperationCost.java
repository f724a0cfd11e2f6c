package dev.faultline.cost;

import java.util.Objects;

/**
 * The cost of one operation of one role, averaged over its CPUs and the placements of the struct. Times are in ns per
 * operation.
 *
 * @param role name of the role
 * @param operation name of the operation
 * @param cpus number of CPUs that run it
 * @param ratePerSecond operations each of them completes per second; below the rate in the profile when lines are
 *     saturated
 * @param baseNanos the operation undisturbed: gaps and hits
 * @param missNanos waiting for lines that other CPUs changed
 * @param upgradeNanos waiting for other CPUs to drop their copies
 * @param retryNanos failed compare-and-sets
 * @param queueNanos waiting behind other CPUs for a line
 * @param splitNanos atomic operations that cross a line boundary
 * @param touchNanos cost of touching lines, whether or not other CPUs use them
 * @param misses coherence misses per operation
 * @param upgrades upgrades per operation
 * @param retries failed compare-and-sets per operation
 * @param lines lines touched per operation
 */
public record OperationCost(
        String role,
        String operation,
        int cpus,
        double ratePerSecond,
        double baseNanos,
        double missNanos,
        double upgradeNanos,
        double retryNanos,
        double queueNanos,
        double splitNanos,
        double touchNanos,
        double misses,
        double upgrades,
        double retries,
        double lines) {

    public OperationCost {
        Objects.requireNonNull(role);
        Objects.requireNonNull(operation);
    }

    /** {@return time that other CPUs add to the operation: all but its own work and the lines it touches} */
    public double coherenceNanos() {
        return missNanos + upgradeNanos + retryNanos + queueNanos + splitNanos;
    }

    /** {@return this cost without the time that other CPUs add} */
    public OperationCost undisturbed() {
        return new OperationCost(
                role, operation, cpus, ratePerSecond, baseNanos, 0, 0, 0, 0, 0, touchNanos, 0, 0, 0, lines);
    }

    /** {@return the time of the whole operation} */
    public double totalNanos() {
        return baseNanos + coherenceNanos() + touchNanos;
    }

    /** {@return time of all CPUs spent in {@link #coherenceNanos} and on touched lines, in CPUs} */
    public double cpusLost() {
        return cpus * ratePerSecond * (coherenceNanos() + touchNanos) * 1e-9;
    }
}
