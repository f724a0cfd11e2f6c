package dev.faultline.bench.contestants.rpc;

import dev.faultline.offheap.pool.ArrayCaches;
import dev.faultline.offheap.pool.DeferredFrees;
import dev.faultline.offheap.pool.SkbCaches;
import dev.faultline.offheap.pool.Slab;

/** Array caches; frees are sent back to the side that allocated. */
public final class DeferredRpc extends SkbRpc {

    public DeferredRpc() {
        super(cache -> DeferredFrees.over(ArrayCaches.over((Slab) cache)), false, SkbCaches.Switches.OFF);
    }
}
