package dev.faultline.suggest;

import java.util.Objects;

/**
 * Change of the time of one operation of one role, by the closed form.
 *
 * @param role name of the role
 * @param operation name of the operation
 * @param cpus number of CPUs that execute it
 * @param ratePerSecond executions per second on each of these CPUs
 * @param beforeNanos time per execution in today's layout, in ns
 * @param afterNanos time per execution in the candidate, in ns
 */
public record Gain(
        String role, String operation, int cpus, double ratePerSecond, double beforeNanos, double afterNanos) {
    public Gain {
        Objects.requireNonNull(role);
        Objects.requireNonNull(operation);
    }

    /** {@return the time saved per execution, in ns; negative when the operation gets slower} */
    public double nanosPerOp() {
        return beforeNanos - afterNanos;
    }

    /** {@return the time saved on all CPUs together, in CPUs (1 is the whole time of one CPU)} */
    public double cpusSaved() {
        return nanosPerOp() * ratePerSecond * cpus * 1e-9;
    }
}
