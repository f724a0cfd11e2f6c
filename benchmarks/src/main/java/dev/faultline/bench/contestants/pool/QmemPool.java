package dev.faultline.bench.contestants.pool;

import dev.faultline.offheap.pool.ObjectCache;
import dev.faultline.offheap.pool.Qmempool;
import dev.faultline.offheap.pool.Slab;

/** {@link Qmempool} over the slab, in the sizes of the posting to netdev. */
public final class QmemPool extends CachePool {

    private static final int LOCAL_SIZE = 32;
    private static final int SHARED_SIZE = 1024;

    @Override
    ObjectCache over(Slab slab) {
        return Qmempool.create(slab, LOCAL_SIZE, SHARED_SIZE, 0);
    }
}
