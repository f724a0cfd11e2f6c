package dev.faultline.bench.contestants.pool;

import dev.faultline.offheap.pool.ObjectCache;
import dev.faultline.offheap.pool.Slab;

/** {@link Slab} without a cache in front of it: each call takes a lock. */
public final class SlabPool extends CachePool {

    @Override
    ObjectCache over(Slab slab) {
        return slab;
    }
}
