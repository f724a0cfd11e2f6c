package dev.faultline.offheap.rcu;

/**
 * Runs callbacks, all of them even if some throw; what the first threw is thrown at the end, with the others' inside.
 */
public final class Callbacks {

    private Throwable first;

    /** Nothing was run yet. */
    public Callbacks() {}

    /** Runs one; keeps what it throws, whatever that is. */
    public void run(Runnable callback) {
        try {
            callback.run();
        } catch (Throwable thrown) { // an Error must not keep the others from being run either
            if (first == null) {
                first = thrown;
            } else if (first != thrown) {
                first.addSuppressed(thrown);
            }
        }
    }

    /** Throws what the first that threw has thrown; else does nothing. */
    public void throwFirst() {
        if (first != null) {
            Callbacks.<RuntimeException>throwAny(first);
        }
    }

    @SuppressWarnings("unchecked") // a callback may have thrown a checked exception as this does
    private static <E extends Throwable> void throwAny(Throwable thrown) throws E {
        throw (E) thrown;
    }
}
