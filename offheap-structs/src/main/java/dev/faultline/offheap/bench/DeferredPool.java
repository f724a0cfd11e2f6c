package dev.faultline.offheap.bench;

import dev.faultline.offheap.pool.DeferredFrees;
import dev.faultline.offheap.pool.Magazines;
import dev.faultline.offheap.pool.ObjectCache;
import dev.faultline.offheap.pool.Slab;

/** Our {@link DeferredFrees} before magazines: what another thread allocated is sent home. */
public final class DeferredPool extends CachePool {

    @Override
    ObjectCache over(Slab slab) {
        return DeferredFrees.over(Magazines.over(slab));
    }
}
