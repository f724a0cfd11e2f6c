package dev.faultline.offheap.pool;

import dev.faultline.offheap.kernel.SlabStructs;
import dev.faultline.offheap.memory.Block;
import dev.faultline.offheap.memory.IntWord;
import dev.faultline.offheap.memory.LongWord;
import dev.faultline.offheap.memory.LongWords;
import dev.faultline.offheap.memory.StructView;

/**
 * The magazines that no stripe of a node has, full ones and empty ones, behind the kernel's {@code struct node_barn}. Whoever comes
 * with one leaves it and takes one of the other sort, so that there are always ten together, and at most ten of either.
 */
final class Barn {

    /** How many magazines are in a barn. */
    static final int MAGAZINES = 10;

    private final SpinLock lock;
    private final Stack full;
    private final Stack empty;

    /** Linked through the magazines, numbers are one more than the index; what is on top was put there last. */
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

    /** Puts an empty magazine in, before anybody is inside. */
    void add(int sheaf) {
        empty.push(sheaf);
    }

    /** Takes a full magazine for an empty one; -1 when there is none. */
    int fullFor(int emptySheaf, StripeCounters counters) {
        return exchange(emptySheaf, empty, full, counters);
    }

    /** Takes an empty magazine for a full one; -1 when ten are full. */
    int emptyFor(int fullSheaf, StripeCounters counters) {
        return exchange(fullSheaf, full, empty, counters);
    }

    private int exchange(int sheaf, Stack to, Stack from, StripeCounters counters) {
        if (from.size.getVolatile() == 0) {
            return -1; // seen without the lock, as the kernel does: there is little to lose
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

    /** {@return how many magazines are full} */
    int full() {
        return full.size.getVolatile();
    }
}
