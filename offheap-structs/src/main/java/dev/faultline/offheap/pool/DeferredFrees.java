package dev.faultline.offheap.pool;

import dev.faultline.offheap.memory.Block;
import dev.faultline.offheap.memory.IntWord;
import java.util.Arrays;

/**
 * Sends objects home: one that another stripe allocated is put on a list of that stripe, which frees it itself when it comes
 * by. Since 5.19 Linux does so with packets that a reader has done with (kernel commit 68822bdf76f1), instead of the caches
 * of one packet each. A stripe's list takes 64; when it is half full its owner is told, when it is full objects are freed where they are.
 *
 * <p>A list is emptied by its owner only: when it says {@link Local#drain}, as the kernel does at the end of a round of
 * receiving, and when it allocates after it was told. What is on the list of a stripe that does neither stays there.
 */
public final class DeferredFrees implements ObjectCache {

    /** How many objects a list takes ({@code net.core.skb_defer_max} in Linux 5.19). */
    static final int MOST = 64;

    private static final int LINE_PAIR = 128;
    private static final int STRIPE_BYTES = StripeCounters.BYTES + 2 * LINE_PAIR;

    private final ObjectCache backing;
    private final Slots slots;
    private final Block block;
    private final Local[] locals;
    private boolean closed;

    private DeferredFrees(ObjectCache backing) {
        this.backing = backing;
        slots = backing.slots();
        locals = new Local[backing.stripes().count()];
        block = Block.allocate((long) locals.length * STRIPE_BYTES, LINE_PAIR);
        for (int stripe = 0; stripe < locals.length; stripe++) {
            locals[stripe] = new Local(stripe);
        }
    }

    /**
     * Puts lists of deferred frees in front of a cache.
     *
     * @param backing where objects come from and go to; to be closed afterwards
     * @return the cache; to be closed
     */
    public static DeferredFrees over(ObjectCache backing) {
        return new DeferredFrees(backing);
    }

    /** What one thread at a time allocates and frees with. */
    public final class Local implements ObjectCache.Local {

        private final int stripe;
        private final ObjectCache.Local home;
        private final StripeCounters counters;
        private final SpinLock lock;
        private final IntWord count;
        private final IntWord first;
        private final IntWord told;

        private Local(int stripe) {
            this.stripe = stripe;
            home = backing.local(stripe);
            long at = (long) stripe * STRIPE_BYTES;
            counters = new StripeCounters(block, at);
            lock = new SpinLock(block.int32(at + StripeCounters.BYTES));
            count = block.int32(at + StripeCounters.BYTES + 4);
            first = block.int32(at + StripeCounters.BYTES + 8);
            told = block.int32(
                    at + StripeCounters.BYTES + LINE_PAIR); // apart: the owner looks at it, the others write the rest
        }

        @Override
        public long allocate() {
            if (told.getVolatile() != 0) {
                drain();
            }
            long handle = home.allocate();
            if (handle == 0) {
                counters.add(AllocatorCounter.EXHAUSTED);
                return 0;
            }
            slots.note(handle, stripe);
            counters.add(AllocatorCounter.ALLOCATIONS);
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
                told.setVolatile(1);
            }
        }

        /** Frees what others put on this stripe's list. For the stripe's thread. */
        public void drain() {
            told.setVolatile(0);
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

        /** {@return how many objects are on the list} */
        public int waiting() {
            return count.getVolatile();
        }
    }

    @Override
    public Local local(int stripe) {
        return locals[stripe];
    }

    @Override
    public Slots slots() {
        return slots;
    }

    @Override
    public StripeNodes stripes() {
        return backing.stripes();
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
        return StripeCounters.sum(Arrays.stream(locals).map(local -> local.counters))
                .plus(backing.counts().onlyLocks());
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try (block) {
            for (Local local : locals) {
                local.drain();
            }
        }
    }
}
