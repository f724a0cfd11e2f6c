package dev.faultline.cost;

import dev.faultline.api.Internal;
import dev.faultline.machine.Costs;

/** The way one step accesses a line. A compare-and-set loop is a load followed by a compare-and-set. */
@Internal
public enum Primitive {
    /** Needs a valid copy. */
    LOAD,
    /** Needs the line exclusively. */
    STORE,
    /** Needs the line exclusively and always succeeds. */
    RMW,
    /** Needs the line exclusively; fails and is repeated when the word has changed since it was loaded. */
    CAS;

    /**
     * Mean time from a store to a line that the CPU holds until it leaves the store buffer, in ns. With it, loops that
     * load and store one word come out as measured at gaps of 5 to 20 ns (docs/validation.md, section 5).
     */
    public static final double COMMIT_NANOS = 7;

    /** {@return whether it needs the line exclusively} */
    public boolean writes() {
        return this != LOAD;
    }

    /** {@return whether it is an atomic read-modify-write} */
    public boolean isAtomicUpdate() {
        return this == RMW || this == CAS;
    }

    /**
     * {@return the time of such an access to a line that the CPU holds in the required state, in ns}
     */
    public double ownNanos(Costs costs) {
        return switch (this) {
            case LOAD -> costs.hitNanos().value();
            case STORE -> costs.pipeline().storeNanos().value();
            case RMW, CAS -> costs.atomicNanos().value();
        };
    }
}
