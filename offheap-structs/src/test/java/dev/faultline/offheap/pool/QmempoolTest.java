package dev.faultline.offheap.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.offheap.memory.Block;
import dev.faultline.offheap.queue.AlfQueue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QmempoolTest {

    private static final StripeNodes TWO = StripeNodes.onOneNode(2);

    private int liveBefore;
    private Slab slab;

    @BeforeEach
    void make() {
        liveBefore = Block.live();
        slab = Slab.create(TWO, 4000, 232, 64);
    }

    @AfterEach
    void nothing_is_left() {
        assertThat(slab.inUse()).isZero();
        slab.close();
        assertThat(Block.live()).isEqualTo(liveBefore);
    }

    @Test
    void sizes_it_cannot_work_with_are_refused() {
        assertThatThrownBy(() -> Qmempool.create(slab, 8, 32, 0)).hasMessageContaining("localSize=8");
        assertThatThrownBy(() -> Qmempool.create(slab, 24, 32, 0)).hasMessageContaining("localSize=24");
        assertThatThrownBy(() -> Qmempool.create(slab, 16, 16, 0)).hasMessageContaining("sharedSize=16");
        assertThatThrownBy(() -> Qmempool.create(slab, 16, 100, 0)).hasMessageContaining("sharedSize=100");
        assertThatThrownBy(() -> Qmempool.create(slab, 16, 1 << 17, 0)).hasMessageContaining("sharedSize=131072");
        assertThatThrownBy(() -> Qmempool.create(slab, 16, 32, 33)).hasMessageContaining("preallocated=33");
        assertThatThrownBy(() -> Qmempool.create(slab, 16, 32, -1)).hasMessageContaining("preallocated=-1");
        assertThatThrownBy(() -> Qmempool.create(null, 16, 32, 0)).isInstanceOf(NullPointerException.class);
    }

    @Test
    void what_is_preallocated_need_be_no_whole_number_of_bulks_but_that_is_odd() {
        try (Qmempool pool = Qmempool.create(slab, 32, 512, 511)) {
            assertThat(pool.heldShared()).isEqualTo(511);
            assertThat(pool.warning()).hasValueSatisfying(odd -> assertThat(odd).contains("511", "multiple of 16"));
        }
        try (Qmempool pool = Qmempool.create(slab, 32, 512, 512)) {
            assertThat(pool.heldShared()).isEqualTo(512);
            assertThat(pool.warning()).isEmpty();
        }
    }

    @Test
    void a_cache_with_too_few_objects_to_preallocate_has_them_all_again() {
        try (Slab small = Slab.create(TWO, 40, 232, 64)) {
            assertThatThrownBy(() -> Qmempool.create(small, 16, 64, 48))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("the cache has only 40 of 48 objects to preallocate");
            assertThat(small.inUse()).isZero();
        }
    }

    @Test
    void after_one_allocation_the_rest_of_a_bulk_is_in_the_local_queue() {
        try (Qmempool pool = Qmempool.create(slab, 32, 64, 64)) {
            long one = pool.local(1).allocate();
            assertThat(pool.heldBy(1)).isEqualTo(Qmempool.BULK - 1);
            assertThat(pool.heldBy(0)).isZero();
            assertThat(pool.heldShared()).isEqualTo(64 - 16);
            pool.local(1).free(one);
            assertThat(pool.heldBy(1)).isEqualTo(Qmempool.BULK);
        }
    }

    @Test
    void with_nothing_preallocated_the_cache_gives_one_and_two_bulks() {
        try (Qmempool pool = Qmempool.create(slab, 32, 64, 0)) {
            long one = pool.local(0).allocate();
            assertThat(pool.heldBy(0)).isZero();
            assertThat(pool.heldShared()).isEqualTo(2 * 16);
            assertThat(slab.inUse()).isEqualTo(1 + 2 * 16);
            pool.local(0).free(one);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 127, 128, 129, 132, 133, 1000})
    void many_are_allocated_and_freed_in_either_order(int count) {
        try (Qmempool pool = Qmempool.create(slab, 32, 64, 0)) {
            for (int round = 0; round < 3; round++) {
                Set<Long> out = new HashSet<>();
                for (int i = 0; i < count; i++) {
                    assertThat(out.add(pool.local(0).allocate())).isTrue();
                    assertThat(slab.inUse()).isEqualTo(out.size() + pool.held());
                }
                for (long handle : out) {
                    pool.local(round % 2).free(handle);
                }
                assertThat(slab.inUse()).isEqualTo(pool.held()).isLessThanOrEqualTo(2 * 32 + 64);
            }
        }
    }

    @Test
    void a_full_shared_queue_makes_room_for_the_next_two_bulks() {
        try (Qmempool pool = Qmempool.create(slab, 16, 32, 0)) {
            long[] out = new long[16 + 32 + 1];
            for (int i = 0; i < out.length; i++) {
                out[i] = slab.local(0).allocate();
            }
            for (int i = 0; i < 16 + 32 - 1; i++) {
                pool.local(0).free(out[i]);
            }
            assertThat(pool.heldBy(0) + pool.heldShared()).isEqualTo(16 + 32 - 1);
            assertThat(slab.inUse()).isEqualTo(out.length);
            pool.local(0).free(out[47]);
            pool.local(0).free(out[48]);
            assertThat(pool.heldShared()).isZero();
            assertThat(pool.heldBy(0)).isEqualTo(1);
            assertThat(slab.inUse()).isEqualTo(1);
        }
    }

    /** A slab with another way of allocating. */
    private record Detour(Slab slab, ToLongFunction<Local> allocation) implements ObjectCache {

        @Override
        public Local local(int stripe) {
            Local local = slab.local(stripe);
            return new Local() {
                @Override
                public long allocate() {
                    return allocation.applyAsLong(local);
                }

                @Override
                public void free(long handle) {
                    local.free(handle);
                }
            };
        }

        @Override
        public Slots slots() {
            return slab.slots();
        }

        @Override
        public StripeNodes stripes() {
            return slab.stripes();
        }

        @Override
        public int held() {
            return 0;
        }

        @Override
        public AllocatorStatistics counts() {
            return slab.counts();
        }

        @Override
        public void close() {}
    }

    /** Lets the cache fail after each number of objects; returns what is wrong, or an empty text. */
    private String lossesWhereTheCacheFails(Function<ObjectCache, ObjectCache> poolOver) {
        StringBuilder losses = new StringBuilder();
        for (int objects = 0; objects <= 3 * 33; objects++) {
            AtomicInteger left = new AtomicInteger(objects);
            ObjectCache failing = new Detour(slab, local -> left.getAndDecrement() > 0 ? local.allocate() : 0);
            List<Long> out = new ArrayList<>();
            try (ObjectCache pool = poolOver.apply(failing)) {
                for (int i = 0; i < 100; i++) {
                    long handle = pool.local(0).allocate();
                    if (handle != 0) {
                        out.add(handle);
                    }
                    if (slab.inUse() != out.size() + pool.held()) {
                        losses.append(objects).append(": lost ").append(slab.inUse() - out.size() - pool.held());
                        break;
                    }
                }
                if (losses.length() == 0 && out.size() != objects) {
                    losses.append(objects).append(": got ").append(out.size());
                }
                out.forEach(pool.local(0)::free);
            } catch (IndexOutOfBoundsException underflow) {
                losses.append(objects).append(": ").append(underflow.getMessage());
                out.forEach(slab.local(0)::free);
            }
        }
        return losses.toString();
    }

    @Test
    void a_cache_that_fails_anywhere_in_a_refill_loses_nothing() {
        assertThat(lossesWhereTheCacheFails(cache -> Qmempool.create(cache, 16, 32, 0)))
                .isEmpty();
    }

    @Test
    void the_originals_refill_is_caught_losing_one() {
        Slab other = slab;
        assertThat(lossesWhereTheCacheFails(OriginalRefill::new))
                .contains("lost 1")
                .contains("1: ");
        slab = Slab.create(TWO, 10, 64, 64); // the other slab has lost objects
        assertThat(other.inUse()).isPositive();
        other.close();
    }

    /**
     * Allocates as the posted version did: when the cache fails in the middle of a bulk, one object fewer than fetched
     * is put into the queue.
     */
    private static final class OriginalRefill implements ObjectCache {

        private final ObjectCache backing;
        private final AlfQueue shared = AlfQueue.create(32, AlfQueue.Mode.MPMC);
        private final Local local;

        OriginalRefill(ObjectCache backing) {
            this.backing = backing;
            Local home = backing.local(0);
            local = new Local() {
                @Override
                public long allocate() {
                    long handle = shared.poll(0);
                    if (handle != 0) {
                        return slots().handOut(handle);
                    }
                    long[] bulk = new long[Qmempool.BULK];
                    handle = home.allocate();
                    for (int i = 0; handle != 0 && i < Qmempool.REFILL_MULTIPLIER; i++) {
                        for (int j = 0; j < bulk.length; j++) {
                            bulk[j] = home.allocate();
                            if (bulk[j] == 0) {
                                shared.enqueue(bulk, 0, j - 1);
                                return handle;
                            }
                            slots().takeBack(bulk[j]);
                        }
                        shared.enqueue(bulk, 0, bulk.length);
                    }
                    return handle;
                }

                @Override
                public void free(long handle) {
                    home.free(handle);
                }
            };
        }

        @Override
        public Local local(int stripe) {
            return local;
        }

        @Override
        public Slots slots() {
            return backing.slots();
        }

        @Override
        public StripeNodes stripes() {
            return backing.stripes();
        }

        @Override
        public int held() {
            return shared.size();
        }

        @Override
        public AllocatorStatistics counts() {
            return backing.counts();
        }

        @Override
        public void close() {
            for (long handle = shared.poll(0); handle != 0; handle = shared.poll(0)) {
                backing.local(0).free(slots().handOut(handle));
            }
            shared.close();
        }
    }

    @Test
    void what_the_shared_queue_has_no_room_for_after_all_goes_back() {
        // the cache calls back while stripe 0 refills the shared queue, and stripe 1 frees into it
        Qmempool[] pool = new Qmempool[1];
        List<Long> out = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            out.add(slab.local(1).allocate());
        }
        ObjectCache meddling = new Detour(slab, local -> {
            while (out.size() > 60 - 47) {
                pool[0].local(1).free(out.remove(out.size() - 1));
            }
            return local.allocate();
        });
        try (Qmempool made = Qmempool.create(meddling, 16, 32, 0)) {
            pool[0] = made;
            long one = made.local(0).allocate();
            assertThat(one).isNotZero();
            assertThat(made.heldShared()).isEqualTo(32);
            assertThat(slab.inUse()).isEqualTo(1 + out.size() + made.held());
            made.local(0).free(one);
        }
        out.forEach(slab.local(1)::free);
    }

    @Test
    void the_fast_path_takes_no_lock_and_a_bulk_two_atomic_steps() {
        try (Qmempool pool = Qmempool.create(slab, 32, 1024, 512)) {
            AllocatorStatistics before = pool.counts();
            for (int i = 0; i < 160; i++) {
                pool.local(1).free(pool.local(0).allocate());
            }
            AllocatorStatistics counts = pool.counts().since(before);
            assertThat(counts.locks()).isZero();
            assertThat(counts.get(AllocatorCounter.REFILLS)).isEqualTo(160 / 16);
            assertThat(counts.get(AllocatorCounter.FLUSHES)).isEqualTo((160 - 32) / 16);
        }
    }
}
