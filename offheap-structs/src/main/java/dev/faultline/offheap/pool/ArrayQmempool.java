package dev.faultline.offheap.pool;

import dev.faultline.offheap.memory.Block;
import dev.faultline.offheap.memory.LongStack;
import dev.faultline.offheap.queue.AlfQueue;
import java.util.Map;
import java.util.Objects;

/**
 * A pool as {@link Qmempool}, with an array of free objects for each stripe in place of the stripe's queue: the object
 * freed last is allocated first, and only half an array at a time is moved to or from the shared queue. The authors of
 * {@code qmempool} did the same in the kernel's {@code page_pool} (2018), which has an array of 128 pages for the owner
 * and a shared ring behind it.
 *
 * <p><b>Cost.</b> An allocation or a free on the fast path accesses the stripe's array and the last word of the object,
 * without an atomic operation, a wait or a new Java object. It checks what every cache here checks ({@link Slots}):
 * objects freed twice, foreign and stale handles, writes beyond an object's end. It takes constant time. Once for each
 * half array there is one bulk operation on the shared queue; objects that it has no room for, or does not have, go to
 * or come from the cache behind it.
 *
 * <p><b>Memory.</b> A stripe takes {@link #stripeBytes} and keeps at most {@code arraySize} free objects, which other
 * stripes do not get while they are in its array.
 *
 * <p><b>Threads.</b> A stripe is for one thread at a time, and nothing finds out when that thread ends. Its array then
 * stays as it is; no object is lost. Another thread that has joined the ended one, or was handed the stripe in another
 * way that orders memory, can go on with the stripe or call {@link #drain}; {@link #close} gives all objects back. A
 * thread that ends inside a call, by a {@code StackOverflowError}, may lose the objects that it was moving, at most
 * half an array. A virtual thread may use a stripe, as long as the stripe is its own and not that of its carrier: it
 * may be unmounted between two calls. A call does not block, except that it yields while another thread has a lock of
 * the cache behind, or is inside a bulk operation on the shared queue.
 *
 * <p><b>Close.</b> As {@link ObjectCache#close} says: a call under way on another thread ends or throws {@link
 * IllegalStateException}, and never accesses freed memory.
 */
public final class ArrayQmempool extends StripedCache<ArrayQmempool.StripeLocal> {

    private static final int LEAST = 2;
    private static final int MOST = 65_536;

    private final ObjectCache backing;
    private final Block block;
    private final AlfQueue shared;
    private final StripeLocal[] locals;

    /** On given parts: a block with the stripes' counters at distances of {@link #stripeBytes}, and their arrays. */
    ArrayQmempool(ObjectCache backing, AlfQueue shared, Block block, LongStack[] arrays) {
        super(backing.slots(), backing.stripes());
        this.backing = backing;
        this.shared = shared;
        this.block = block;
        locals = new StripeLocal[arrays.length];
        for (int stripe = 0; stripe < locals.length; stripe++) {
            StripeCounters counters = new StripeCounters(block, stripe * stripeBytes(arrays[stripe].limit()));
            locals[stripe] = new StripeLocal(backing.local(stripe), counters, arrays[stripe]);
        }
    }

    /**
     * Makes an empty pool.
     *
     * @param backing where objects come from; close it after the pool
     * @param arraySize number of objects of a stripe's array, a power of two from 2 to 65536; {@code page_pool} has 128
     * @param sharedSize number of objects of the shared queue, a power of two from 2 to 65536, at least half of {@code
     *     arraySize}
     * @return the pool; close it
     * @throws IllegalArgumentException when a number is out of range
     */
    public static ArrayQmempool create(ObjectCache backing, int arraySize, int sharedSize) {
        Objects.requireNonNull(backing);
        expectPowerOfTwo("arraySize", arraySize, LEAST);
        expectPowerOfTwo("sharedSize", sharedSize, Math.max(LEAST, arraySize / 2));
        LongStack[] arrays = new LongStack[backing.stripes().count()];
        long stripeBytes = stripeBytes(arraySize);
        Block block = Block.allocate(arrays.length * stripeBytes, StripeCounters.BYTES);
        AlfQueue shared = null;
        try {
            for (int stripe = 0; stripe < arrays.length; stripe++) {
                arrays[stripe] = LongStack.bind(block, stripe * stripeBytes + StripeCounters.BYTES, arraySize);
            }
            shared = AlfQueue.create(sharedSize, AlfQueue.Mode.MPMC);
            return new ArrayQmempool(backing, shared, block, arrays);
        } catch (RuntimeException | Error incomplete) {
            if (shared != null) {
                shared.close();
            }
            block.close();
            throw incomplete;
        }
    }

    private static void expectPowerOfTwo(String what, int size, int least) {
        if (Integer.bitCount(size) != 1 || size < least || size > MOST) {
            throw new IllegalArgumentException(
                    what + "=" + size + ", expected a power of two from " + least + " to " + MOST);
        }
    }

