package dev.faultline.cost;

import java.util.Objects;

/**
 * What one operation of one role costs, on average over its CPUs and the placements asked about. Times are ns an operation.
 *
 * @param role name of the role
 * @param operation name of the operation
 * @param cpus how many CPUs do it
 * @param ratePerSecond how often each of them gets it done; below what the profile asks for when lines are saturated
 * @param baseNanos the operation undisturbed: gaps and hits
 * @param missNanos waiting for lines that other CPUs changed
 * @param upgradeNanos waiting to make other CPUs drop their copies
 * @param retryNanos compare-and-sets that failed
 * @param queueNanos waiting behind other CPUs for a line
 * @param splitNanos atomic operations that cross a line
 * @param touchNanos lines touched, whoever else uses them
 * @param misses coherence misses an operation
 * @param upgrades upgrades an operation
 * @param retries failed compare-and-sets an operation
 * @param lines lines touched an operation
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

    /** Refuses nulls. */
    public OperationCost {
        Objects.requireNonNull(role);
        Objects.requireNonNull(operation);
    }

    /** {@return what other CPUs add to the operation: all but its own work and the lines it touches} */
    public double coherenceNanos() {
        return missNanos + upgradeNanos + retryNanos + queueNanos + splitNanos;
    }

    /** {@return the operation without what other CPUs add to it} */
    public OperationCost undisturbed() {
        return new OperationCost(
                role, operation, cpus, ratePerSecond, baseNanos, 0, 0, 0, 0, 0, touchNanos, 0, 0, 0, lines);
    }

    /** {@return the whole operation} */
    public double totalNanos() {
        return baseNanos + coherenceNanos() + touchNanos;
    }

    /** {@return the part of all CPUs' seconds that goes into {@link #coherenceNanos} and lines touched, in CPUs} */
    public double cpusLost() {
        return cpus * ratePerSecond * (coherenceNanos() + touchNanos) * 1e-9;
    }
}
