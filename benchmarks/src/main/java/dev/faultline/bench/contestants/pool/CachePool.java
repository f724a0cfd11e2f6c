package dev.faultline.bench.contestants.pool;

import dev.faultline.offheap.memory.LongWords;
import dev.faultline.offheap.pool.ObjectCache;
import dev.faultline.offheap.pool.Slab;
import dev.faultline.offheap.pool.Slots;
import dev.faultline.offheap.pool.Stripes;
import java.util.Map;

/** Base of the off-heap pools: objects of 224 bytes in slots of 256, and a stripe per thread. */
abstract class CachePool implements PoolContestant {

    private static final int OBJECT_BYTES = 224;
    private static final int LINE_BYTES = 64;
    /** How many objects caches can hold beside those that are taken. */
    private static final int SPARE_OBJECTS = 8192;

    private long[] slots = {};
    private ObjectCache cache;

    @Override
    public void open(int threads, int count) {
        slots = new long[count];
        // one half of the threads allocates, the other frees; with two nodes they are on different ones
        Stripes stripes = new Stripes(threads, Math.max(1, threads / nodes()));
        cache = over(Slab.create(stripes, slots.length + SPARE_OBJECTS, OBJECT_BYTES, LINE_BYTES));
    }

    /** {@return how many nodes the threads are on} */
    int nodes() {
        return 1;
    }

    /** {@return the cache in front of the slab} */
    abstract ObjectCache over(Slab slab);

    @Override
    public User user(int thread) {
        return new Owner(slots, cache, thread);
    }

    private static final class Owner implements User {
        private final long[] slots;
        private final ObjectCache.Local local;
        private final Slots objects;
        private final LongWords words;
        private final ObjectCache counted;

        Owner(long[] slots, ObjectCache cache, int thread) {
            this.slots = slots;
            local = cache.local(thread);
            objects = cache.slots();
            words = objects.words();
            counted = thread == 0 ? cache : null; // counts are of all threads together, so one thread reports them
        }

        @Override
        public void take(int slot) {
            long object = local.allocate();
            if (object == 0) {
                throw new IllegalStateException("no object left");
            }
            words.set(objects.firstWord(object), slot);
            slots[slot] = object;
        }

        @Override
        public void free(int slot) {
            long object = slots[slot];
            if (words.get(objects.firstWord(object)) != slot) {
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
