package dev.faultline.offheap.pool;

import dev.faultline.offheap.memory.Block;

/**
 * The caches of SLAB, which Linux had until 6.8: an array of free objects for each stripe; for each node an array
 * shared by its stripes, under the node's lock; and for each pair of nodes an <em>alien</em> cache of objects that were
 * freed on one node and belong to the other.
 *
 * <p>An array only holds objects of its own node. So a stripe that only allocates takes its node's lock once for each
 * batch, and a stripe that only frees objects of another node takes that node's lock once for every twelve.
 */
public final class ArrayCaches extends StripedCache<ArrayCaches.StripeLocal> {

    /** The number of objects that an alien cache holds. */
    static final int ALIEN_LIMIT = 12;

    private static final int SHARED_BATCHES = 8;
    private static final int PAGE_BYTES = 4096;
    private static final int LINE_PAIR = 128;

    private final Slab slab;
    private final Block block;
    private final StripeCounters none;
    private final int limit;
    private final int batch;
    private final ObjectArray[] shared;
    private final Alien[][] aliens;
    private final StripeLocal[] locals;

    private record Alien(SpinLock lock, ObjectArray array) {}

    private ArrayCaches(Slab slab) {
        super(slab.slots(), slab.stripes());
        this.slab = slab;
        limit = limit(slots.slotBytes());
        batch = (limit + 1) / 2;
        StripeNodes stripes = slab.stripes();
        int nodes = stripes.nodes();
        int sharedLimit = slots.slotBytes() <= PAGE_BYTES && stripes.count() > 1 ? SHARED_BATCHES * batch : 0;
        long stripeBytes = StripeCounters.BYTES + whole(ObjectArray.byteSize(limit));
        long sharedBytes = whole(ObjectArray.byteSize(sharedLimit));
        long alienBytes = LINE_PAIR + whole(ObjectArray.byteSize(ALIEN_LIMIT));
        long stripesEnd = stripes.count() * stripeBytes;
        long sharedEnd = stripesEnd + nodes * sharedBytes;
        long aliensEnd = sharedEnd + (long) nodes * nodes * alienBytes;
        block = Block.allocate(aliensEnd + StripeCounters.BYTES, LINE_PAIR);
        none = new StripeCounters(block, aliensEnd);
        shared = new ObjectArray[nodes];
        aliens = new Alien[nodes][nodes];
        for (int node = 0; node < nodes; node++) {
            shared[node] = sharedLimit == 0
                    ? null
                    : new ObjectArray(block, stripesEnd + node * sharedBytes, sharedLimit, batch);
            for (int home = 0; home < nodes; home++) {
                long at = sharedEnd + ((long) node * nodes + home) * alienBytes;
                aliens[node][home] = new Alien(
                        new SpinLock(block.int32(at)),
                        new ObjectArray(block, at + LINE_PAIR, ALIEN_LIMIT, ALIEN_LIMIT));
            }
        }
        locals = new StripeLocal[stripes.count()];
        for (int stripe = 0; stripe < locals.length; stripe++) {
            long at = stripe * stripeBytes;
            locals[stripe] = new StripeLocal(
                    stripes.node(stripe),
                    new StripeCounters(block, at),
                    new ObjectArray(block, at + StripeCounters.BYTES, limit, batch));
        }
    }

    /**
     * Puts caches in front of a slab. The size of their arrays depends on the slot size, as in SLAB.
     *
     * @param slab where objects come from; close it after the caches
     * @return the caches, empty; close them
     */
    public static ArrayCaches over(Slab slab) {
        return new ArrayCaches(slab);
    }

    /** {@return the number of objects that a stripe's array holds (Linux 6.1, mm/slab.c)} */
    static int limit(int slotBytes) {
        if (slotBytes > 128 * 1024) {
            return 1;
        }
        if (slotBytes > PAGE_BYTES) {
            return 8;
        }
        if (slotBytes > 1024) {
            return 24;
        }
        return slotBytes > 256 ? 54 : 120;
    }

