package dev.faultline.offheap.pool;

import dev.faultline.offheap.kernel.SlabStructs;
import dev.faultline.offheap.memory.Block;
import dev.faultline.offheap.memory.IntWord;
import dev.faultline.offheap.memory.LongWord;
import dev.faultline.offheap.memory.LongWords;
import dev.faultline.offheap.memory.StructView;

/**
 * The magazines of a node that no stripe has, full ones and empty ones, with the layout of the kernel's {@code struct
 * node_barn}. A stripe exchanges a full magazine for an empty one or the reverse, so there are always ten magazines in
 * all.
 */
final class Barn {

    /** The number of magazines in a barn. */
    static final int MAGAZINES = 10;

    private final SpinLock lock;
    private final Stack full;
    private final Stack empty;

    /** A stack linked through the magazines, by index + 1. */
    private record Stack(LongWord top, IntWord size, LongWords next) {

        void push(int sheaf) {
            next.set(sheaf, top.get());
            top.set(sheaf + 1);
            size.setOrdered(size.get() + 1);
        }

        int pop() {
            int sheaf = (int) top.get() - 1;
            top.set(next.get(sheaf));
            size.setOrdered(size.get() - 1);
            return sheaf;
        }
    }

    Barn(Block block, long byteOffset, LongWords next) {
        StructView barn = StructView.bind(SlabStructs.NODE_BARN, block, byteOffset);
        lock = new SpinLock(barn.int32("lock"));
        full = new Stack(barn.int64("sheaves_full.next"), barn.int32("nr_full"), next);
        empty = new Stack(barn.int64("sheaves_empty.next"), barn.int32("nr_empty"), next);
    }

    /** Adds an empty magazine, before any thread uses the barn. */
    void add(int sheaf) {
        empty.push(sheaf);
    }

    /** Exchanges an empty magazine for a full one; returns -1 if none is full. */
    int fullFor(int emptySheaf, StripeCounters counters) {
        return exchange(emptySheaf, empty, full, counters);
    }

    /** Exchanges a full magazine for an empty one; returns -1 if none is empty. */
    int emptyFor(int fullSheaf, StripeCounters counters) {
        return exchange(fullSheaf, full, empty, counters);
    }

    private int exchange(int sheaf, Stack to, Stack from, StripeCounters counters) {
        if (from.size.getVolatile() == 0) {
            return -1; // read without the lock, as in the kernel; an old value does little harm
        }
        lock.lock(counters, AllocatorCounter.LAYER_LOCKS);
        try {
            if (from.size.get() == 0) {
                return -1;
            }
            int taken = from.pop();
            to.push(sheaf);
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** {@return the number of full magazines} */
    int full() {
        return full.size.getVolatile();
    }
}
