package dev.faultline.offheap.rcu;

import dev.faultline.api.Internal;

/** Runs callbacks, all of them even if some throw, and throws the first exception at the end. For one thread. */
@Internal
public final class Callbacks {

    private Throwable first;

    public Callbacks() {}

    /**
     * Runs a callback, and keeps what it throws.
     *
     * @param callback the callback
     */
    public void run(Runnable callback) {
        try {
            callback.run();
        } catch (Throwable thrown) { // after an Error too the others must run
            if (first == null) {
                first = thrown;
            } else if (first != thrown) {
                first.addSuppressed(thrown);
            }
        }
    }

    /**
     * Throws the first exception or error that a callback threw, with the others suppressed; does nothing if none
     * threw.
     */
    public void throwFirst() {
        if (first != null) {
            Callbacks.<RuntimeException>throwAny(first);
        }
    }

    @SuppressWarnings("unchecked") // a callback may throw a checked exception by the same trick
    private static <E extends Throwable> void throwAny(Throwable thrown) throws E {
        throw (E) thrown;
    }
}
