package dev.faultline.bench.harness;

/**
 * The time that operations of one role took.
 *
 * @param count how many operations were timed
 * @param nanos ns of all of them together, less the clock's own
 */
public record RoleTime(long count, long nanos) {

    static final RoleTime NONE = new RoleTime(0, 0);

    /** {@return both together} */
    public RoleTime plus(RoleTime other) {
        return new RoleTime(count + other.count, nanos + other.nanos);
    }

    RoleTime minus(RoleTime earlier) {
        return new RoleTime(count - earlier.count, nanos - earlier.nanos);
    }
}
