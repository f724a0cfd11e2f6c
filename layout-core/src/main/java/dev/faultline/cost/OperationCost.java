package dev.faultline.cost;

import java.util.Objects;

/**
 * The cost of one operation of one role, averaged over its CPUs and the placements of the struct. Times are in ns per
 * operation.
 *
 * @param role name of the role
 * @param operation name of the operation
 * @param cpus number of CPUs that run it
 * @param ratePerSecond how often each of them completes it; below the rate of the profile when lines are saturated
 * @param baseNanos the operation without other CPUs: gaps and hits
 * @param waits what other CPUs add to it
 * @param touchNanos the lines it touches, whether or not other CPUs use them
 * @param events what happens to lines during it
 */
public record OperationCost(
        String role,
        String operation,
        int cpus,
        double ratePerSecond,
        double baseNanos,
        Waits waits,
        double touchNanos,
        Events events) {

    /**
     * The time that other CPUs add to an operation, in ns per operation.
     *
     * @param missNanos waiting for lines that other CPUs changed
     * @param upgradeNanos waiting for other CPUs to drop their copies
     * @param retryNanos failed compare-and-sets
     * @param queueNanos waiting behind other CPUs for a line
     * @param splitNanos atomic operations that cross a line
     */
    public record Waits(
            double missNanos, double upgradeNanos, double retryNanos, double queueNanos, double splitNanos) {
        static final Waits NONE = new Waits(0, 0, 0, 0, 0);
    }

    /**
     * Events per operation.
     *
     * @param misses coherence misses
     * @param upgrades upgrades of a shared copy to an exclusive one
     * @param retries failed compare-and-sets
     * @param lines lines touched
     */
    public record Events(double misses, double upgrades, double retries, double lines) {}

    public OperationCost {
        Objects.requireNonNull(role);
        Objects.requireNonNull(operation);
    }

    /** {@return time that other CPUs add to the operation: all but its own work and the lines it touches} */
    public double coherenceNanos() {
        return waits.missNanos + waits.upgradeNanos + waits.retryNanos + waits.queueNanos + waits.splitNanos;
    }

    /** {@return this cost without the time that other CPUs add} */
    public OperationCost undisturbed() {
        Events alone = new Events(0, 0, 0, events.lines);
        return new OperationCost(role, operation, cpus, ratePerSecond, baseNanos, Waits.NONE, touchNanos, alone);
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
