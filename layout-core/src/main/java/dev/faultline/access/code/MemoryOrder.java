package dev.faultline.access.code;

import dev.faultline.api.Internal;

/** How an access is ordered against others, from weakest to strongest. */
@Internal
public enum MemoryOrder {
    /** An ordinary load or store. */
    PLAIN,
    /** Opaque or relaxed: atomic, without order. */
    OPAQUE,
    /** Acquire or release: {@code lazySet}, {@code putOrdered}, {@code setRelease}, {@code getAcquire}. */
    ORDERED,
    /** Volatile or sequentially consistent. */
    VOLATILE;

    /** {@return whether code that is used by one thread alone would not ask for it} */
    public boolean isForThreads() {
        return this != PLAIN;
    }
}
