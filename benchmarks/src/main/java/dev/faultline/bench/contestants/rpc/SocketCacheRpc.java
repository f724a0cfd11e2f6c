package dev.faultline.bench.contestants.rpc;

import dev.faultline.offheap.pool.ArrayCaches;
import dev.faultline.offheap.pool.SkbCaches;
import dev.faultline.offheap.pool.Slab;

/** Array caches, and sockets that keep one packet of each direction. */
public final class SocketCacheRpc extends SkbRpc {

    public SocketCacheRpc() {
        super(cache -> ArrayCaches.over((Slab) cache), false, SkbCaches.Switches.ON);
    }
}
