package dev.faultline.bench.contestants.refcount;

import dev.faultline.offheap.refcount.Rcuref;

/** Fails a fork whose count reports misuse: its scores would be worth nothing. */
final class FailingRcurefListener implements Rcuref.Listener {

    @Override
    public void saturated() {
        throw new IllegalStateException("the count is saturated");
    }

    @Override
    public void imbalancedPut() {
        throw new IllegalStateException("more was put than got");
    }
}
