package dev.faultline.offheap.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.offheap.memory.Block;
import dev.faultline.offheap.memory.KeyedSlots;
import dev.faultline.offheap.memory.LongWords;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An object that is written beyond its end is found, and costs no other object. */
class OverwrittenObjectTest {

    private static final int OBJECT_BYTES = 248; // a slot of 256 bytes, so that the word behind is the allocator's
    private static final int SLOT_WORDS = 32;
    private static final int OBJECTS = 100;

    /** Pools that move several objects at once. */
    enum Pool {
        ARRAYS(backing -> ArrayQmempool.create(backing, 16, 32)),
        QUEUES(backing -> Qmempool.create(backing, 16, 32, 0));

        private final UnaryOperator<ObjectCache> over;

        Pool(UnaryOperator<ObjectCache> over) {
            this.over = over;
        }
    }

    private int liveBefore;
    private Slab slab;

    @BeforeEach
    void make() {
        liveBefore = Block.live();
        slab = open();
    }

    @AfterEach
    void no_block_is_left() {
        slab.close();
        assertThat(Block.live()).isEqualTo(liveBefore);
    }

    private static Slab open() {
        return Slab.create(StripeNodes.onOneNode(2), OBJECTS, OBJECT_BYTES, 8);
    }

    private static List<Long> allocate(ObjectCache.Local local, int count) {
        List<Long> out = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            out.add(local.allocate());
        }
        assertThat(out).doesNotHaveDuplicates().doesNotContain(0L);
        return out;
    }

    private void overwrite(long handle, long value) {
        slab.slots().words().set(slab.slots().index(handle) * SLOT_WORDS + SLOT_WORDS - 1, value);
    }

    /** Runs a call; returns how many exceptions of overwritten objects it threw, with suppressed ones. */
    private static int told(Runnable call) {
        try {
            call.run();
            return 0;
        } catch (IllegalStateException overwritten) {
            assertThat(overwritten).hasMessageContaining("overwritten beyond its end");
            return 1 + overwritten.getSuppressed().length;
        }
    }

    /** The handle of another object, as an array of handles that is too short would have it, and common numbers. */
    private static long[] mistakes(long own, long sibling) {
        return new long[] {sibling, sibling + (5L << 47), own, 0, -1, -2, 1, 1500, Long.MAX_VALUE, Long.MIN_VALUE};
    }

    @Test
    void a_handle_or_a_common_number_beyond_an_allocated_object_is_found_when_it_is_freed_or_accessed() {
        for (int mistake = 0; mistake < mistakes(0, 0).length; mistake++) {
            List<Long> out = allocate(slab.local(0), 2);
            long handle = out.get(0);
            long value = mistakes(handle, out.get(1))[mistake];
            overwrite(handle, value);
            for (Runnable use : List.<Runnable>of(
                    () -> slab.local(0).free(handle),
                    () -> slab.slots().get(handle, 0),
                    () -> slab.slots().set(handle, 0, 1),
                    () -> slab.slots().firstWord(handle))) {
                assertThat(told(use)).as("0x%x", value).isEqualTo(1);
            }
        }
    }

    @Test
    void it_is_found_in_an_array_when_the_object_would_be_allocated() {
        for (int mistake = 0; mistake < mistakes(0, 0).length; mistake++) {
            try (Slab other = open();
                    ArrayQmempool pool = ArrayQmempool.create(other, 16, 32)) {
                findsAsAllocated(other, pool, mistake, false);
            }
        }
    }

    @Test
    void it_is_found_in_the_shared_queue_when_the_object_would_be_allocated() {
        for (int mistake = 0; mistake < mistakes(0, 0).length; mistake++) {
            try (Slab other = open();
                    ArrayQmempool pool = ArrayQmempool.create(other, 16, 32)) {
                findsAsAllocated(other, pool, mistake, true);
            }
        }
    }

    private void findsAsAllocated(Slab other, ArrayQmempool pool, int mistake, boolean drained) {
        List<Long> out = allocate(pool.local(0), 8);
        out.forEach(pool.local(0)::free);
        if (drained) {
            pool.drain(0);
            assertThat(pool.heldShared()).isEqualTo(8);
        }
        long value = mistakes(out.get(3), out.get(4))[mistake];
        int behind = other.slots().index(out.get(3)) * SLOT_WORDS + SLOT_WORDS - 1;
        other.slots().words().set(behind, value);
        int found = 0;
        for (int i = 0; i < 8; i++) {
            found += told(pool.local(0)::allocate);
        }
        assertThat(found).as("0x%x", value).isEqualTo(1);
    }

    @Test
    void it_is_found_in_the_slab_when_the_object_would_be_allocated() {
        for (int mistake = 0; mistake < mistakes(0, 0).length; mistake++) {
            List<Long> out = allocate(slab.local(0), 2);
            slab.local(0).free(out.get(0));
            overwrite(out.get(0), mistakes(out.get(0), out.get(1))[mistake]);
            int lost = slab.lost();
            allocate(slab.local(0), 1);
            assertThat(slab.lost()).as("mistake %d", mistake).isGreaterThan(lost);
            make(slab);
        }
    }

    private void make(Slab used) {
        used.close();
        slab = open();
    }

    @Test
    void no_slab_takes_these_numbers_for_a_state_of_an_object() {
        try (Block block = Block.allocate(32, 8)) {
            LongWords words = block.int64s(0, 4, 8);
            for (int i = 0; i < 0x8002; i++) {
                Slots slots = new Slots(words, mismatch -> KeyedSlots.bind(block, 2, 16, 1, mismatch), 2, 8, () -> {});
                slots.thread(0, 2);
                slots.acquire(0);
                long handle = slots.handOut(slots.handle(0));
                for (long upper : new long[] {0, -1, Long.MAX_VALUE, Long.MIN_VALUE, handle}) {
                    long guard = words.get(1);
                    words.set(1, upper);
                    assertThat(slots.isFreeWithin(0, 0, 2)).isFalse();
                    assertThatThrownBy(() -> slots.takeBack(handle)).hasMessageContaining("is overwritten");
                    words.set(1, guard);
                    slots.takeBack(handle);
                    words.set(1, upper);
                    assertThatThrownBy(() -> slots.link(handle, 0)).hasMessageContaining("is overwritten");
                    words.set(1, guard);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void one_in_a_pool_is_told_once_and_all_others_are_back_in_the_slab_when_the_pool_is_closed(Pool kind) {
        for (int overwritten = 0; overwritten < OBJECTS - 1; overwritten++) {
            ObjectCache pool = kind.over.apply(slab);
            List<Long> out = allocate(pool.local(0), OBJECTS);
            int told = 0;
            for (int i = 0; i < OBJECTS; i++) {
                long handle = out.get(i);
                int stripe = i < 20 ? 1 : 0;
                told += told(() -> pool.local(stripe).free(handle));
                if (i == overwritten + 1) {
                    overwrite(out.get(i - 1), -1);
                    overwrite(out.get(i), -1);
                }
            }
            told += told(pool::close);
            assertThat(told).as("of object %d and the next", overwritten).isLessThanOrEqualTo(2);
            assertThat(slab.inUse())
                    .as("of object %d and the next", overwritten)
                    .isEqualTo(told);
            make(slab);
        }
    }

    @ParameterizedTest
    @EnumSource
    void one_in_the_cache_behind_a_pool_is_told_once_and_all_others_are_allocated(Pool kind) {
        for (int overwritten = 0; overwritten < OBJECTS; overwritten++) {
            try (ArrayCaches caches = ArrayCaches.over(slab)) {
                List<Long> before = allocate(caches.local(0), OBJECTS);
                before.forEach(caches.local(0)::free);
                assertThat(caches.held()).isEqualTo(OBJECTS);
                overwrite(before.get(overwritten), -1);
                try (ObjectCache pool = kind.over.apply(caches)) {
                    List<Long> out = new ArrayList<>();
                    int told = 0;
                    for (int i = 0; i < 2 * OBJECTS; i++) {
                        told += told(() -> {
                            long handle = pool.local(0).allocate();
                            if (handle != 0) {
                                out.add(handle);
                            }
                        });
                    }
                    assertThat(told).isEqualTo(1);
                    assertThat(out).as("without object %d", overwritten).hasSize(OBJECTS - 1);
                    out.forEach(pool.local(0)::free);
                }
            }
            assertThat(slab.inUse()).isEqualTo(1);
            make(slab);
        }
    }
}
