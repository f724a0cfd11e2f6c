package dev.faultline.offheap.lincheck;

import dev.faultline.offheap.pool.ObjectCache;
import dev.faultline.offheap.pool.Qmempool;
import dev.faultline.offheap.pool.Slab;
import dev.faultline.offheap.pool.Slots;
import dev.faultline.offheap.pool.StripeNodes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Pools: each thread allocates at a stripe of its own and frees what it has. Which object a thread gets is not
 * specified; a call says whether it got one that no thread has.
 */
@Tag("slow")
@Tag("stress")
class PoolLincheckTest {

    private static final int THREADS = 4; // Lincheck runs two, and may number what it runs before and after them
    private static final int MARK = 1;

    /** What the operations do one after the other. */
    public static class Handles {

        private final int[] held = new int[THREADS];

        public boolean allocate(int thread) {
            held[thread]++;
            return true;
        }

        public boolean free(int thread) {
            return held[thread] > 0 && held[thread]-- > 0;
        }
    }

    /** The operations of a pool. An object is marked while a thread has it. */
    public abstract static class Operations {

        private final ObjectCache pool;
        private final Slab slab;
        private final List<Deque<Long>> held = new ArrayList<>();

        Operations(Slab slab, ObjectCache pool) {
            this.slab = slab;
            this.pool = pool;
            for (int i = 0; i < THREADS; i++) {
                held.add(new ArrayDeque<>());
            }
        }

        private long mark(long handle, int delta) {
            Slots slots = pool.slots();
            return slots.words().getAndAdd(slots.firstWord(handle) + MARK, delta);
        }

        /** {@return whether the object was marked by no other thread; its mark is the thread's number} */
        @Operation
        public boolean allocate(@Param(gen = ThreadIdGen.class) int thread) {
            long handle = pool.local(thread).allocate();
            if (handle == 0) {
                return false;
            }
            boolean wasFree = mark(handle, 1) == 0;
            held.get(thread).push(handle);
            return wasFree;
        }

        /** Frees what the threads still have, and the pool's memory. */
        @Validate
        public void close() {
            if (pool != slab) {
                pool.close();
            }
            slab.close();
        }

        /** {@return whether the thread had an object} */
        @Operation
        public boolean free(@Param(gen = ThreadIdGen.class) int thread) {
            if (held.get(thread).isEmpty()) {
                return false;
            }
            long handle = held.get(thread).pop();
            mark(handle, -1);
            pool.local(thread).free(handle);
            return true;
        }
    }

    /** A slab alone. */
    public static class OfSlab extends Operations {

        public OfSlab() {
            this(slab());
        }

        private OfSlab(Slab slab) {
            super(slab, slab);
        }
    }

    /** The pool over a slab. */
    public static class OfQmempool extends Operations {

        public OfQmempool() {
            this(slab());
        }

        private OfQmempool(Slab slab) {
            super(slab, Qmempool.create(slab, 16, 32, 0));
        }
    }

    private static Slab slab() {
        return Slab.create(StripeNodes.onOneNode(THREADS), 512, 64, 64);
    }

    @Test
    void no_two_threads_have_one_object_of_a_slab() {
        Linearizability.of(Handles.class).check(OfSlab.class);
    }

    @Test
    void no_two_threads_have_one_object_of_a_pool() {
        Linearizability.of(Handles.class).check(OfQmempool.class);
    }
}
