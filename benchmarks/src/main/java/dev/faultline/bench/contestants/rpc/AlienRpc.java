package dev.faultline.bench.contestants.rpc;

import dev.faultline.offheap.pool.ArrayCaches;
import dev.faultline.offheap.pool.SkbCaches;
import dev.faultline.offheap.pool.Slab;

/** Array caches with alien caches, as before Linux 5.2: each side frees objects of the other side's node. */
public final class AlienRpc extends SkbRpc {

    public AlienRpc() {
        super(cache -> ArrayCaches.over((Slab) cache), false, SkbCaches.Switches.OFF);
    }
}
