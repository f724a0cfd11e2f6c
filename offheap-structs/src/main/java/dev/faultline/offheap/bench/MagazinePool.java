package dev.faultline.offheap.bench;

import dev.faultline.offheap.pool.Magazines;
import dev.faultline.offheap.pool.ObjectCache;
import dev.faultline.offheap.pool.Slab;

/** Our {@link Magazines}. */
public final class MagazinePool extends CachePool {

    @Override
    ObjectCache over(Slab slab) {
        return Magazines.over(slab);
    }
}
