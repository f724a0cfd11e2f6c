package dev.faultline.offheap.bench;

import dev.faultline.offheap.pool.SkbCaches;

/** No caches at all. */
public final class SlabRpc extends SkbRpc {

    /** For the fork that runs it. */
    public SlabRpc() {
        super(cache -> cache, false, SkbCaches.Switches.OFF);
    }
}
