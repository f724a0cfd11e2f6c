package dev.faultline.offheap.refcount;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.offheap.kernel.PercpuRefStruct;
import dev.faultline.offheap.memory.Block;
import dev.faultline.offheap.memory.LongWords;
import dev.faultline.offheap.memory.StripeAreas;
import dev.faultline.offheap.memory.StructView;
import dev.faultline.offheap.rcu.GracePeriods;
import dev.faultline.offheap.rcu.Reader;
import dev.faultline.offheap.refcount.PercpuRef.Init;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class PercpuRefTest extends PercpuRefFixture {

    @Test
    void a_place_has_one_count_at_a_time() {
        PercpuRef first = ref();
        assertThatThrownBy(this::ref)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("bytes 64 to 79")
                .hasMessageContaining("open at byte 64");
        first.close();
        first.close();
        ref().close();
    }

    @Test
    void a_closed_count_does_not_act_on_the_next_one_at_its_place() {
        PercpuRef closed = ref();
        closed.close();
        try (PercpuRef next = ref()) {
            next.get(group.reader(0));
            assertThatThrownBy(() -> closed.put(group.reader(0))).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> closed.get(group.reader(0))).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(closed::kill).isInstanceOf(IllegalStateException.class);
            assertThat(closed.isDying()).isTrue();
            assertThat(next.isDying()).isFalse();
            next.kill();
            group.pass();
            assertThat(events).isEmpty();
            next.put(group.reader(0));
            assertThat(events).containsExactly("released");
        }
    }

    @Test
    void what_is_closed_after_its_block_or_refused_gives_its_counters_back() {
        Block block = Block.allocate(64, 64);
        PercpuRef ref = PercpuRef.open(block, 0, group.areas, group.periods, () -> {});
        assertThatThrownBy(() -> PercpuRef.open(block, 16, group.areas, group.periods, () -> {}, (Init) null))
                .isInstanceOf(NullPointerException.class);
        PercpuRef.open(block, 16, group.areas, group.periods, () -> {}, Init.ATOMIC, Init.ATOMIC)
                .close();
        block.close();
        ref.close();
        ref.close();
        assertThat(group.areas.live()).isZero();
    }

    @Test
    void it_counts_per_stripe_until_it_is_killed_and_is_released_by_the_last_put() {
        try (PercpuRef ref = ref()) {
            assertThat(ref.isPercpu()).isTrue();
            ref.get(group.reader(0));
            ref.getMany(group.reader(1), 5);
            assertThat(ref.tryGet(group.reader(1))).isTrue();
            assertThat(ref.tryGetLive(group.reader(2))).isTrue();
            ref.putMany(group.reader(2), 7);
            assertThat(ref.isZero()).as("unknown while per stripe").isFalse();

            ref.killAndConfirm(() -> events.add("confirmed"));
            assertThat(ref.isDying()).isTrue();
            assertThat(ref.isPercpu()).isFalse();
            assertThat(ref.tryGetLive(group.reader(0))).isFalse();
            assertThat(ref.tryGet(group.reader(0))).as("the bias is not zero").isTrue();
            ref.putMany(group.reader(0), 2);
            assertThat(events).as("before the grace period").isEmpty();

            group.pass();
            assertThat(events).containsExactly("confirmed", "released");
            assertThat(ref.isZero()).isTrue();
            assertThat(ref.tryGet(group.reader(0))).isFalse();
        }
        assertThat(events).hasSize(2);
    }

    @Test
    void of_one_that_is_killed_references_can_still_be_got_until_the_last_is_put() {
        try (PercpuRef ref = ref()) {
            ref.get(group.reader(0));
            ref.kill();
            group.pass();
            assertThat(ref.tryGet(group.reader(1))).isTrue();
            ref.put(group.reader(2));
            assertThat(events).isEmpty();
            ref.put(group.reader(2));
            assertThat(events).containsExactly("released");
        }
    }

    @Test
    void the_fold_waits_for_who_was_inside() {
        try (PercpuRef ref = ref()) {
            ref.kill();
            group.reader(0).quiescent();
            group.reader(1).exit();
            assertThat(group.periods.poll()).isZero();
            group.reader(2).quiescent();
            assertThat(group.periods.poll()).isEqualTo(1);
            assertThat(events).containsExactly("released");
            group.reader(1).enter();
        }
    }

    @Test
    void illegal_uses_are_refused_and_change_nothing() {
        try (PercpuRef ref = ref(Init.ALLOW_REINIT)) {
            refused(ref::resurrect, "is not killed");
            refused(ref::reinit, "the count is not zero");
            ref.get(group.reader(0));
            ref.kill();
            refused(ref::kill, "is killed already");
            group.pass();
            refused(ref::kill, "is killed already");
            refused(ref::reinit, "the count is not zero");
            ref.put(group.reader(0));
            assertThat(events).containsExactly("released");

            refused(() -> ref.put(group.reader(1)), "more references were put than got");
            refused(() -> ref.putMany(group.reader(1), 9), "more references were put than got");
            refused(() -> ref.get(group.reader(1)), "the count is zero");
            refused(() -> ref.getMany(group.reader(1), 3), "the count is zero");
            assertThat(ref.isZero()).isTrue();
            assertThat(events).as("once and no more").containsExactly("released");
        }
        try (PercpuRef ref = ref()) {
            refused(ref::switchToPercpu, "ALLOW_REINIT");
            ref.kill();
            refused(ref::resurrect, "ALLOW_REINIT");
            group.pass();
            refused(ref::reinit, "ALLOW_REINIT");
        }
    }

    @Test
    void too_many_puts_before_the_kill_are_found_by_the_fold_and_it_is_never_released() {
        try (PercpuRef ref = ref()) {
            ref.putMany(group.reader(0), 2);
            ref.kill();
            assertThatThrownBy(group::pass).hasMessage("more references were put than got");
            assertThat(events).isEmpty();
        }
    }

    @Test
    void arguments_out_of_range_are_refused() {
        try (PercpuRef ref = ref()) {
            for (int references : new int[] {0, -1, Integer.MIN_VALUE}) {
                assertThatThrownBy(() -> ref.getMany(group.reader(0), references))
                        .isInstanceOf(IllegalArgumentException.class);
                assertThatThrownBy(() -> ref.putMany(group.reader(0), references))
                        .isInstanceOf(IllegalArgumentException.class);
            }
            group.reader(0).exit();
            for (Consumer<PercpuRef> use : List.<Consumer<PercpuRef>>of(
                    one -> one.get(group.reader(0)),
                    one -> one.put(group.reader(0)),
                    one -> one.tryGet(group.reader(0)),
                    one -> one.tryGetLive(group.reader(0)))) {
                refused(() -> use.accept(ref), "is not inside");
            }
            group.reader(0).enter();
        }
        try (StripeAreas few = StripeAreas.packed(2, 4096)) {
            assertThatThrownBy(() -> PercpuRef.open(group.block, 0, few, group.periods, () -> {}))
                    .hasMessage("stripes=2, expected at least one for each of the 3 readers");
            assertThatThrownBy(() -> PercpuRef.open(group.block, 4, group.areas, group.periods, () -> {}))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> PercpuRef.open(group.block, 1016, group.areas, group.periods, () -> {}))
                    .isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> PercpuRef.open(group.block, 0, group.areas, group.periods, null))
                    .isInstanceOf(NullPointerException.class);
        }
        assertThat(group.areas.live()).isZero();
    }

    @Test
    void after_close_everything_is_refused_but_the_two_questions_the_object_can_answer() {
        for (Init[] init : new Init[][] {{}, {Init.ALLOW_REINIT}, {Init.ATOMIC}, {Init.DEAD}}) {
            PercpuRef ref = ref(init);
            ref.close();
            ref.close();
            for (Consumer<PercpuRef> use : List.<Consumer<PercpuRef>>of(
                    one -> one.get(group.reader(0)),
                    one -> one.put(group.reader(0)),
                    one -> one.tryGet(group.reader(0)),
                    one -> one.tryGetLive(group.reader(0)),
                    PercpuRef::kill,
                    PercpuRef::reinit,
                    PercpuRef::resurrect,
                    PercpuRef::switchToPercpu,
                    one -> one.switchToAtomic(() -> {}))) {
                assertThatThrownBy(() -> use.accept(ref)).isInstanceOf(IllegalStateException.class);
            }
            assertThat(ref.isDying()).isTrue();
            assertThat(ref.isZero()).isEqualTo(init.length == 1 && init[0] == Init.DEAD);
        }
    }

    /** Values too large to be counted up to are written into the words. */
    @Test
    void a_counter_of_a_stripe_may_wrap_around_only_the_sum_matters() {
        PercpuRefMemory memory = PercpuRefMemory.allocate(group.block, 0, group.areas);
        LongWords stripes = memory.stripes;
        PercpuRef ref = new PercpuRef(
                memory,
                RcuCallbacks.of(group.periods, group.areas),
                new ReentrantLock(),
                () -> events.add("released"),
                Set.of());
        stripes.set(0, Long.MAX_VALUE - 1);
        stripes.set(1, -Long.MAX_VALUE + 1);
        ref.getMany(group.reader(0), 4);
        assertThat(stripes.get(0)).isNegative();
        ref.putMany(group.reader(1), 3);
        assertThat(stripes.get(1)).isPositive();
        ref.kill();
        group.pass();
        assertThat(memory.count.get()).isEqualTo(1);
        ref.put(group.reader(2));
        assertThat(events).containsExactly("released");
        ref.close();
    }

    @Test
    void the_words_are_those_of_the_declared_layout() {
        try (PercpuRef ref = ref(Init.ALLOW_REINIT)) {
            StructView view = StructView.bind(PercpuRefStruct.REF, group.block, 64);
            assertThat(view.layout().byteSize()).isEqualTo(16);
            assertThat(view.number("data").get()).isNotZero();
            ref.switchToAtomic(() -> {});
            assertThat(pointer() & 3).isEqualTo(1);
            group.pass();
            ref.kill();
            assertThat(pointer() & 3).isEqualTo(3);
        }
        StructView view = StructView.bind(PercpuRefStruct.REF, group.block, 64);
        assertThat(view.number("data").get()).isZero();
        assertThatCode(group::pass).doesNotThrowAnyException();
    }

    /** When a slot passes from one thread to another, the second continues the first one's count. */
    @Test
    void a_slot_that_passes_to_another_thread_brings_its_count_along() throws InterruptedException {
        GracePeriods periods = GracePeriods.forReaders(1);
        try (StripeAreas areas = StripeAreas.padded(1, 128)) {
            PercpuRef ref = PercpuRef.open(group.block, 0, areas, periods, () -> events.add("released"));
            for (int i = 0; i < 200; i++) {
                Thread thread = new Thread(() -> {
                    try (Reader reader = periods.register()) {
                        reader.enter();
                        ref.getMany(reader, 1000);
                        ref.putMany(reader, 999);
                    }
                });
                thread.start();
                thread.join();
            }
            ref.kill();
            periods.poll();
            try (Reader reader = periods.register()) {
                reader.enter();
                ref.putMany(reader, 199);
                assertThat(events).isEmpty();
                ref.put(reader);
                assertThat(events).containsExactly("released");
            }
            ref.close();
        }
        periods.close();
    }
}
