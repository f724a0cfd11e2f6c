package dev.faultline.offheap.bench;

import dev.faultline.offheap.pool.Magazines;
import dev.faultline.offheap.pool.SkbCaches;
import dev.faultline.offheap.pool.Slab;

/** Magazines; what belongs to another node goes to its page at once. */
public final class MagazineRpc extends SkbRpc {

    /** For the fork that runs it. */
    public MagazineRpc() {
        super(cache -> Magazines.over((Slab) cache), false, SkbCaches.Switches.OFF);
    }
}
