package dev.faultline.offheap.bench;

import dev.faultline.offheap.refcount.Rcuref;

/** Counts that complain have been used wrongly, and their scores are worth nothing. */
final class Complaints {

    static final Rcuref.Listener OF_COUNTS = new Rcuref.Listener() {
        @Override
        public void saturated() {
            throw new IllegalStateException("the count is saturated");
        }

        @Override
        public void imbalancedPut() {
            throw new IllegalStateException("more was put than got");
        }
    };

    private Complaints() {}
}
