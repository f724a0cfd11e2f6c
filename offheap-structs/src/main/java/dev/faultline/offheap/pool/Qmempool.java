package dev.faultline.offheap.pool;

import dev.faultline.offheap.memory.Block;
import dev.faultline.offheap.queue.AlfQueue;
import java.util.Objects;
import java.util.Optional;

/**
 * A pool of objects in queues: a local queue for each stripe, which needs no atomic operation, and a shared queue,
 * which needs one for every sixteen objects; behind both is the cache that objects come from. After the kernel's {@code
 * qmempool}, posted in 2014.
 *
 * <p>The pool has no objects of its own and never loses one. Two cases in which the original gave up are handled: when
 * the cache has fewer objects than a refill asks for, those are kept; and when the shared queue has no room, because
 * other stripes refilled it too, objects go back to the cache.
 *
 * <p>{@link ArrayQmempool} has arrays in place of the local queues, which takes less time.
 */
public final class Qmempool extends StripedCache<Qmempool.StripeLocal> {

    /** The number of objects moved between queues at once. */
    static final int BULK = 16;

    /** How many bulks are moved between the shared queue and the cache at once. */
    static final int REFILL_MULTIPLIER = 2;

    private static final int MOST = 65_536;

    private final ObjectCache backing;
    private final Block block;
    private final AlfQueue shared;
    private final StripeLocal[] locals;
    private final int preallocated;

    private Qmempool(ObjectCache backing, Block block, AlfQueue shared, AlfQueue[] queues, int preallocated) {
        super(backing.slots(), backing.stripes());
        this.backing = backing;
        this.preallocated = preallocated;
        this.block = block;
        this.shared = shared;
        locals = new StripeLocal[queues.length];
        for (int stripe = 0; stripe < locals.length; stripe++) {
            locals[stripe] = new StripeLocal(stripe, queues[stripe]);
        }
    }

    /**
     * Makes a pool.
     *
     * @param backing where objects come from; close it after the pool
     * @param localSize number of objects of a local queue, a power of two from 16 to 65536
     * @param sharedSize number of objects of the shared queue, a power of two from 32 to 65536
     * @param preallocated number of objects to put into the shared queue now, from 0 to {@code sharedSize}; best a
     *     multiple of 16
     * @return the pool; close it
     * @throws IllegalArgumentException when a number is out of range
     * @throws IllegalStateException when the cache has fewer objects; it then has them all again
     */
    public static Qmempool create(ObjectCache backing, int localSize, int sharedSize, int preallocated) {
        Objects.requireNonNull(backing);
        expectPowerOfTwo("localSize", localSize, BULK);
        expectPowerOfTwo("sharedSize", sharedSize, BULK * REFILL_MULTIPLIER);
        if (preallocated < 0 || preallocated > sharedSize) {
            throw new IllegalArgumentException(
                    "preallocated=" + preallocated + ", expected 0 to sharedSize=" + sharedSize);
        }
        Qmempool pool = createEmpty(backing, localSize, sharedSize, preallocated);
        try {
            for (int i = 0; i < preallocated; i++) {
                if (!pool.preallocate()) {
                    throw new IllegalStateException(
                            "the cache has only " + i + " of " + preallocated + " objects to preallocate");
                }
            }
            return pool;
        } catch (RuntimeException incomplete) {
            pool.close();
            throw incomplete;
        }
    }

