package dev.faultline.offheap.pool;

import dev.faultline.offheap.memory.Block;
import dev.faultline.offheap.queue.AlfQueue;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/**
 * A pool of objects in queues: a local one for each stripe, which costs no atomic operation, and a shared one, which costs one for each
 * sixteen objects; behind both is the cache that objects come from. After the kernel's {@code qmempool}, posted in 2014.
 *
 * <p>It never makes objects of its own and never loses one. Where the original gave up, it goes on: when the cache has only some of the
 * objects of a refill those are kept, and what the shared queue has no room for, because others refilled it as well, goes back.
 */
public final class Qmempool implements ObjectCache {

    /** How many objects are moved between queues at a time. */
    static final int BULK = 16;

    /** How many bulks the shared queue gets, or loses, when it is empty, or full. */
    static final int REFILL_MULTIPLIER = 2;

    private static final int MOST = 65_536;

    private final ObjectCache backing;
    private final Slots slots;
    private final Block block;
    private final AlfQueue shared;
    private final StripeLocal[] locals;
    private final int preallocated;
    private boolean closed;

    private Qmempool(ObjectCache backing, int localSize, int sharedSize, int preallocated) {
        this.backing = backing;
        this.preallocated = preallocated;
        slots = backing.slots();
        locals = new StripeLocal[backing.stripes().count()];
        block = Block.allocate((long) locals.length * StripeCounters.BYTES, StripeCounters.BYTES);
        shared = AlfQueue.create(sharedSize, AlfQueue.Mode.MPMC);
        for (int stripe = 0; stripe < locals.length; stripe++) {
            locals[stripe] = new StripeLocal(stripe, AlfQueue.create(localSize, AlfQueue.Mode.SPSC));
        }
    }

    /**
     * Makes a pool.
     *
     * @param backing where objects come from; to be closed after the pool
     * @param localSize objects a local queue holds, a power of two from 16 to 65536
     * @param sharedSize objects the shared queue holds, a power of two from 32 to 65536
     * @param preallocated objects to put into the shared queue now, from 0 to {@code sharedSize}; best a multiple of 16
     * @return the pool; to be closed
     * @throws IllegalArgumentException when a number is out of range
     * @throws IllegalStateException when the cache has not as many objects; it has them all again
     */
    public static Qmempool create(ObjectCache backing, int localSize, int sharedSize, int preallocated) {
        Objects.requireNonNull(backing);
        expectPowerOfTwo("localSize", localSize, BULK);
        expectPowerOfTwo("sharedSize", sharedSize, BULK * REFILL_MULTIPLIER);
        if (preallocated < 0 || preallocated > sharedSize) {
            throw new IllegalArgumentException(
                    "preallocated=" + preallocated + ", expected 0 to sharedSize=" + sharedSize);
        }
        Qmempool pool = new Qmempool(backing, localSize, sharedSize, preallocated);
        for (int i = 0; i < preallocated; i++) {
            if (!pool.preallocate()) {
                pool.close();
                throw new IllegalStateException("only " + i + " of " + preallocated + " objects to preallocate");
            }
        }
        return pool;
    }

    private static void expectPowerOfTwo(String what, int size, int least) {
        if (Integer.bitCount(size) != 1 || size < least || size > MOST) {
            throw new IllegalArgumentException(
                    what + "=" + size + ", expected a power of two from " + least + " to " + MOST);
        }
    }

    private boolean preallocate() {
        long handle = backing.local(0).allocate();
        if (handle == 0) {
            return false;
        }
        slots.takeBack(handle);
        return shared.offer(handle);
    }

    /** {@return what is odd about how it was made: objects to preallocate that are no whole number of bulks} */
    public Optional<String> warning() {
        return preallocated % BULK == 0
                ? Optional.empty()
                : Optional.of("preallocated=" + preallocated + " is no multiple of " + BULK
                        + "; some refill will move less than a bulk");
    }

