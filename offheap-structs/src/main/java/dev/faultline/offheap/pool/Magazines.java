package dev.faultline.offheap.pool;

import dev.faultline.layout.StructLayout;
import dev.faultline.offheap.kernel.SlabStructs;
import dev.faultline.offheap.memory.Block;
import dev.faultline.offheap.memory.IntWords;
import dev.faultline.offheap.memory.LongWord;
import dev.faultline.offheap.memory.LongWords;
import dev.faultline.offheap.memory.StructArray;
import dev.faultline.offheap.memory.StructView;

/**
 * Two magazines of free objects for each stripe, and a depot of full and empty magazines for each node: Bonwick's
 * scheme, which Linux has had since 6.18 under the names sheaf and barn. A stripe that only frees fills magazines that
 * a stripe that only allocates empties, and each takes a lock once for each magazine.
 *
 * <p>This holds within a node. An object of another node is put back into its page at once, under that node's lock.
 *
 * <p>All magazines are allocated at the start, two for each stripe and ten for each barn; the kernel allocates each
 * when it is first needed.
 */
public final class Magazines extends StripedCache<Magazines.StripeLocal> {

    private static final int LINE_PAIR = 128;

    private final Slab slab;
    private final Block block;
    private final StripeCounters none;
    private final int capacity;
    private final int sheafWords;
    private final IntWords sizes;
    private final LongWords objects;
    private final Barn[] barns;
    private final StripeLocal[] locals;

    private Magazines(Slab slab) {
        super(slab.slots(), slab.stripes());
        this.slab = slab;
        capacity = capacity(slots.slotBytes());
        StructLayout header = SlabStructs.SLAB_SHEAF;
        long sheafBytes = header.byteSize() + (long) capacity * Long.BYTES; // 64, 128, 256 or 512
        sheafWords = (int) sheafBytes / Long.BYTES;
        StripeNodes stripes = slab.stripes();
        int nodes = stripes.nodes();
        int sheaves = 2 * stripes.count() + nodes * Barn.MAGAZINES;
        long stripesEnd = stripes.count() * (StripeCounters.BYTES + (long) LINE_PAIR);
        long barnsEnd = stripesEnd + nodes * (long) LINE_PAIR;
        long sheavesEnd = barnsEnd + sheaves * Math.max(sheafBytes, LINE_PAIR);
        block = Block.allocate(sheavesEnd + StripeCounters.BYTES, LINE_PAIR);
        none = new StripeCounters(block, sheavesEnd);
        StructArray all = StructArray.bind(header, block, barnsEnd, sheaves, sheafBytes);
        sizes = all.int32s("size");
        objects = block.int64s(barnsEnd + header.byteSize(), sheaves * sheafWords - (int) header.byteSize() / 8, 8);
        barns = new Barn[nodes];
        int made = 2 * stripes.count();
        for (int node = 0; node < nodes; node++) {
            barns[node] = new Barn(block, stripesEnd + node * (long) LINE_PAIR, all.int64s("barn_list.next"));
            for (int i = 0; i < Barn.MAGAZINES; i++) {
                barns[node].add(made++);
            }
        }
        locals = new StripeLocal[stripes.count()];
        for (int stripe = 0; stripe < locals.length; stripe++) {
            locals[stripe] = new StripeLocal(stripe, stripes.node(stripe));
        }
    }

    /**
     * Puts magazines in front of a slab. Their size depends on the slot size, as in Linux.
     *
     * @param slab where objects come from; close it after the magazines
     * @return the magazines, empty; close them
     */
    public static Magazines over(Slab slab) {
        return new Magazines(slab);
    }

    /** {@return the number of objects that a magazine holds (Linux 7.2, mm/slub.c)} */
    static int capacity(int slotBytes) {
        if (slotBytes >= 4096) {
            return 4;
        }
        if (slotBytes >= 1024) {
            return 12;
        }
        return slotBytes >= 256 ? 28 : 60;
    }

    final class StripeLocal extends CountingLocal {

