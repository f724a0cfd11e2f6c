package dev.faultline.offheap.refcount;

import dev.faultline.offheap.rcu.GracePeriods;

/** What a count needs of grace periods. */
interface Grace {

    /** Runs something when everybody who is inside now has left. */
    void defer(Runnable callback);

    /** Waits until what was deferred is run. */
    void barrier();

    static Grace of(GracePeriods periods) {
        return new Grace() {
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
