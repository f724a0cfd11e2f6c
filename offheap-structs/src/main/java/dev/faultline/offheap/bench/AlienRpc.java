package dev.faultline.offheap.bench;

import dev.faultline.offheap.pool.ArrayCaches;
import dev.faultline.offheap.pool.SkbCaches;
import dev.faultline.offheap.pool.Slab;

/** Array caches with aliens, as before Linux 5.2: what each side frees belongs to the other's node. */
public final class AlienRpc extends SkbRpc {

    /** For the fork that runs it. */
    public AlienRpc() {
        super(cache -> ArrayCaches.over((Slab) cache), false, SkbCaches.Switches.OFF);
    }
}
