package dev.faultline.bench.contestants.rpc;

import dev.faultline.offheap.pool.SkbCaches;

/** A slab without caches. */
public final class SlabRpc extends SkbRpc {

    public SlabRpc() {
        super(cache -> cache, false, SkbCaches.Switches.OFF);
    }
}
