package dev.faultline.access;

/**
 * The rate that stands for {@code rate: max}: what a CPU that does nothing else would reach without waiting for lines,
 * were its accesses as short as on the fastest processors. A CPU that is asked for more than it can do never rests, and
 * is not asked for a multiple: an operation with a rate of its own on the same CPU is slowed down with it, in
 * proportion.
 */
final class FullRate {

    /** A load or a store that hits: four a ns are more than any processor does. */
    private static final double ACCESS_NANOS = 0.25;

    /** An atomic update of a line that the CPU owns. */
    private static final double ATOMIC_NANOS = 1;

    private FullRate() {}

    /** {@return the rate of each operation that a role does at full rate: they take turns} */
    static double of(StructProfile profile, String role) {
        double nanos = 0;
        for (Operation operation : profile.operations()) {
            if (operation.role().equals(role) && operation.isAtFullRate()) {
                nanos += shortestNanos(operation);
            }
        }
        return 1e9 / Math.max(ACCESS_NANOS, nanos);
    }

    private static double shortestNanos(Operation operation) {
        double nanos = 0;
        for (Access access : operation.accesses()) {
            nanos += access.gapNanos() + (access.kind().isOfOneWord() ? ATOMIC_NANOS : ACCESS_NANOS);
        }
        return nanos;
    }
}
