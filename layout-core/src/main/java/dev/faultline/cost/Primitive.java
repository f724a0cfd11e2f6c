package dev.faultline.cost;

import dev.faultline.api.Internal;

/** What a CPU does to a line in one go. A compare-and-set loop is a load and then a compare-and-set. */
@Internal
public enum Primitive {
    /** Needs a valid copy. */
    LOAD,
    /** Needs the line exclusively. */
    STORE,
    /** Needs the line exclusively and always succeeds. */
    RMW,
    /** Needs the line exclusively; fails, and is tried again, when the word has changed since it was loaded. */
    CAS;

    /** {@return whether it takes the line exclusively} */
    public boolean writes() {
        return this != LOAD;
    }

    /** {@return whether it is an atomic read-modify-write} */
    public boolean isAtomicUpdate() {
        return this == RMW || this == CAS;
    }
}
