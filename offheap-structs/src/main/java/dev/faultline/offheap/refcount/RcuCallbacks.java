package dev.faultline.offheap.refcount;

import dev.faultline.offheap.memory.StripeAreas;
import dev.faultline.offheap.rcu.GracePeriods;

/** The two operations that a count needs of {@link GracePeriods}; tests replace them. */
interface RcuCallbacks {

    /** Runs a callback after a grace period; see {@link GracePeriods#defer}. */
    void defer(Runnable callback);

    /** Waits until the callbacks deferred so far have run; see {@link GracePeriods#barrier}. */
    void barrier();

    /**
     * {@return the operations of {@code periods}} A reader's slot is the index of its stripe, so there must be at least
     * as many stripes as readers; this is checked here and not at each access.
     */
    static RcuCallbacks of(GracePeriods periods, StripeAreas areas) {
        if (areas.stripes() < periods.mostReaders()) {
            throw new IllegalArgumentException("stripes=" + areas.stripes() + ", expected at least one for each of the "
                    + periods.mostReaders() + " readers");
        }
        return new RcuCallbacks() {
            @Override
            public void defer(Runnable callback) {
                periods.defer(callback);
            }

            @Override
            public void barrier() {
                periods.barrier();
            }
        };
    }
}
