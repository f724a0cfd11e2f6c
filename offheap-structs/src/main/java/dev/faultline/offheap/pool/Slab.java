package dev.faultline.offheap.pool;

import dev.faultline.offheap.memory.Block;
import java.util.Optional;

/**
 * Objects in pages; the free objects of a page are a linked list within the page. Every allocation and every free takes
 * the lock of a node. This is the baseline for the caches in front of it, and the source of their objects.
 *
 * <p>A page, and with it its objects, belongs to the node whose stripe first needed it, until all its objects are free
 * again. A node without a page takes objects of other nodes when no page is left. Closing the slab frees all objects.
 */
public final class Slab extends StripedCache<Slab.StripeLocal> {

    private static final int PAGE_BYTES = 4096;
    private static final int FEWEST_PER_PAGE = 8;
    private static final int MOST_OBJECT_BYTES = 1 << 20;
    private static final int LINE_PAIR = 128; // some processors fetch pairs of lines

    private final Block control;
    private final SlabPages pages;
    private final int pageBytes;
    private final Node[] nodes;
    private final StripeLocal[] locals;

    private Slab(StripeNodes stripes, int count, int objectBytes, int slotBytes, int byteAlignment) {
        super(
                new Slots(
                        Block.allocate((long) count * slotBytes, Math.max(byteAlignment, Long.BYTES)),
                        count,
                        objectBytes,
                        slotBytes),
                stripes);
        int perPage = Integer.highestOneBit(Math.max(FEWEST_PER_PAGE, PAGE_BYTES / slotBytes));
        long nodesEnd = (1L + stripes.nodes()) * LINE_PAIR;
        long stripesEnd = nodesEnd + (long) stripes.count() * StripeCounters.BYTES;
        long pagesEnd = stripesEnd + (long) SlabPages.count(count, perPage) * SlabPages.LINE;
        control = Block.allocate(pagesEnd, LINE_PAIR);
        pageBytes = perPage * slotBytes;
        pages = new SlabPages(control, stripesEnd, count, perPage, new SpinLock(control.int32(0)));
        nodes = new Node[stripes.nodes()];
        for (int node = 0; node < nodes.length; node++) {
            nodes[node] = new Node(node, control, (1L + node) * LINE_PAIR, slots, pages);
        }
        locals = new StripeLocal[stripes.count()];
        for (int stripe = 0; stripe < locals.length; stripe++) {
            long at = nodesEnd + (long) stripe * StripeCounters.BYTES;
            locals[stripe] = new StripeLocal(stripes.node(stripe), new StripeCounters(control, at));
        }
    }

    /**
     * Makes a slab.
     *
     * @param stripes the stripes that will allocate, and their nodes
     * @param mostObjects the largest number of objects at a time, at least 1; with their slots less than 16 GiB
     * @param objectBytes bytes of an object, from 8 to 2^20
     * @param byteAlignment alignment of each object, a power of two from 8 to 4096; with 64 no two objects share a
     *     cache line
     * @return the slab; close it
     * @throws IllegalArgumentException when a number is out of range
     */
    public static Slab create(StripeNodes stripes, int mostObjects, int objectBytes, int byteAlignment) {
        if (objectBytes < Long.BYTES || objectBytes > MOST_OBJECT_BYTES) {
            throw new IllegalArgumentException(
                    "objectBytes=" + objectBytes + ", expected " + Long.BYTES + " to " + MOST_OBJECT_BYTES);
        }
        if (Integer.bitCount(byteAlignment) != 1 || byteAlignment < Long.BYTES || byteAlignment > PAGE_BYTES) {
            throw new IllegalArgumentException(
                    "byteAlignment=" + byteAlignment + ", expected a power of two from 8 to " + PAGE_BYTES);
        }
        long slotBytes = Slots.slotBytes(objectBytes, byteAlignment);
        long most = Integer.MAX_VALUE * (long) Long.BYTES / slotBytes;
        if (mostObjects < 1 || mostObjects > most) {
            throw new IllegalArgumentException("mostObjects=" + mostObjects + ", expected 1 to " + most);
        }
        return new Slab(stripes, mostObjects, objectBytes, (int) slotBytes, byteAlignment);
    }

    /** A stripe without any cache in front of the pages. */
    final class StripeLocal extends CountingLocal {

        private final int node;

        StripeLocal(int node, StripeCounters counters) {
            super(counters);
            this.node = node;
        }

        @Override
        public long allocate() {
            return handOut(slots, takeOne(node, counters));
        }

        @Override
        public void free(long handle) {
            slots.takeBack(handle);
            if (nodeOf(handle) != node) {
                counters.add(AllocatorCounter.REMOTE_FREES);
            }
            give(handle, counters);
            counters.add(AllocatorCounter.FREES);
        }
    }

    @Override
    StripeLocal[] locals() {
        return locals;
    }

    /** {@return 0: free objects are in their pages} */
    @Override
    public int held() {
        return 0;
    }

    /**
     * {@return the number of objects allocated or held by caches in front; exact when no other thread uses the slab}
     */
    public int inUse() {
        return pages.sum(pages.inUse);
    }

    /** {@return the number of free objects given up because one was written to while it was free} */
    public int lost() {
        return pages.sum(pages.lost);
    }

    /** {@return a description of the first object found that was written to while it was free} */
    public Optional<String> corruption() {
        return pages.corruption();
    }

    /** {@return bytes of the pages that have an object in use} */
    public long byteSizeOfPages() {
        return (long) pages.taken() * pageBytes;
    }

    Node node(int node) {
        return nodes[node];
    }

    /** {@return the node of an object; the caller must hold the object} */
    int nodeOf(long handle) {
        return pages.node(pages.of(slots.index(handle)));
    }

    /** Takes an object, which is held from then on, from a node or else from another one; returns 0 if none is left. */
    long takeOne(int home, StripeCounters counters) {
        long handle = 0;
        for (int i = 0; handle == 0 && i < nodes.length; i++) {
            Node node = nodes[(home + i) % nodes.length];
            node.lock.lock(counters, AllocatorCounter.NODE_LOCKS);
            try {
                handle = node.takeOne();
            } finally {
                node.lock.unlock();
            }
        }
        return handle;
    }

    /** Takes objects as {@link #takeOne}, all from the first node that has any, and returns how many. */
    int take(int home, HandleBuffer into, int count, StripeCounters counters) {
        int taken = 0;
        for (int i = 0; taken == 0 && i < nodes.length; i++) {
            Node node = nodes[(home + i) % nodes.length];
            node.lock.lock(counters, AllocatorCounter.NODE_LOCKS);
            try {
                taken = node.take(into, count);
            } finally {
                node.lock.unlock();
            }
        }
        return taken;
    }

    /** Puts a held object back into its page. */
    void give(long handle, StripeCounters counters) {
        Node home = nodes[nodeOf(handle)];
        home.lock.lock(counters, AllocatorCounter.NODE_LOCKS);
        try {
            home.give(handle);
        } finally {
            home.lock.unlock();
        }
    }

    /** Puts held objects back into their pages; takes one lock for consecutive objects of the same node. */
    void give(HandleBuffer from, int count, StripeCounters counters) {
        int given = 0;
        while (given < count) {
            int node = nodeOf(from.get(given));
            nodes[node].lock.lock(counters, AllocatorCounter.NODE_LOCKS);
            try {
                do {
                    nodes[node].give(from.get(given++));
                } while (given < count && nodeOf(from.get(given)) == node);
            } finally {
                nodes[node].lock.unlock();
            }
        }
    }

    @Override
    void release() {
        control.close();
        slots.close();
    }
}
