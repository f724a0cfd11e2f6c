package dev.faultline.bench.contestants.pool;

import dev.faultline.offheap.pool.DeferredFrees;
import dev.faultline.offheap.pool.Magazines;
import dev.faultline.offheap.pool.ObjectCache;
import dev.faultline.offheap.pool.Slab;

/** {@link DeferredFrees} over magazines: an object that another thread allocated is sent back to that thread. */
public final class DeferredPool extends CachePool {

    @Override
    ObjectCache over(Slab slab) {
        return DeferredFrees.over(Magazines.over(slab));
    }
}
