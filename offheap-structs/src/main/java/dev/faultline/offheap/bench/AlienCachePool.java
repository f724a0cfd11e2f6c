package dev.faultline.offheap.bench;

import dev.faultline.offheap.pool.ArrayCaches;
import dev.faultline.offheap.pool.ObjectCache;
import dev.faultline.offheap.pool.Slab;

/** Our {@link ArrayCaches}, half of the threads on another node, so that what is freed there is alien. */
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
