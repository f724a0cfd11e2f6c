package dev.faultline.offheap.pool;

import dev.faultline.offheap.memory.Block;
import dev.faultline.offheap.memory.IntWord;

/**
 * Returns objects to the stripe that allocated them: a stripe that frees an object of another stripe puts it on that
 * stripe's list, and the owner frees it later. Since 5.19 Linux does this with packets that were read (kernel commit
 * 68822bdf76f1), instead of the sockets' caches of one packet each. A list holds 64 objects. When it becomes half full
 * the owner is notified; when it is full, objects are freed where they are.
 *
 * <p>Only the owner empties its list: in {@link Local#drain}, which corresponds to the end of a round of receiving in
 * the kernel, and in an allocation after a notification. While a stripe does neither, the objects stay on its list.
 */
public final class DeferredFrees extends StripedCache<DeferredFrees.Local> {

    /** The number of objects that a list holds ({@code net.core.skb_defer_max} in Linux 5.19). */
    static final int MOST = 64;

    private static final int LINE_PAIR = 128;
    private static final int STRIPE_BYTES = StripeCounters.BYTES + 2 * LINE_PAIR;

    private final ObjectCache backing;
    private final Block block;
    private final Local[] locals;

    private DeferredFrees(ObjectCache backing) {
        super(backing.slots(), backing.stripes());
        this.backing = backing;
        locals = new Local[backing.stripes().count()];
        block = Block.allocate((long) locals.length * STRIPE_BYTES, LINE_PAIR);
        for (int stripe = 0; stripe < locals.length; stripe++) {
            locals[stripe] = new Local(stripe);
        }
    }

    /**
     * Puts lists of deferred frees in front of a cache.
     *
     * @param backing where objects come from; close it afterwards
     * @return the cache; close it
     */
    public static DeferredFrees over(ObjectCache backing) {
        return new DeferredFrees(backing);
    }

    /** The context of a stripe, for one thread at a time. */
    public final class Local extends CountingLocal {

        private final int stripe;
        private final ObjectCache.Local home;
        private final SpinLock lock;
        private final IntWord count;
        private final IntWord first;
        private final IntWord notified;

        private Local(int stripe) {
            super(new StripeCounters(block, (long) stripe * STRIPE_BYTES));
            this.stripe = stripe;
            home = backing.local(stripe);
            long at = (long) stripe * STRIPE_BYTES + StripeCounters.BYTES;
            lock = new SpinLock(block.int32(at));
            count = block.int32(at + 4);
            first = block.int32(at + 8);
            notified = block.int32(at + LINE_PAIR); // on another line than what others write
        }

        @Override
        public long allocate() {
            if (notified.getVolatile() != 0) {
                drain();
            }
            long handle = home.allocate();
            counters.add(handle == 0 ? AllocatorCounter.EXHAUSTED : AllocatorCounter.ALLOCATIONS);
            if (handle != 0) {
                slots.note(handle, stripe);
            }
            return handle;
        }

        @Override
        public void free(long handle) {
            Local owner = locals[slots.note(handle)];
            if (owner == this) {
                home.free(handle);
                counters.add(AllocatorCounter.FREE_HITS);
            } else {
                counters.add(AllocatorCounter.REMOTE_FREES);
                if (owner.count.getVolatile() >= MOST) {
                    home.free(handle);
                } else {
                    owner.append(handle, counters);
                }
            }
            counters.add(AllocatorCounter.FREES);
        }

        private void append(long handle, StripeCounters who) {
            slots.takeBack(handle);
            boolean half;
            lock.lock(who, AllocatorCounter.LAYER_LOCKS);
            try {
                int waiting = count.get();
                half = waiting == MOST / 2;
                slots.link(handle, first.get());
                first.setOrdered(slots.index(handle) + 1);
                count.setOrdered(waiting + 1);
            } finally {
                lock.unlock();
            }
            if (half) {
                notified.setVolatile(1);
            }
        }

        /** Frees what other stripes put on this stripe's list. Only for the stripe's thread. */
        public void drain() {
            notified.setVolatile(0);
            if (first.getVolatile() == 0) {
                return;
            }
            int number;
            lock.lock(counters, AllocatorCounter.LAYER_LOCKS);
            try {
                number = first.get();
                first.set(0);
                count.setOrdered(0);
            } finally {
                lock.unlock();
            }
            counters.add(AllocatorCounter.FLUSHES);
            while (number != 0) {
                int index = number - 1;
                number = slots.unlink(index);
                home.free(slots.handle(index));
            }
        }

        /** {@return the number of objects on the list} */
        public int waiting() {
            return count.getVolatile();
        }
    }

    @Override
    Local[] locals() {
        return locals;
    }

    @Override
    public int held() {
        int held = backing.held();
        for (Local local : locals) {
            held += local.waiting();
        }
        return held;
    }

    @Override
    public AllocatorStatistics counts() {
        return super.counts().plus(backing.counts().onlyLocks());
    }

    @Override
    void release() {
        try (block) {
            for (Local local : locals) {
                local.drain();
            }
        }
    }
}
