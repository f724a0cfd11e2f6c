package dev.faultline.bench.contestants.pool;

import dev.faultline.offheap.pool.ArrayCaches;
import dev.faultline.offheap.pool.ArrayQmempool;
import dev.faultline.offheap.pool.DeferredFrees;
import dev.faultline.offheap.pool.Magazines;
import dev.faultline.offheap.pool.ObjectCache;
import dev.faultline.offheap.pool.Qmempool;
import dev.faultline.offheap.pool.Slab;
import dev.faultline.offheap.pool.Slots;
import dev.faultline.offheap.pool.StripeNodes;
import java.util.Map;
import java.util.function.Function;

/** The off-heap pools: objects of 224 bytes in slots of 256, and a stripe per thread. */
public final class CachePool implements PoolContestant {

    private static final int OBJECT_BYTES = 224;
    private static final int LINE_BYTES = 64;
    /** How many objects caches can hold beside those that are taken. */
    private static final int SPARE_OBJECTS = 8192;

    /** What is in front of the slab. */
    public enum Front {
        SLAB(1, slab -> slab),
        ARRAY_CACHES(1, ArrayCaches::over),
        ALIEN_CACHES(2, ArrayCaches::over),
        MAGAZINES(1, Magazines::over),
        DEFERRED(1, slab -> DeferredFrees.over(Magazines.over(slab))),
        /** In the sizes of the posting to netdev. */
        QMEMPOOL(1, slab -> Qmempool.create(slab, 32, 1024, 0)),
        /** With an array for as many objects as Netty's recycler is told to keep for a thread. */
        ARRAY_QMEMPOOL(1, slab -> ArrayQmempool.create(slab, 256, 1024));

        private final int nodes;
        private final Function<Slab, ObjectCache> over;

        Front(int nodes, Function<Slab, ObjectCache> over) {
            this.nodes = nodes;
            this.over = over;
        }
    }

    private final Front front;
    private long[] slots = {};
    private ObjectCache cache;

    public CachePool(String front) {
        this.front = Front.valueOf(front);
    }

    @Override
    public void open(int threads, int count) {
        slots = new long[count];
        // one half of the threads allocates, the other frees; with two nodes they are on different ones
        StripeNodes stripes = new StripeNodes(threads, Math.max(1, threads / front.nodes));
        cache = front.over.apply(Slab.create(stripes, count + SPARE_OBJECTS, OBJECT_BYTES, LINE_BYTES));
    }

    @Override
    public User user(int thread) {
        return new Owner(slots, cache, thread);
    }

    private static final class Owner implements User {
        private final long[] slots;
        private final ObjectCache.Local local;
        private final Slots objects;
        private final ObjectCache counted;

        Owner(long[] slots, ObjectCache cache, int thread) {
            this.slots = slots;
            local = cache.local(thread);
            objects = cache.slots();
            counted = thread == 0 ? cache : null; // counts are of all threads together, so one thread reports them
        }

        @Override
        public void take(int slot) {
            long object = local.allocate();
            if (object == 0) {
                throw new IllegalStateException("no object left");
            }
            objects.set(object, 0, slot);
            slots[slot] = object;
        }

        @Override
        public void free(int slot) {
            long object = slots[slot];
            if (objects.get(object, 0) != slot) {
                throw new IllegalStateException("slot " + slot + " holds another's object");
            }
            local.free(object);
        }

        @Override
        public Map<String, Long> counters() {
            return counted == null ? Map.of() : Map.of("locks", counted.counts().locks());
        }
    }
}
