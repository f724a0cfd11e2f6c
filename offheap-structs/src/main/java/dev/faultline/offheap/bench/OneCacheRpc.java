package dev.faultline.offheap.bench;

import dev.faultline.offheap.pool.ArrayCaches;
import dev.faultline.offheap.pool.SkbCaches;
import dev.faultline.offheap.pool.Slab;

/** One cache for both directions: what a side frees is what it allocates next. */
public final class OneCacheRpc extends SkbRpc {

    /** For the fork that runs it. */
    public OneCacheRpc() {
        super(cache -> ArrayCaches.over((Slab) cache), true, SkbCaches.Switches.OFF);
    }
}
