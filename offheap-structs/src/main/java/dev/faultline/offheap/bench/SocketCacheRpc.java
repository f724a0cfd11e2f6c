package dev.faultline.offheap.bench;

import dev.faultline.offheap.pool.ArrayCaches;
import dev.faultline.offheap.pool.SkbCaches;
import dev.faultline.offheap.pool.Slab;

/** Sockets that keep one packet of each direction. */
public final class SocketCacheRpc extends SkbRpc {

    /** For the fork that runs it. */
    public SocketCacheRpc() {
        super(cache -> ArrayCaches.over((Slab) cache), false, SkbCaches.Switches.ON);
    }
}
