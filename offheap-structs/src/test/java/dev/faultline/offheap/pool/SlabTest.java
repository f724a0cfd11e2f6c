package dev.faultline.offheap.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.offheap.memory.Block;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SlabTest {

    private static final StripeNodes TWO_NODES = new StripeNodes(2, 1);

    @Test
    void numbers_out_of_range_are_refused_before_anything_is_allocated() {
        int live = Block.live();
        assertThatThrownBy(() -> Slab.create(TWO_NODES, 0, 64, 64)).hasMessageContaining("mostObjects=0");
        assertThatThrownBy(() -> Slab.create(TWO_NODES, 1 << 30, 64, 64))
                .hasMessageContaining("expected 1 to 134217727");
        assertThatThrownBy(() -> Slab.create(TWO_NODES, 1, 7, 64)).hasMessageContaining("objectBytes=7");
        assertThatThrownBy(() -> Slab.create(TWO_NODES, 1, 64, 48)).hasMessageContaining("byteAlignment=48");
        assertThatThrownBy(() -> Slab.create(TWO_NODES, 1, 64, 4)).hasMessageContaining("byteAlignment=4");
        assertThatThrownBy(() -> new StripeNodes(0, 1)).hasMessageContaining("count=0");
        assertThatThrownBy(() -> new StripeNodes(4, 5)).hasMessageContaining("perNode=5");
        assertThatThrownBy(() -> new StripeNodes(65, 1)).hasMessageContaining("more than 64 nodes");
        assertThat(Block.live()).isEqualTo(live);
    }

    @Test
    void the_last_node_may_have_fewer_stripes() {
        StripeNodes stripes = new StripeNodes(5, 2);
        assertThat(stripes.nodes()).isEqualTo(3);
        assertThat(stripes.node(4)).isEqualTo(2);
    }

    @Test
    void objects_that_need_no_line_of_their_own_stand_eight_bytes_apart() {
        try (Slab slab = Slab.create(TWO_NODES, 10, 24, 8)) {
            assertThat(slab.slots().slotBytes()).isEqualTo(24 + 8);
        }
        try (Slab slab = Slab.create(TWO_NODES, 10, 20, 8)) {
            assertThat(slab.slots().slotBytes()).isEqualTo(24 + 8);
        }
        try (Slab slab = Slab.create(TWO_NODES, 10, 57, 64)) {
            assertThat(slab.slots().slotBytes()).isEqualTo(2 * 64);
        }
    }

    @Test
    void every_allocation_and_every_free_takes_one_lock() {
        try (Slab slab = Slab.create(TWO_NODES, 100, 232, 64)) {
            for (int i = 0; i < 1000; i++) {
                slab.local(1).free(slab.local(0).allocate());
            }
            AllocatorStatistics counts = slab.counts();
            assertThat(counts.get(AllocatorCounter.NODE_LOCKS)).isEqualTo(2 * 1000);
            assertThat(counts.get(AllocatorCounter.REMOTE_FREES)).isEqualTo(1000);
            assertThat(counts.get(AllocatorCounter.ALLOCATIONS)).isEqualTo(1000);
            assertThat(counts.get(AllocatorCounter.FREES)).isEqualTo(1000);
            assertThat(counts.get(AllocatorCounter.CONTENDED)).isZero();
        }
    }

    @Test
    void pages_are_taken_when_needed_and_all_but_five_empty_ones_given_back() {
        int perPage = 4096 / 256;
        try (Slab slab = Slab.create(TWO_NODES, 100 * perPage, 232, 64)) {
            assertThat(slab.byteSizeOfPages()).isZero();
            List<Long> out = new ArrayList<>();
            for (int i = 0; i < 40 * perPage + 1; i++) {
                out.add(slab.local(0).allocate());
            }
            assertThat(slab.byteSizeOfPages()).isEqualTo(41 * 4096);
            out.forEach(slab.local(1)::free);
            assertThat(slab.byteSizeOfPages()).isEqualTo(5 * 4096);
            assertThat(slab.inUse()).isZero();
            for (int i = 0; i < 100 * perPage; i++) {
                assertThat(slab.local(1).allocate()).isNotZero();
            }
            assertThat(slab.local(1).allocate())
                    .as("those that node 0 kept were used as well")
                    .isZero();
        }
    }

    @Test
    void an_object_written_to_while_it_was_free_costs_its_page_and_nothing_more() {
        int perPage = 4096 / 256;
        for (long garbage : new long[] {-1, 0, 0x4672656500000000L + 3L * perPage, 0x46726565ffffffffL}) {
            try (Slab slab = Slab.create(TWO_NODES, 10 * perPage, 232, 64)) {
                long first = slab.local(0).allocate();
                long second = slab.local(0).allocate();
                int word = slab.slots().firstWord(second);
                slab.local(0).free(second);
                slab.slots().words().set(word + 256 / 8 - 1, garbage);

                List<Long> out = new ArrayList<>();
                for (long handle = slab.local(0).allocate();
                        handle != 0;
                        handle = slab.local(0).allocate()) {
                    out.add(handle);
                }

                assertThat(slab.lost()).isEqualTo(perPage - 1);
                assertThat(slab.corruption())
                        .hasValueSatisfying(what -> assertThat(what)
                                .contains("written to while it was free", (perPage - 1) + " free objects"));
                assertThat(out).hasSize(9 * perPage).doesNotHaveDuplicates().doesNotContain(first, second);
                slab.local(0).free(first);
                long firstAgain = slab.local(1).allocate();
                assertThat(slab.slots().index(firstAgain))
                        .as("what comes back later is used again")
                        .isEqualTo(slab.slots().index(first));
                out.forEach(slab.local(1)::free);
                slab.local(0).free(firstAgain);
                assertThat(slab.inUse()).isZero();
                int again = 0;
                while (slab.local(0).allocate() != 0) {
                    again++;
                }
                assertThat(again).as("what was given up stays so").isEqualTo(9 * perPage + 1);
            }
        }
    }

    @Test
    void links_that_go_round_in_a_circle_are_noticed() {
        try (Slab slab = Slab.create(StripeNodes.onOneNode(1), 8, 232, 64)) {
            long[] out = new long[3];
            for (int i = 0; i < 3; i++) {
                out[i] = slab.local(0).allocate();
            }
            int[] words = new int[3];
            for (int i = 0; i < 3; i++) {
                words[i] = slab.slots().firstWord(out[i]) + 256 / 8 - 1;
            }
            for (long handle : out) {
                slab.local(0).free(handle);
            }
            long toLast = slab.slots().words().get(words[2]) & -1L << 32 | 3;
            slab.slots().words().set(words[1], toLast); // 3 -> 2 -> 3
            for (int expected : new int[] {2, 1}) {
                assertThat(slab.slots().index(slab.local(0).allocate()))
                        .isEqualTo(slab.slots().index(out[expected]));
            }
            assertThat(slab.local(0).allocate()).isZero();
            assertThat(slab.lost()).isEqualTo(8 - 2);
        }
    }
}
