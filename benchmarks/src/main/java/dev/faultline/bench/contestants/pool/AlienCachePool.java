package dev.faultline.bench.contestants.pool;

import dev.faultline.offheap.pool.ArrayCaches;
import dev.faultline.offheap.pool.ObjectCache;
import dev.faultline.offheap.pool.Slab;

/** {@link ArrayCaches} with half of the threads on another node, so that they free objects of the first node. */
public final class AlienCachePool extends CachePool {

    @Override
    int nodes() {
        return 2;
    }

    @Override
    ObjectCache over(Slab slab) {
        return ArrayCaches.over(slab);
    }
}