    /**
     * The memory of a stripe, without its objects: its array and its counters, each on cache lines of their own.
     *
     * @param arraySize number of objects of its array
     * @return bytes; 1,280 for an array of 128
     */
    public static long stripeBytes(int arraySize) {
        long arrayBytes = LongStack.HEADER_BYTES + (long) arraySize * Long.BYTES;
        return StripeCounters.BYTES + (arrayBytes + StripeCounters.BYTES - 1 & -StripeCounters.BYTES);
    }

    final class StripeLocal extends CountingLocal {

        private final Slots objects = slots; // one reference less to follow
        private final Local home;
        private final LongStack array;
        private final int half;
        private final HandleBuffer bulk;

        StripeLocal(Local home, StripeCounters counters, LongStack array) {
            super(counters); // of what the array does not count itself
            this.home = home;
            this.array = array;
            half = array.limit() / 2;
            bulk = new HandleBuffer(half);
        }

        @Override
        public long allocate() {
            long handle = array.pop(0);
            return handle != 0 ? objects.handOut(handle) : handOut(objects, refill());
        }

        /** Fills half of the empty array from the shared queue or else from the cache; returns one object, or 0. */
        private long refill() {
            counters.add(AllocatorCounter.REFILLS);
            int got = bulk.dequeue(shared, 0, half);
            if (got == 0) {
                got = bulk.fetch(home, slots, half);
            }
            if (got == 0) {
                return 0;
            }
            bulk.addTo(array, 0, got - 1);
            return bulk.get(got - 1);
        }

        @Override
        public void free(long handle) {
            objects.takeBack(handle);
            if (!array.push(handle)) {
                try {
                    flush();
                } finally {
                    array.push(handle);
                }
            }
        }

        /** Takes the older half out of the full array. */
        private void flush() {
            counters.add(AllocatorCounter.FLUSHES);
            giveAway(bulk.takeOldest(array, 0, half));
        }

        private void giveAway(int count) {
            if (bulk.enqueue(shared, 0, count) < count) {
                bulk.give(home, slots, count);
            }
        }

        private void drain() {
            for (int taken = bulk.takeOldest(array, 0, half); taken > 0; taken = bulk.takeOldest(array, 0, half)) {
                giveAway(taken);
            }
        }

        /** Empties the array; returns what {@link HandleBuffer#tryGive} does. */
        private RuntimeException empty() {
            RuntimeException first = null;
            for (int taken = bulk.takeOldest(array, 0, half); taken > 0; taken = bulk.takeOldest(array, 0, half)) {
                first = HandleBuffer.join(first, bulk.tryGive(home, slots, taken));
            }
            return first;
        }

        /** Empties the shared queue, likewise. */
        private RuntimeException emptyShared() {
            RuntimeException first = null;
            for (int taken = bulk.dequeue(shared, 0, half); taken > 0; taken = bulk.dequeue(shared, 0, half)) {
                first = HandleBuffer.join(first, bulk.tryGive(home, slots, taken));
            }
            return first;
        }

        /** {@return what the array has counted} */
        private AllocatorStatistics counted() {
            long popped = array.popped();
            long pushed = array.pushed();
            long flushes = counters.get(AllocatorCounter.FLUSHES);
            return new AllocatorStatistics(Map.of(
                    AllocatorCounter.ALLOCATIONS, popped,
                    AllocatorCounter.ALLOCATION_HITS, popped,
                    AllocatorCounter.FREES, pushed,
                    AllocatorCounter.FREE_HITS, pushed - flushes));
        }
    }

    @Override
    StripeLocal[] locals() {
        return locals;
    }

    /** {@return the number of objects in the shared queue; exact when no other thread uses the pool} */
    public int heldShared() {
        return shared.size();
    }

    /**
     * The number of objects in a stripe's array; exact when no other thread uses the pool.
     *
     * @param stripe the index of the stripe, from 0
     * @return how many
     */
    public int heldBy(int stripe) {
        return locals[stripe].array.size();
    }

    /**
     * Moves the objects in a stripe's array to the shared queue, and those for which that has no room to the cache, so
     * that other stripes get them. For a stripe that is not used for a while, or whose thread has ended. Only for the
     * stripe's thread, or for one that has taken the stripe over from it.
     *
     * @param stripe the index of the stripe, from 0
     */
    public void drain(int stripe) {
        locals[stripe].drain();
    }

    @Override
    public int held() {
        int held = backing.held() + shared.size();
        for (StripeLocal local : locals) {
            held += local.array.size();
        }
        return held;
    }

    @Override
    public AllocatorStatistics counts() {
        AllocatorStatistics all = super.counts().plus(backing.counts().onlyLocks());
        for (StripeLocal local : locals) {
            all = all.plus(local.counted());
        }
        return all;
    }

    @Override
    void release() {
        RuntimeException overwritten = null;
        try {
            for (StripeLocal local : locals) {
                overwritten = HandleBuffer.join(overwritten, local.empty());
            }
            overwritten = HandleBuffer.join(overwritten, locals[0].emptyShared());
        } finally {
            shared.close();
            block.close();
        }
        if (overwritten != null) {
            throw overwritten;
        }
    }
}
