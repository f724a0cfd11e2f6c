package dev.faultline.bench.harness;

/**
 * The time that operations of one role took.
 *
 * @param count how many operations were timed
 * @param nanos ns of all of them together, less the clock's own; can be negative when they are short
 * @param clockNanos ns that reading the clock took, or its step when that is longer: {@code nanos} is known to that
 */
public record RoleTime(long count, long nanos, long clockNanos) {

    static final RoleTime NONE = new RoleTime(0, 0, 0);

    /** {@return both together} */
    public RoleTime plus(RoleTime other) {
        return new RoleTime(count + other.count, nanos + other.nanos, clockNanos + other.clockNanos);
    }

    RoleTime minus(RoleTime earlier) {
        return new RoleTime(count - earlier.count, nanos - earlier.nanos, clockNanos - earlier.clockNanos);
    }

    /** {@return ns of one operation, at least the resolution; for at least one operation} */
    double nanosPerOp() {
        return Math.max(resolutionNanos(), (double) nanos / count);
    }

    /** {@return to how many ns an operation's time is known, above 0; for at least one operation} */
    double resolutionNanos() {
        return (double) Math.max(1, clockNanos) / count;
    }
}