    private final class StripeLocal implements Local {

        private final Local home;
        private final StripeCounters counters;
        private final AlfQueue queue;
        private final HandleBuffer bulk = new HandleBuffer(BULK);

        StripeLocal(int stripe, AlfQueue queue) {
            this.queue = queue;
            home = backing.local(stripe);
            counters = new StripeCounters(block, (long) stripe * StripeCounters.BYTES);
        }

        @Override
        public long allocate() {
            long handle = queue.poll(0);
            if (handle != 0) {
                counters.add(AllocatorCounter.ALLOCATION_HITS);
            } else {
                handle = refill();
                if (handle == 0) {
                    counters.add(AllocatorCounter.EXHAUSTED);
                    return 0;
                }
            }
            counters.add(AllocatorCounter.ALLOCATIONS);
            return slots.handOut(handle);
        }

        /** Fetches a bulk from the shared queue, or has that filled; returns one object, held, or 0. */
        private long refill() {
            counters.add(AllocatorCounter.REFILLS);
            int taken = bulk.dequeue(shared, 0, BULK);
            if (taken == 0) {
                return refillShared();
            }
            bulk.enqueue(queue, 1, taken - 1); // it is empty, and has room for a bulk
            return bulk.get(0);
        }

        private long refillShared() {
            long handle = home.allocate();
            if (handle == 0) {
                return 0;
            }
            slots.takeBack(handle);
            int got = BULK;
            for (int i = 0; i < REFILL_MULTIPLIER && got == BULK; i++) {
                got = fetch();
                if (bulk.enqueue(shared, 0, got) < got) {
                    giveHome(got); // others have filled it in the meantime
                }
            }
            return handle;
        }

        /** Takes up to a bulk from the cache; fewer when it has no more. */
        private int fetch() {
            int got = 0;
            while (got < BULK) {
                long handle = home.allocate();
                if (handle == 0) {
                    break;
                }
                slots.takeBack(handle);
                bulk.set(got++, handle);
            }
            return got;
        }

        @Override
        public void free(long handle) {
            slots.takeBack(handle);
            counters.add(AllocatorCounter.FREES);
            if (queue.offer(handle)) {
                counters.add(AllocatorCounter.FREE_HITS);
                return;
            }
            counters.add(AllocatorCounter.FLUSHES);
            bulk.set(0, handle);
            int taken = 1 + bulk.dequeue(queue, 1, BULK - 1);
            if (bulk.enqueue(shared, 0, taken) < taken) {
                giveHome(taken);
                makeRoom();
            }
        }

        /** Takes bulks out of the shared queue, so that the next who comes finds room. */
        private void makeRoom() {
            for (int i = 0; i < REFILL_MULTIPLIER; i++) {
                giveHome(bulk.dequeue(shared, 0, BULK));
            }
        }

        private void giveHome(int count) {
            for (int i = 0; i < count; i++) {
                home.free(slots.handOut(bulk.get(i)));
            }
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

    /** {@return how many objects the shared queue holds; exact when nobody is inside} */
    public int heldShared() {
        return shared.size();
    }

    /** {@return how many objects the queue of a stripe holds; exact when nobody is inside} */
    public int heldBy(int stripe) {
        return locals[stripe].queue.size();
    }

    @Override
    public int held() {
        int held = backing.held() + shared.size();
        for (StripeLocal local : locals) {
            held += local.queue.size();
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
        try {
            for (StripeLocal local : locals) {
                empty(local.queue, local);
            }
            empty(shared, locals[0]);
        } finally {
            for (StripeLocal local : locals) {
                local.queue.close();
            }
            shared.close();
            block.close();
        }
    }

    private static void empty(AlfQueue queue, StripeLocal local) {
        for (int taken = local.bulk.dequeue(queue, 0, BULK); taken > 0; taken = local.bulk.dequeue(queue, 0, BULK)) {
            local.giveHome(taken);
        }
    }
}
