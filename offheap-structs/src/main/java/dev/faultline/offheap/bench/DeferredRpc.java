package dev.faultline.offheap.bench;

import dev.faultline.offheap.pool.ArrayCaches;
import dev.faultline.offheap.pool.DeferredFrees;
import dev.faultline.offheap.pool.SkbCaches;
import dev.faultline.offheap.pool.Slab;

/** Frees that are sent home to the side that allocated, instead of packets that are kept. */
public final class DeferredRpc extends SkbRpc {

    /** For the fork that runs it. */
    public DeferredRpc() {
        super(cache -> DeferredFrees.over(ArrayCaches.over((Slab) cache)), false, SkbCaches.Switches.OFF);
    }
}
