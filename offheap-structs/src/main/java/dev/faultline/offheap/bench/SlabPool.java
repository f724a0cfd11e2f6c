package dev.faultline.offheap.bench;

import dev.faultline.offheap.pool.ObjectCache;
import dev.faultline.offheap.pool.Slab;

/** Our {@link Slab} without anything in front of it: a lock for each call. */
public final class SlabPool extends CachePool {

    @Override
    ObjectCache over(Slab slab) {
        return slab;
    }
}
