package dev.faultline.offheap.refcount;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.offheap.memory.Block;
import dev.faultline.offheap.memory.StripeAreas;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DynamicRefTest extends LeakChecked {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private long now;
    private int released;

    private DynamicRef ref(int threshold) {
        return DynamicRef.open(group.block, 16, group.areas, group.periods, () -> now, threshold, () -> released++);
    }

    private void use(DynamicRef ref, int times) {
        for (int i = 0; i < times; i++) {
            ref.get(group.reader(0));
            ref.put(group.reader(1));
        }
    }

    @Test
    void a_place_has_one_count_at_a_time() {
        DynamicRef first = ref(4096);
        assertThatThrownBy(() -> ref(4096))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("bytes 16 to 31")
                .hasMessageContaining("in use");
        assertThatThrownBy(() ->
                        DynamicRef.open(group.block, 8, group.areas, group.periods, () -> now, 4096, () -> released++))
                .hasMessageContaining("open at byte 16");
        first.close();
        assertThatThrownBy(() -> ref(3)).isInstanceOf(IllegalArgumentException.class);
        DynamicRef second = ref(4096);
        first.close();
        assertThatThrownBy(() -> ref(4096))
                .as("closed again, it gives up nothing")
                .hasMessageContaining("in use");
        second.close();
    }

    @Test
    void a_closed_count_does_not_act_on_the_next_one_at_its_place() {
        DynamicRef closed = ref(4096);
        closed.close();
        try (DynamicRef next = ref(4096)) {
            next.get(group.reader(0));
            assertThatThrownBy(() -> closed.put(group.reader(0))).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(closed::kill).isInstanceOf(IllegalStateException.class);
            assertThat(next.isKilled()).isFalse();
            assertThat(next.kill()).isTrue();
            next.put(group.reader(0));
            assertThat(released).isZero();
            next.put(group.reader(0));
            assertThat(released).isEqualTo(1);
        }
    }

    @Test
    void what_is_closed_after_its_block_gives_its_counters_back() {
        Block block = Block.allocate(64, 64);
        DynamicRef ref = DynamicRef.open(block, 0, group.areas, group.periods, () -> now, 2, () -> released++);
        use(ref, 2);
        assertThat(group.areas.live()).isEqualTo(1);
        block.close();
        ref.close();
        ref.close();
        assertThat(group.areas.live()).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 12345, -1, Long.MAX_VALUE - 7, Long.MAX_VALUE >> 2, Long.MIN_VALUE >> 2})
    void it_turns_per_stripe_with_the_4096th_get_within_a_second(long begin) {
        now = begin;
        try (DynamicRef ref = ref(DynamicRef.DEFAULT_THRESHOLD)) {
            use(ref, 4095);
            assertThat(ref.isPercpu()).isFalse();
            now += SECOND;
            use(ref, 1);
            assertThat(ref.isPercpu()).isTrue();
            assertThat(group.areas.live()).isEqualTo(1);
            use(ref, 10_000);
            assertThat(ref.kill()).isTrue();
            ref.put(group.reader(2));
            group.pass();
            assertThat(released).isEqualTo(1);
        }
    }

    @Test
    void it_stays_one_word_while_as_many_gets_take_longer() {
        try (DynamicRef ref = ref(4096)) {
            for (int round = 0; round < 5; round++) {
                use(ref, 2048);
                now += SECOND;
                use(ref, 2047);
                now += SECOND;
                use(ref, 1);
                assertThat(ref.isPercpu()).isFalse();
            }
            assertThat(group.areas.live()).isZero();
            use(ref, 4096);
            assertThat(ref.isPercpu())
                    .as("the second begins with the last wrap")
                    .isTrue();
            assertThat(ref.kill()).isTrue();
            group.pass();
            assertThat(released).isZero();
            ref.put(group.reader(0));
            assertThat(released).isEqualTo(1);
        }
    }

    @Test
    void references_taken_before_it_turns_are_counted_after() {
        try (DynamicRef ref = ref(64)) {
            for (int i = 0; i < 100; i++) {
                ref.get(group.reader(i % 3));
            }
            assertThat(ref.isPercpu()).isTrue();
            for (int i = 0; i < 60; i++) {
                ref.put(group.reader(2));
            }
            assertThat(ref.kill()).isTrue();
            for (int i = 0; i < 40; i++) {
                ref.put(group.reader(1));
            }
            ref.put(group.reader(0));
            assertThat(released).as("before the grace period").isZero();
            group.pass();
            assertThat(released).isEqualTo(1);
            assertThat(group.areas.live()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_kill_says_true_once(boolean percpu) {
        try (DynamicRef ref = ref(2)) {
            ref.get(group.reader(0));
            if (percpu) {
                ref.get(group.reader(0));
                ref.put(group.reader(0));
            }
            assertThat(ref.isPercpu()).isEqualTo(percpu);
            assertThat(ref.isKilled()).isFalse();
            assertThat(ref.kill()).isTrue();
            assertThat(ref.kill()).isFalse();
            assertThat(ref.state()).isEqualTo(percpu ? DynamicRef.DYING : DynamicRef.DEAD);
            assertThat(ref.isKilled()).isTrue();
            if (percpu) {
                assertThatThrownBy(ref::close).hasMessageContaining("killed but not folded");
            }
            group.pass();
            assertThat(ref.state()).isEqualTo(DynamicRef.DEAD);
            assertThat(ref.kill()).isFalse();
            ref.get(group.reader(1));
            ref.put(group.reader(1));
            ref.put(group.reader(1));
            assertThat(released).isZero();
            ref.put(group.reader(2));
            assertThat(released).isEqualTo(1);
            assertThat(ref.kill()).isFalse();
        }
    }

    @Test
    void while_the_areas_are_full_it_stays_one_word_and_tries_again_later() {
        List<StripeAreas.Slot> all = new ArrayList<>();
        for (int i = 0; i < 1024; i++) {
            all.add(group.areas.allocate(4));
        }
        try (DynamicRef ref = ref(64)) {
            use(ref, 64);
            assertThat(ref.isPercpu()).isFalse();
            group.areas.free(all.remove(0));
            use(ref, 63);
            assertThat(ref.isPercpu()).isFalse();
            use(ref, 1);
            assertThat(ref.isPercpu()).isTrue();
        }
        all.forEach(group.areas::free);
    }

    @Test
    void gets_of_what_is_gone_and_puts_too_many_are_refused_and_it_is_released_once() {
        try (DynamicRef ref = ref(64)) {
            use(ref, 80);
            ref.kill();
            group.pass();
            ref.put(group.reader(0));
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> ref.get(group.reader(0))).hasMessageContaining("the count is zero");
                assertThatThrownBy(() -> ref.put(group.reader(0))).hasMessage("more references were put than got");
            }
            assertThat(released).isEqualTo(1);
        }
    }

    @Test
    void puts_too_many_while_per_stripe_are_found_by_the_fold() {
        try (DynamicRef ref = ref(2)) {
            use(ref, 2);
            ref.put(group.reader(0));
            ref.put(group.reader(0));
            ref.kill();
            assertThatThrownBy(group::pass).hasMessage("more references were put than got");
            assertThat(released).isZero();
        }
    }

    @Test
    void a_counter_of_a_stripe_wraps_around() {
        DynamicRef.Counters[] made = new DynamicRef.Counters[1];
        DynamicRef ref = new DynamicRef(
                group.block.int64(0),
                group.block.int64(8),
                2,
                new DynamicRef.Dependencies(
                        () -> {
                            StripeAreas.Slot slot = group.areas.allocate(4);
                            made[0] =
                                    new DynamicRef.Counters(slot.int32s(), slot.number(), () -> group.areas.free(slot));
                            return made[0];
                        },
                        RcuCallbacks.of(group.periods, group.areas),
                        () -> now),
                () -> released++);
        use(ref, 2);
        made[0].words().set(0, Integer.MAX_VALUE);
        made[0].words().set(1, Integer.MIN_VALUE); // the stripe of the last put
        ref.get(group.reader(0));
        assertThat(made[0].words().get(0)).isNegative();
        ref.kill();
        ref.put(group.reader(2));
        group.pass();
        assertThat(released).isZero();
        ref.put(group.reader(1));
        assertThat(released).isEqualTo(1);
        ref.close();
    }

    @Test
    void thresholds_out_of_range_and_too_few_stripes_are_refused() {
        for (int threshold : new int[] {0, 1, 3, 4095, 1 << 21, Integer.MIN_VALUE}) {
            assertThatThrownBy(() -> ref(threshold)).hasMessageContaining("threshold=" + threshold);
        }
        try (StripeAreas few = StripeAreas.padded(2, 64)) {
            assertThatThrownBy(() -> DynamicRef.open(group.block, 0, few, group.periods, () -> now, 4096, () -> {}))
                    .hasMessageContaining("stripes=2");
        }
        assertThatThrownBy(
                        () -> DynamicRef.open(group.block, 1016, group.areas, group.periods, () -> now, 4096, () -> {}))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThat(DynamicRef.DEFAULT_THRESHOLD).isEqualTo(4096);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void without_a_reader_inside_or_after_close_everything_is_refused(boolean percpu) {
        DynamicRef ref = ref(2);
        if (percpu) {
            use(ref, 2);
        }
        group.reader(0).exit();
        assertThatThrownBy(() -> ref.get(group.reader(0))).hasMessageContaining("is not inside");
        assertThatThrownBy(() -> ref.put(group.reader(0))).hasMessageContaining("is not inside");
        group.reader(0).enter();
        ref.close();
        ref.close();
        assertThat(group.areas.live()).isZero();
        for (Consumer<DynamicRef> use : List.<Consumer<DynamicRef>>of(
                one -> one.get(group.reader(0)), one -> one.put(group.reader(0)), DynamicRef::kill)) {
            assertThatThrownBy(() -> use.accept(ref))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("closed");
        }
    }
}
