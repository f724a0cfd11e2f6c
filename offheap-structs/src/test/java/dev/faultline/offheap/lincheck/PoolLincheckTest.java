package dev.faultline.offheap.lincheck;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.offheap.pool.ArrayQmempool;
import dev.faultline.offheap.pool.ObjectCache;
import dev.faultline.offheap.pool.Qmempool;
import dev.faultline.offheap.pool.Slab;
import dev.faultline.offheap.pool.Slots;
import dev.faultline.offheap.pool.StripeNodes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Pools: each thread allocates at a stripe of its own and frees what it has. Which object a thread gets is not
 * specified; a call says how many it got that no thread has.
 */
@Tag("slow")
@Tag("stress")
class PoolLincheckTest {

    private static final int THREADS = 4; // Lincheck runs two, and may number what it runs before and after them
    private static final int MARK = 1;

    /** What the operations do one after the other. */
    public static class Handles {

        private final int[] held = new int[THREADS];

        public int allocate(int thread, int count) {
            held[thread] += count;
            return count;
        }

        public int free(int thread, int most) {
            int count = Math.min(most, held[thread]);
            held[thread] -= count;
            return count;
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

        /** {@return how many objects the thread got that are marked by no other thread} */
        @Operation
        public int allocate(
                @Param(gen = ThreadIdGen.class) int thread, @Param(gen = IntGen.class, conf = "1:3") int count) {
            int got = 0;
            for (int i = 0; i < count; i++) {
                long handle = local(thread).allocate();
                if (handle != 0) {
                    got += mark(handle, 1) == 0 ? 1 : 0;
                    held.get(thread).push(handle);
                }
            }
            return got;
        }

        /** Frees what the threads still have, and the pool's memory. */
        @Validate
        public void close() {
            if (pool != slab) {
                pool.close();
            }
            slab.close();
        }

        /** {@return how many objects the thread had and freed} */
        @Operation
        public int free(@Param(gen = ThreadIdGen.class) int thread, @Param(gen = IntGen.class, conf = "1:6") int most) {
            int count = Math.min(most, held.get(thread).size());
            for (int i = 0; i < count; i++) {
                long handle = held.get(thread).pop();
                mark(handle, -1);
                local(thread).free(handle);
            }
            return count;
        }

        ObjectCache.Local local(int thread) {
            return pool.local(thread);
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

    /** A pool over a slab, with arrays so small that threads also use the shared queue and the slab. */
    public static class OfArrayQmempool extends Operations {

        public OfArrayQmempool() {
            this(slab());
        }

        private OfArrayQmempool(Slab slab) {
            super(slab, ArrayQmempool.create(slab, 2, 2));
        }
    }

    /** All threads use the array of one stripe. */
    public static class OfOneArrayForAll extends OfArrayQmempool {

        @Override
        ObjectCache.Local local(int thread) {
            return super.local(0);
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

    @Test
    void no_two_threads_have_one_object_of_a_pool_with_arrays() {
        Linearizability.of(Handles.class).check(OfArrayQmempool.class);
    }

    @Test
    void an_array_that_two_threads_share_is_not_linearizable() {
        assertThatThrownBy(() -> Linearizability.of(Handles.class)
                        .iterations(50)
                        .invocationsPerIteration(5_000)
                        .check(OfOneArrayForAll.class))
                .isInstanceOf(LincheckAssertionError.class);
    }
}
