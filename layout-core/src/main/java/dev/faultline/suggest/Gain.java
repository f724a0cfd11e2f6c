package dev.faultline.suggest;

import java.util.Objects;

/**
 * What a candidate does for one operation of one role, by the closed form.
 *
 * @param role name of the role
 * @param operation name of the operation
 * @param cpus how many CPUs do it
 * @param ratePerSecond how often each of them wants to
 * @param beforeNanos what the operation takes today, in ns
 * @param afterNanos what it takes with the candidate, in ns
 */
public record Gain(
        String role, String operation, int cpus, double ratePerSecond, double beforeNanos, double afterNanos) {
    /** Refuses nulls. */
    public Gain {
        Objects.requireNonNull(role);
        Objects.requireNonNull(operation);
    }

    /** {@return what it saves an operation, in ns; negative when the operation gets slower} */
    public double nanosPerOp() {
        return beforeNanos - afterNanos;
    }

    /** {@return what it saves all CPUs, in CPUs' worth of time} */
    public double cpusSaved() {
        return nanosPerOp() * ratePerSecond * cpus * 1e-9;
    }
}
