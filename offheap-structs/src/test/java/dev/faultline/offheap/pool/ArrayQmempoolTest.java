package dev.faultline.offheap.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.faultline.offheap.memory.Block;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArrayQmempoolTest {

    private static final StripeNodes TWO = StripeNodes.onOneNode(2);
    private static final int ARRAY = 8;
    private static final int SHARED = 16;
    private static final int OBJECT_BYTES = 248; // a slot of 256 bytes, so that the word behind is the allocator's

    private int liveBefore;
    private Slab slab;
    private ArrayQmempool pool;

    @BeforeEach
    void make() {
        liveBefore = Block.live();
        slab = Slab.create(TWO, 1000, OBJECT_BYTES, 64);
        pool = ArrayQmempool.create(slab, ARRAY, SHARED);
    }

    @AfterEach
    void no_block_is_left() {
        pool.close();
        slab.close();
        assertThat(Block.live()).isEqualTo(liveBefore);
    }

    private List<Long> allocate(int stripe, int count) {
        List<Long> out = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            out.add(pool.local(stripe).allocate());
        }
        assertThat(new HashSet<>(out)).hasSize(count).doesNotContain(0L);
        return out;
    }

    @Test
    void sizes_it_cannot_work_with_are_refused() {
        assertThatThrownBy(() -> ArrayQmempool.create(slab, 1, 32)).hasMessageContaining("arraySize=1");
        assertThatThrownBy(() -> ArrayQmempool.create(slab, 24, 32)).hasMessageContaining("arraySize=24");
        assertThatThrownBy(() -> ArrayQmempool.create(slab, 1 << 17, 1 << 16)).hasMessageContaining("arraySize=131072");
        assertThatThrownBy(() -> ArrayQmempool.create(slab, 64, 16)).hasMessageContaining("sharedSize=16");
        assertThatThrownBy(() -> ArrayQmempool.create(slab, 2, 1)).hasMessageContaining("sharedSize=1");
        assertThatThrownBy(() -> ArrayQmempool.create(null, 2, 2)).isInstanceOf(NullPointerException.class);
    }

    @Test
    void the_memory_of_a_stripe_is_as_told() {
        assertThat(ArrayQmempool.stripeBytes(128)).isEqualTo(128 + 1152);
        assertThat(ArrayQmempool.stripeBytes(2)).isEqualTo(128 + 128);
    }

    @Test
    void half_an_array_is_fetched_and_the_object_freed_last_is_allocated_first() {
        List<Long> out = allocate(0, 1);
        assertThat(pool.heldBy(0)).isEqualTo(ARRAY / 2 - 1);
        assertThat(pool.heldShared()).isZero();
        assertThat(slab.inUse()).isEqualTo(ARRAY / 2);
        pool.local(0).free(out.get(0));
        long again = pool.local(0).allocate();
        assertThat(pool.slots().index(again)).isEqualTo(pool.slots().index(out.get(0)));
        pool.local(0).free(again);
    }

    @Test
    void a_full_array_gives_its_older_half_to_the_shared_queue_and_that_when_full_to_the_slab() {
        List<Long> out = allocate(0, ARRAY + SHARED + ARRAY);
        pool.drain(0);
        int idle = pool.held();
        out.subList(0, ARRAY).forEach(pool.local(0)::free);
        assertThat(pool.heldBy(0)).isEqualTo(ARRAY);
        assertThat(pool.heldShared()).isEqualTo(idle);
        pool.local(0).free(out.get(ARRAY));
        assertThat(pool.heldBy(0)).isEqualTo(ARRAY / 2 + 1);
        assertThat(pool.heldShared()).isEqualTo(idle + ARRAY / 2);
        out.subList(ARRAY + 1, out.size()).forEach(pool.local(0)::free);
        assertThat(pool.heldShared()).isLessThanOrEqualTo(SHARED);
        assertThat(slab.inUse()).isEqualTo(pool.held()).isLessThanOrEqualTo(ARRAY + SHARED);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 8, 9, 100, 900})
    void many_are_allocated_and_freed_by_either_stripe(int count) {
        for (int round = 0; round < 3; round++) {
            List<Long> out = allocate(0, count);
            assertThat(slab.inUse()).isEqualTo(count + pool.held());
            for (long handle : out) {
                pool.local(round % 2).free(handle);
            }
            assertThat(slab.inUse()).isEqualTo(pool.held());
        }
        pool.close();
        assertThat(slab.inUse()).isZero();
    }

    /** Where a freed object lies. */
    enum Place {
        ARRAY,
        SHARED_QUEUE,
        SLAB;

        /** Allocates an object, frees it, and lets it get there; returns its handle. */
        long free(ArrayQmempoolTest test) {
            List<Long> out = test.allocate(0, ArrayQmempoolTest.ARRAY);
            long handle = out.get(0);
            test.pool.local(0).free(handle);
            if (this != ARRAY) {
                test.pool.drain(0);
            }
            if (this == SLAB) {
                test.pool.close();
            } else {
                out.subList(1, out.size()).forEach(test.pool.local(1)::free);
                test.pool.drain(1);
            }
            return handle;
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_second_free_is_refused_wherever_the_object_is(Place place) {
        ObjectCache.Local[] locals = {pool.local(0), pool.local(1)};
        if (place == Place.SLAB) {
            locals = new ObjectCache.Local[] {slab.local(0), slab.local(1)};
        }
        long handle = place.free(this);
        int held = place == Place.SLAB ? 0 : pool.held();
        for (ObjectCache.Local local : locals) {
            assertThatThrownBy(() -> local.free(handle))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("expected to be allocated, is");
        }
        assertThatThrownBy(() -> slab.slots().get(handle, 0)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> slab.slots().set(handle, 0, 1)).isInstanceOf(IllegalStateException.class);
        assertThat(place == Place.SLAB ? 0 : pool.held()).isEqualTo(held);
    }

    @Test
    void foreign_handles_are_refused_and_one_whose_highest_bit_is_set() {
        try (Slab other = Slab.create(TWO, 1000, OBJECT_BYTES, 64);
                ArrayQmempool second = ArrayQmempool.create(other, ARRAY, SHARED)) {
            long foreign = second.local(0).allocate();
            long own = allocate(0, 1).get(0);
            pool.local(0).free(own);
            long[] wrong = {foreign, own | Long.MIN_VALUE, 0, 1, 1000, -1, (own & -1L << 32) + 1001, own & -1L << 32};
            for (long handle : wrong) {
                assertThatThrownBy(() -> pool.local(0).free(handle))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("is no handle of these 1000 objects");
                assertThatThrownBy(() -> pool.slots().get(handle, 0)).isInstanceOf(IllegalArgumentException.class);
            }
            second.local(0).free(foreign);
        }
    }

    private void overwriteBeyond(long handle) {
        int behind = pool.slots().index(handle) * 32 + 31;
        pool.slots().words().set(behind, 0x6262_6262_6262_6262L);
    }

    @Test
    void a_write_beyond_the_end_is_told_when_the_object_is_freed() {
        long handle = allocate(0, 1).get(0);
        overwriteBeyond(handle);
        assertThatThrownBy(() -> pool.local(0).free(handle))
                .hasMessageContaining("is overwritten beyond its end (0x62626262)");
        assertThatThrownBy(() -> pool.slots().get(handle, 0)).hasMessageContaining("overwritten beyond its end");
    }

    @ParameterizedTest
    @EnumSource(names = {"ARRAY", "SHARED_QUEUE"})
    void a_write_beyond_the_end_of_a_free_object_is_told_once_and_the_others_are_still_there(Place place) {
        long handle = place.free(this);
        int held = pool.held();
        overwriteBeyond(handle);
        int got = 0;
        int told = 0;
        for (int i = 0; i < held; i++) {
            try {
                got += pool.local(0).allocate() == 0 ? 0 : 1;
            } catch (IllegalStateException overwritten) {
                assertThat(overwritten).hasMessageContaining("expected to be held, is overwritten beyond its end");
                told++;
            }
        }
        assertThat(told).isEqualTo(1);
        assertThat(got).isEqualTo(held - 1);
    }

    @Test
    void what_a_thread_that_ended_left_in_its_array_another_one_drains_or_uses() throws Exception {
        Thread thread = new Thread(() -> allocate(1, ARRAY).forEach(pool.local(1)::free));
        thread.start();
        thread.join();
        assertThat(pool.heldBy(1)).isEqualTo(ARRAY);
        pool.drain(1);
        assertThat(pool.heldBy(1)).isZero();
        assertThat(pool.heldShared()).isEqualTo(ARRAY);
        Set<Long> all = new HashSet<>(allocate(0, ARRAY));
        assertThat(slab.inUse()).isEqualTo(ARRAY).isEqualTo(all.size());
        all.forEach(pool.local(1)::free);
    }

    @Test
    void draining_into_a_full_shared_queue_gives_the_rest_to_the_slab() {
        List<Long> out = allocate(0, 2 * (ARRAY + SHARED));
        out.forEach(pool.local(1)::free);
        pool.drain(1);
        pool.drain(0);
        assertThat(pool.heldBy(0) + pool.heldBy(1)).isZero();
        assertThat(pool.heldShared()).isEqualTo(SHARED);
        assertThat(slab.inUse()).isEqualTo(SHARED);
    }

    @Test
    void the_fast_path_takes_no_lock_and_moves_half_arrays() {
        for (int i = 0; i < 2 * ARRAY; i++) {
            pool.local(1).free(pool.local(0).allocate());
        }
        AllocatorStatistics before = pool.counts();
        for (int i = 0; i < 40 * ARRAY; i++) {
            pool.local(1).free(pool.local(0).allocate());
        }
        AllocatorStatistics counts = pool.counts().since(before);
        assertThat(counts.locks()).isZero();
        assertThat(counts.get(AllocatorCounter.ALLOCATIONS)).isEqualTo(40 * ARRAY);
        assertThat(counts.get(AllocatorCounter.FREES)).isEqualTo(40 * ARRAY);
        assertThat(counts.get(AllocatorCounter.REFILLS)).isEqualTo(80);
        assertThat(counts.get(AllocatorCounter.FLUSHES)).isEqualTo(80);
        assertThat(counts.get(AllocatorCounter.ALLOCATION_HITS)).isEqualTo(40 * ARRAY - 80);
        assertThat(counts.get(AllocatorCounter.FREE_HITS)).isEqualTo(40 * ARRAY - 80);
    }

    @Test
    void no_java_object_is_made_neither_in_the_array_nor_in_the_queue() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        cycle(2000);
        long before = threads.getCurrentThreadAllocatedBytes();
        cycle(20_000);
        assertThat(threads.getCurrentThreadAllocatedBytes() - before)
                .as("bytes in 400,000 pairs")
                .isLessThan(20_000);
    }

    private void cycle(int rounds) {
        long[] out = new long[20];
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < out.length; i++) {
                out[i] = pool.local(0).allocate();
                pool.slots().set(out[i], 0, i);
            }
            for (long handle : out) {
                pool.local(1).free(handle);
            }
        }
    }
}
