package dev.faultline.offheap.refcount;

/** Callbacks that run at once, without a grace period, as in a count that is wrong on purpose. */
final class NoGracePeriods implements RcuCallbacks {

    @Override
    public void defer(Runnable callback) {
        callback.run();
    }

    @Override
    public void barrier() {
        // no callback is left to wait for
    }
}
