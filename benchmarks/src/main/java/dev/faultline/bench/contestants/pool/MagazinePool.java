package dev.faultline.bench.contestants.pool;

import dev.faultline.offheap.pool.Magazines;
import dev.faultline.offheap.pool.ObjectCache;
import dev.faultline.offheap.pool.Slab;

/** {@link Magazines} over the slab. */
public final class MagazinePool extends CachePool {

    @Override
    ObjectCache over(Slab slab) {
        return Magazines.over(slab);
    }
}
