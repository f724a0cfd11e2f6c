package dev.faultline.offheap.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.offheap.interleave.StressTime;
import dev.faultline.offheap.memory.Block;
import dev.faultline.offheap.memory.LongWords;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The rules that every allocator keeps, with and without caches in front of the pages. */
class ObjectCacheTest {

    private int liveBefore;

    @BeforeEach
    void count() {
        liveBefore = Block.live();
    }

    @AfterEach
    void no_block_is_left() {
        assertThat(Block.live()).isEqualTo(liveBefore);
    }

    @ParameterizedTest
    @EnumSource
    void one_stripe_gets_every_object_there_is_and_then_none_until_one_comes_back(Kind kind) {
        for (int most : new int[] {1, 7, 16, 100, 500}) {
            try (Kind.Stack stack = kind.open(StripeNodes.onOneNode(2), most, 232)) {
                ObjectCache.Local local = stack.top().local(0);
                Set<Long> out = new HashSet<>();
                for (int i = 0; i < most; i++) {
                    assertThat(out.add(local.allocate())).isTrue();
                }
                assertThat(out).doesNotContain(0L);
                assertThat(local.allocate()).isZero();
                assertThat(local.allocate()).isZero();
                assertThat(stack.top().counts().get(AllocatorCounter.EXHAUSTED)).isGreaterThanOrEqualTo(2);

                long one = out.iterator().next();
                local.free(one);
                out.remove(one);
                long again = local.allocate();
                Slots slots = stack.top().slots();
                assertThat(slots.index(again)).isEqualTo(slots.index(one));
                out.add(again);
                out.forEach(local::free);
                stack.closeLayers();
                assertThat(stack.slab().inUse()).isZero();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_node_without_pages_gets_what_other_nodes_have_free(Kind kind) {
        try (Kind.Stack stack = kind.open(new StripeNodes(2, 1), 200, 232)) {
            assertThat(stack.top().local(1).allocate()).isNotZero();
            int got = 0;
            while (stack.top().local(0).allocate() != 0) {
                got++;
            }
            assertThat(stack.slab().inUse()).isEqualTo(200);
            assertThat(1 + got + stack.top().held()).as("out and held").isEqualTo(200);
        }
    }

    @ParameterizedTest
    @EnumSource
    void objects_start_on_lines_and_none_reaches_into_another(Kind kind) {
        try (Kind.Stack stack = kind.open(StripeNodes.onOneNode(1), 50, 200)) {
            Slots slots = stack.top().slots();
            LongWords words = slots.words();
            List<Long> out = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                long handle = stack.top().local(0).allocate();
                out.add(handle);
                assertThat(slots.firstWord(handle) % 8).isZero();
                for (int word = 0; word < 200 / 8; word++) {
                    words.set(slots.firstWord(handle) + word, handle + word);
                }
            }
            assertThat(slots.slotBytes()).isEqualTo(256);
            assertThat(slots.objectBytes()).isEqualTo(200);
            for (long handle : out) {
                for (int word = 0; word < 200 / 8; word++) {
                    assertThat(words.get(slots.firstWord(handle) + word)).isEqualTo(handle + word);
                }
                stack.top().local(0).free(handle);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_is_not_out_cannot_be_freed(Kind kind) {
        try (Kind.Stack stack = kind.open(new StripeNodes(4, 2), 100, 232);
                Kind.Stack other = kind.open(new StripeNodes(4, 2), 100, 232)) {
            ObjectCache.Local local = stack.top().local(0);
            long handle = local.allocate();
            long foreign = other.top().local(0).allocate();
            long neverOut = (handle & -1L << 32) + 100;
            for (long wrong : new long[] {0, -1, 1, handle + 100, handle & -1L << 32, Long.MIN_VALUE, foreign}) {
                assertThatThrownBy(() -> local.free(wrong))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("is no handle of these 100 objects");
                assertThatThrownBy(() -> stack.top().slots().firstWord(wrong))
                        .isInstanceOf(IllegalArgumentException.class);
            }
            assertThatThrownBy(() -> local.free(neverOut)).isInstanceOf(IllegalStateException.class);
            for (int stripe = 0; stripe < 4; stripe++) {
                ObjectCache.Local freeing = stack.top().local(stripe);
                ObjectCache.Local again = stack.top().local(3 - stripe);
                long once = local.allocate();
                freeing.free(once);
                int held = stack.top().held();
                assertThatThrownBy(() -> freeing.free(once))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("expected to be allocated");
                assertThatThrownBy(() -> again.free(once)).isInstanceOf(IllegalStateException.class);
                assertThatThrownBy(() -> stack.top().slots().firstWord(once)).isInstanceOf(IllegalStateException.class);
                assertThat(stack.top().held()).isEqualTo(held);
            }
            local.free(handle);
            stack.closeLayers();
            assertThat(stack.slab().inUse()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_handle_kept_from_before_its_object_was_given_out_again_is_refused(Kind kind) {
        try (Kind.Stack stack = kind.open(StripeNodes.onOneNode(1), 1, 232)) {
            ObjectCache.Local local = stack.top().local(0);
            Slots slots = stack.top().slots();
            long stale = local.allocate();
            local.free(stale);
            for (int round = 0; round < 70_000; round++) {
                long handle = local.allocate();
                assertThat(slots.index(handle)).isEqualTo(slots.index(stale));
                if (round % 1000 == 0) {
                    assertThat(handle).isNotEqualTo(stale);
                    assertThatThrownBy(() -> local.free(stale))
                            .isInstanceOf(IllegalStateException.class)
                            .hasMessageContaining("stale");
                    assertThatThrownBy(() -> slots.firstWord(stale)).hasMessageContaining("stale");
                }
                local.free(handle);
            }
            stack.closeLayers();
            assertThat(stack.slab().inUse()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void an_owner_that_wrote_beyond_its_object_is_told_when_it_frees_it(Kind kind) {
        try (Kind.Stack stack = kind.open(StripeNodes.onOneNode(1), 10, 248)) {
            long handle = stack.top().local(0).allocate();
            Slots slots = stack.top().slots();
            slots.words().set(slots.firstWord(handle) + 248 / 8, 0x6262626262626262L);
            assertThatThrownBy(() -> stack.top().local(0).free(handle))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("overwritten beyond its end (0x62626262)");
        }
    }

    @ParameterizedTest
    @EnumSource
    void every_use_after_closing_throws(Kind kind) {
        Kind.Stack stack = kind.open(StripeNodes.onOneNode(2), 100, 232);
        ObjectCache top = stack.top();
        ObjectCache.Local local = top.local(0);
        long handle = local.allocate();
        stack.close();
        top.close();
        for (Runnable use : List.<Runnable>of(
                local::allocate,
                () -> local.free(handle),
                top::counts,
                () -> top.slots().firstWord(handle))) {
            assertThatThrownBy(use::run)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("closed");
        }
    }

    @ParameterizedTest
    @EnumSource
    void nothing_is_lost_and_nothing_is_handed_out_twice(Kind kind) {
        long seed = StressTime.seed(getClass().getSimpleName());
        for (int round = 0; round < 6; round++) {
            Random random = new Random(seed + round);
            StripeNodes stripes = new StripeNodes(4, 1 + random.nextInt(4));
            try (Kind.Stack stack = kind.open(stripes, 1 + random.nextInt(1500), 8 + random.nextInt(700))) {
                new Model(stack, random, "seed " + seed + " round " + round).run(15_000);
            }
        }
    }

    /** Random allocations and frees on all stripes from one thread; after each, the allocated objects are known. */
    private static final class Model {
        private final Kind.Stack stack;
        private final Random random;
        private final String where;
        private final List<Long> out = new ArrayList<>();
        private final Set<Long> known = new HashSet<>();

        Model(Kind.Stack stack, Random random, String where) {
            this.stack = stack;
            this.random = random;
            this.where = where;
        }

        void run(int steps) {
            int tide = 50;
            for (int step = 0; step < steps; step++) {
                if (step % 500 == 0) {
                    tide = 20 + random.nextInt(61);
                }
                ObjectCache.Local local = stack.top().local(random.nextInt(4));
                if (random.nextInt(100) < tide) {
                    allocate(local);
                } else {
                    free(local);
                }
                check();
            }
            while (!out.isEmpty()) {
                free(stack.top().local(random.nextInt(4)));
            }
            check();
            stack.closeLayers();
            assertThat(stack.slab().inUse()).as(where).isZero();
        }

        private void allocate(ObjectCache.Local local) {
            long handle = local.allocate();
            if (handle != 0) {
                assertThat(known.add(handle)).as(where + ": handed out twice").isTrue();
                out.add(handle);
                stamp(handle, handle);
            }
        }

        private void free(ObjectCache.Local local) {
            if (!out.isEmpty()) {
                int index = random.nextInt(out.size());
                long handle = out.set(index, out.get(out.size() - 1));
                out.remove(out.size() - 1);
                known.remove(handle);
                Slots slots = stack.top().slots();
                assertThat(slots.words().get(slots.firstWord(handle))).as(where).isEqualTo(handle);
                local.free(handle);
            }
        }

        private void stamp(long handle, long value) {
            Slots slots = stack.top().slots();
            slots.words().set(slots.firstWord(handle), value);
        }

        private void check() {
            int inUse = stack.slab().inUse();
            if (out.size() + stack.top().held() != inUse) {
                throw new AssertionError(
                        where + ": " + out.size() + " out + " + stack.top().held() + " held, but " + inUse + " in use");
            }
        }
    }
}