        private final int node;
        private final LongWord main;
        private final LongWord spare;
        private final HandleBuffer moved = new HandleBuffer(capacity);

        StripeLocal(int stripe, int node) {
            super(new StripeCounters(block, stripe * (StripeCounters.BYTES + (long) LINE_PAIR)));
            this.node = node;
            long at = stripe * (StripeCounters.BYTES + (long) LINE_PAIR) + StripeCounters.BYTES;
            StructView sheaves = StructView.bind(SlabStructs.SLUB_PERCPU_SHEAVES, block, at);
            main = sheaves.int64("main");
            spare = sheaves.int64("spare");
            main.set(2L * stripe);
            spare.set(2L * stripe + 1);
        }

        @Override
        public long allocate() {
            int sheaf = (int) main.get();
            int size = sizes.get(sheaf);
            if (size > 0) {
                counters.add(AllocatorCounter.ALLOCATION_HITS);
            } else {
                sheaf = replaceEmpty(sheaf);
                size = sizes.get(sheaf);
                if (size == 0) {
                    return handOut(slots, 0);
                }
            }
            long handle = objects.get(sheaf * sheafWords + size - 1);
            sizes.set(sheaf, size - 1);
            return handOut(slots, handle);
        }

        /**
         * Replaces or refills the empty main magazine; returns the new main magazine, which is empty if no object is
         * left.
         */
        private int replaceEmpty(int sheaf) {
            int other = (int) spare.get();
            if (sizes.get(other) > 0) {
                counters.add(AllocatorCounter.ALLOCATION_HITS);
                main.set(other);
                spare.set(sheaf);
                return other;
            }
            counters.add(AllocatorCounter.REFILLS);
            int full = barns[node].fullFor(sheaf, counters);
            if (full >= 0) {
                main.set(full);
                return full;
            }
            int taken = slab.take(node, moved, capacity, counters);
            moved.copyTo(objects, sheaf * sheafWords, 0, taken);
            sizes.set(sheaf, taken);
            return sheaf;
        }

        @Override
        public void free(long handle) {
            slots.takeBack(handle);
            counters.add(AllocatorCounter.FREES);
            if (slab.nodeOf(handle) != node) {
                counters.add(AllocatorCounter.REMOTE_FREES);
                slab.give(handle, counters);
                return;
            }
            int sheaf = (int) main.get();
            int size = sizes.get(sheaf);
            if (size < capacity) {
                counters.add(AllocatorCounter.FREE_HITS);
            } else {
                sheaf = replaceFull(sheaf);
                size = sizes.get(sheaf);
            }
            objects.set(sheaf * sheafWords + size, handle);
            sizes.set(sheaf, size + 1);
        }

        /** Replaces or flushes the full main magazine; returns the new main magazine, which has room. */
        private int replaceFull(int sheaf) {
            int other = (int) spare.get();
            if (sizes.get(other) < capacity) {
                counters.add(AllocatorCounter.FREE_HITS);
                main.set(other);
                spare.set(sheaf);
                return other;
            }
            counters.add(AllocatorCounter.FLUSHES);
            int empty = barns[node].emptyFor(sheaf, counters);
            if (empty >= 0) {
                main.set(empty);
                return empty;
            }
            flush(other);
            main.set(other);
            spare.set(sheaf);
            return other;
        }

        private void flush(int sheaf) {
            moved.copyFrom(objects, sheaf * sheafWords, capacity);
            sizes.set(sheaf, 0);
            slab.give(moved, capacity, counters);
        }
    }

    @Override
    StripeLocal[] locals() {
        return locals;
    }

    @Override
    public int held() {
        int held = 0;
        for (int sheaf = 0; sheaf < sizes.count(); sheaf++) {
            held += sizes.getVolatile(sheaf);
        }
        return held;
    }

    @Override
    void release() {
        try (block) {
            for (int sheaf = 0; sheaf < sizes.count(); sheaf++) {
                for (int i = 0; i < sizes.get(sheaf); i++) {
                    slab.give(objects.get(sheaf * sheafWords + i), none);
                }
            }
        }
    }
}
