package dev.faultline.bench.contestants.pool;

import dev.faultline.offheap.pool.ArrayCaches;
import dev.faultline.offheap.pool.ObjectCache;
import dev.faultline.offheap.pool.Slab;

/** {@link ArrayCaches} with all threads on one node. */
public final class ArrayCachePool extends CachePool {

    @Override
    ObjectCache over(Slab slab) {
        return ArrayCaches.over(slab);
    }
}
