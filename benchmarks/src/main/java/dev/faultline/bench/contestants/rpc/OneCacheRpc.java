package dev.faultline.bench.contestants.rpc;

import dev.faultline.offheap.pool.ArrayCaches;
import dev.faultline.offheap.pool.SkbCaches;
import dev.faultline.offheap.pool.Slab;

/** One array cache for both directions: a side allocates what it freed before. */
public final class OneCacheRpc extends SkbRpc {

    public OneCacheRpc() {
        super(cache -> ArrayCaches.over((Slab) cache), true, SkbCaches.Switches.OFF);
    }
}