    private static Qmempool createEmpty(ObjectCache backing, int localSize, int sharedSize, int preallocated) {
        AlfQueue[] queues = new AlfQueue[backing.stripes().count()];
        AlfQueue shared = null;
        Block block = Block.allocate((long) queues.length * StripeCounters.BYTES, StripeCounters.BYTES);
        try {
            shared = AlfQueue.create(sharedSize, AlfQueue.Mode.MPMC);
            for (int stripe = 0; stripe < queues.length; stripe++) {
                queues[stripe] = AlfQueue.create(localSize, AlfQueue.Mode.SPSC);
            }
            return new Qmempool(backing, block, shared, queues, preallocated);
        } catch (RuntimeException | Error incomplete) {
            for (AlfQueue queue : queues) {
                if (queue != null) {
                    queue.close();
                }
            }
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

    private boolean preallocate() {
        long handle = backing.local(0).allocate();
        if (handle == 0) {
            return false;
        }
        slots.takeBack(handle);
        return shared.offer(handle);
    }

    /** {@return a warning when the number of preallocated objects is not a multiple of 16} */
    public Optional<String> warning() {
        return preallocated % BULK == 0
                ? Optional.empty()
                : Optional.of("preallocated=" + preallocated + " is no multiple of " + BULK
                        + "; one refill will move fewer objects than that");
    }

    final class StripeLocal extends CountingLocal {

        private final Local home;
        private final AlfQueue queue;
        private final HandleBuffer bulk = new HandleBuffer(BULK);

        StripeLocal(int stripe, AlfQueue queue) {
            super(new StripeCounters(block, (long) stripe * StripeCounters.BYTES));
            this.queue = queue;
            home = backing.local(stripe);
        }

        @Override
        public long allocate() {
            long handle = queue.poll(0);
            if (handle != 0) {
                counters.add(AllocatorCounter.ALLOCATION_HITS);
            } else {
                handle = refill();
            }
            return handOut(slots, handle);
        }

        /** Fetches objects from the shared queue, which is refilled if empty; returns one object, held, or 0. */
        private long refill() {
            counters.add(AllocatorCounter.REFILLS);
            int taken = bulk.dequeue(shared, 0, BULK);
            if (taken == 0) {
                return refillShared();
            }
            bulk.enqueue(queue, 1, taken - 1); // the local queue is empty and has room for a bulk
            return bulk.get(0);
        }

        private long refillShared() {
            long handle = home.allocate();
            if (handle == 0) {
                return 0;
            }
            slots.takeBack(handle);
            try {
                fetchShared();
            } catch (RuntimeException overwritten) {
                home.free(slots.handOut(handle));
                throw overwritten;
            }
            return handle;
        }

        private void fetchShared() {
            int got = BULK;
            for (int i = 0; i < REFILL_MULTIPLIER && got == BULK; i++) {
                got = bulk.fetch(home, slots, BULK);
                if (bulk.enqueue(shared, 0, got) < got) {
                    giveHome(got); // other stripes have filled the queue meanwhile
                }
            }
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

        /** Takes objects out of the full shared queue, so that the next stripe finds room. */
        private void makeRoom() {
            for (int i = 0; i < REFILL_MULTIPLIER; i++) {
                giveHome(bulk.dequeue(shared, 0, BULK));
            }
        }

        private void giveHome(int count) {
            bulk.give(home, slots, count);
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
     * The number of objects in a local queue; exact when no other thread uses the pool.
     *
     * @param stripe the index of the stripe, from 0
     * @return how many
     */
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
        return super.counts().plus(backing.counts().onlyLocks());
    }

    @Override
    void release() {
        RuntimeException overwritten = null;
        try {
            for (StripeLocal local : locals) {
                overwritten = HandleBuffer.join(overwritten, empty(local.queue, local));
            }
            overwritten = HandleBuffer.join(overwritten, empty(shared, locals[0]));
        } finally {
            for (StripeLocal local : locals) {
                local.queue.close();
            }
            shared.close();
            block.close();
        }
        if (overwritten != null) {
            throw overwritten;
        }
    }

    /** Empties a queue; returns what {@link HandleBuffer#tryGive} does. */
    private RuntimeException empty(AlfQueue queue, StripeLocal local) {
        RuntimeException first = null;
        for (int taken = local.bulk.dequeue(queue, 0, BULK); taken > 0; taken = local.bulk.dequeue(queue, 0, BULK)) {
            first = HandleBuffer.join(first, local.bulk.tryGive(local.home, slots, taken));
        }
        return first;
    }
}