    private static long whole(long bytes) {
        return (bytes + LINE_PAIR - 1) & -LINE_PAIR;
    }

    final class StripeLocal extends CountingLocal {

        private final int node;
        private final ObjectArray array;
        private final HandleBuffer moved = new HandleBuffer(Math.max(limit, ALIEN_LIMIT));

        StripeLocal(int node, StripeCounters counters, ObjectArray array) {
            super(counters);
            this.node = node;
            this.array = array;
        }

        @Override
        public long allocate() {
            long handle = array.pop();
            if (handle != 0) {
                counters.add(AllocatorCounter.ALLOCATION_HITS);
            } else {
                handle = refill();
            }
            return handOut(slots, handle);
        }

        /** Fetches a batch from the shared array or else from the node's pages, and returns one object of it, or 0. */
        private long refill() {
            counters.add(AllocatorCounter.REFILLS);
            Node own = slab.node(node);
            own.lock.lock(counters, AllocatorCounter.NODE_LOCKS);
            try {
                int taken = shared[node] == null ? 0 : shared[node].takeNewest(moved, batch);
                array.add(moved, taken > 0 ? taken : own.take(moved, batch));
            } finally {
                own.lock.unlock();
            }
            long handle = array.pop();
            return handle != 0 ? handle : slab.takeOne(node, counters); // of another node, so not for the array
        }

        @Override
        public void free(long handle) {
            slots.takeBack(handle);
            counters.add(AllocatorCounter.FREES);
            int home = slab.nodeOf(handle);
            if (home != node) {
                counters.add(AllocatorCounter.REMOTE_FREES);
                freeAlien(handle, home);
                return;
            }
            if (array.isFull()) {
                flush();
            } else {
                counters.add(AllocatorCounter.FREE_HITS);
            }
            array.push(handle);
        }

        private void freeAlien(long handle, int home) {
            Alien alien = aliens[node][home];
            alien.lock.lock(counters, AllocatorCounter.LAYER_LOCKS);
            try {
                if (alien.array.isFull()) {
                    counters.add(AllocatorCounter.FLUSHES);
                    giveHome(home, moved, alien.array.takeOldest(moved, ALIEN_LIMIT), counters);
                }
                alien.array.push(handle);
            } finally {
                alien.lock.unlock();
            }
        }

        /** Makes room for a batch. */
        private void flush() {
            counters.add(AllocatorCounter.FLUSHES);
            giveHome(node, moved, array.takeOldest(moved, batch), counters);
        }
    }

    /** Gives objects back to their node: to its shared array, and those for which that has no room to their pages. */
    private void giveHome(int home, HandleBuffer handles, int count, StripeCounters counters) {
        Node node = slab.node(home);
        node.lock.lock(counters, AllocatorCounter.NODE_LOCKS);
        try {
            int kept = shared[home] == null ? 0 : shared[home].add(handles, count);
            for (int i = kept; i < count; i++) {
                node.give(handles.get(i));
            }
        } finally {
            node.lock.unlock();
        }
    }

    @Override
    StripeLocal[] locals() {
        return locals;
    }

    @Override
    public int held() {
        int held = 0;
        for (StripeLocal local : locals) {
            held += local.array.size();
        }
        for (int node = 0; node < aliens.length; node++) {
            held += shared[node] == null ? 0 : shared[node].size();
            for (Alien alien : aliens[node]) {
                held += alien.array.size();
            }
        }
        return held;
    }

    @Override
    void release() {
        try (block) {
            for (StripeLocal local : locals) {
                empty(local.array);
            }
            for (int node = 0; node < aliens.length; node++) {
                if (shared[node] != null) {
                    empty(shared[node]);
                }
                for (Alien alien : aliens[node]) {
                    empty(alien.array);
                }
            }
        }
    }

    private void empty(ObjectArray array) {
        for (long handle = array.pop(); handle != 0; handle = array.pop()) {
            slab.give(handle, none);
        }
    }
}
