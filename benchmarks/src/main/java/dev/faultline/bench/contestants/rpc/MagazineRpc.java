package dev.faultline.bench.contestants.rpc;

import dev.faultline.offheap.pool.Magazines;
import dev.faultline.offheap.pool.SkbCaches;
import dev.faultline.offheap.pool.Slab;

/** Magazines; an object of another node is freed to its page at once. */
public final class MagazineRpc extends SkbRpc {

    public MagazineRpc() {
        super(cache -> Magazines.over((Slab) cache), false, SkbCaches.Switches.OFF);
    }
}
