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
import dev.faultline.offheap.refcount.PercpuRef.Init;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PercpuRefTest {

    private int liveBefore;
    private Crowd crowd;
    private final List<String> events = new ArrayList<>();

    @BeforeEach
    void gather() {
        liveBefore = Block.live();
        crowd = new Crowd(3);
    }

    @AfterEach
    void nothing_is_leaked() {
        crowd.close();
        assertThat(Block.live()).isEqualTo(liveBefore);
    }

    private PercpuRef ref(Init... init) {
        return PercpuRef.open(crowd.block, 64, crowd.areas, crowd.periods, () -> events.add("released"), init);
    }

    private long pointer() {
        return StructView.bind(PercpuRefStruct.REF, crowd.block, 64)
                .number("percpu_count_ptr")
                .get();
    }

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
            next.get(crowd.reader(0));
            assertThatThrownBy(() -> closed.put(crowd.reader(0))).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> closed.get(crowd.reader(0))).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(closed::kill).isInstanceOf(IllegalStateException.class);
            assertThat(closed.isDying()).isTrue();
            assertThat(next.isDying()).isFalse();
            next.kill();
            crowd.pass();
            assertThat(events).isEmpty();
            next.put(crowd.reader(0));
            assertThat(events).containsExactly("released");
        }
    }

    @Test
    void what_is_closed_after_its_block_or_refused_gives_its_counters_back() {
        Block block = Block.allocate(64, 64);
        PercpuRef ref = PercpuRef.open(block, 0, crowd.areas, crowd.periods, () -> {});
        assertThatThrownBy(() -> PercpuRef.open(block, 16, crowd.areas, crowd.periods, () -> {}, (Init) null))
                .isInstanceOf(NullPointerException.class);
        PercpuRef.open(block, 16, crowd.areas, crowd.periods, () -> {}, Init.ATOMIC, Init.ATOMIC)
                .close();
        block.close();
        ref.close();
        ref.close();
        assertThat(crowd.areas.live()).isZero();
    }

    @Test
    void a_confirm_that_throws_an_error_does_not_keep_it_open() {
        PercpuRef ref = ref();
        ref.killAndConfirm(() -> {
            throw new AssertionError("of the caller's");
        });
        assertThatThrownBy(crowd::pass).isInstanceOf(AssertionError.class);
        ref.close();
        assertThat(crowd.areas.live()).isZero();
    }

    @Test
    void it_counts_per_stripe_until_it_is_killed_and_is_released_by_the_last_put() {
        try (PercpuRef ref = ref()) {
            assertThat(ref.isPercpu()).isTrue();
            ref.get(crowd.reader(0));
            ref.getMany(crowd.reader(1), 5);
            assertThat(ref.tryGet(crowd.reader(1))).isTrue();
            assertThat(ref.tryGetLive(crowd.reader(2))).isTrue();
            ref.putMany(crowd.reader(2), 7);
            assertThat(ref.isZero()).as("nobody knows").isFalse();

            ref.killAndConfirm(() -> events.add("confirmed"));
            assertThat(ref.isDying()).isTrue();
            assertThat(ref.isPercpu()).isFalse();
            assertThat(ref.tryGetLive(crowd.reader(0))).isFalse();
            assertThat(ref.tryGet(crowd.reader(0))).as("the bias is not zero").isTrue();
            ref.putMany(crowd.reader(0), 2);
            assertThat(events).as("before the grace period").isEmpty();

            crowd.pass();
            assertThat(events).containsExactly("confirmed", "released");
            assertThat(ref.isZero()).isTrue();
            assertThat(ref.tryGet(crowd.reader(0))).isFalse();
        }
        assertThat(events).hasSize(2);
    }

    @Test
    void of_one_that_is_killed_references_can_still_be_got_until_the_last_is_put() {
        try (PercpuRef ref = ref()) {
            ref.get(crowd.reader(0));
            ref.kill();
            crowd.pass();
            assertThat(ref.tryGet(crowd.reader(1))).isTrue();
            ref.put(crowd.reader(2));
            assertThat(events).isEmpty();
            ref.put(crowd.reader(2));
            assertThat(events).containsExactly("released");
        }
    }

    @Test
    void the_fold_waits_for_who_was_inside() {
        try (PercpuRef ref = ref()) {
            ref.kill();
            crowd.reader(0).quiescent();
            crowd.reader(1).exit();
            assertThat(crowd.periods.poll()).isZero();
            crowd.reader(2).quiescent();
            assertThat(crowd.periods.poll()).isEqualTo(1);
            assertThat(events).containsExactly("released");
            crowd.reader(1).enter();
        }
    }

    @ParameterizedTest
    @EnumSource(Init.class)
    void it_begins_as_it_is_told(Init init) {
        try (PercpuRef ref = ref(init)) {
            assertThat(ref.isPercpu()).isEqualTo(init == Init.ALLOW_REINIT);
            assertThat(ref.isDying()).isEqualTo(init == Init.DEAD);
            assertThat(ref.isZero()).isEqualTo(init == Init.DEAD);
            assertThat(ref.tryGet(crowd.reader(0))).isEqualTo(init != Init.DEAD);
            assertThat(ref.tryGetLive(crowd.reader(0))).isEqualTo(init != Init.DEAD);
            assertThat(pointer() & 3).isEqualTo(new long[] {1, 3, 0}[init.ordinal()]);
            assertThat(pointer()).isGreaterThanOrEqualTo(8);
        }
    }

    @Test
    void one_that_begins_dead_comes_to_life_per_stripe_and_one_that_begins_atomic_keeps_to_it() {
        try (PercpuRef ref = ref(Init.DEAD)) {
            ref.reinit();
            assertThat(ref.isPercpu()).isTrue();
            assertThat(ref.isDying()).isFalse();
            ref.kill();
            crowd.pass();
            assertThat(events).containsExactly("released");
        }
        try (PercpuRef ref = ref(Init.ATOMIC)) {
            ref.killAndConfirm(() -> events.add("confirmed at once"));
            assertThat(events).containsExactly("released", "confirmed at once", "released");
            ref.reinit();
            assertThat(ref.isPercpu()).isFalse();
            ref.switchToPercpu();
            assertThat(ref.isPercpu()).isTrue();
        }
    }

    @Test
    void atomic_mode_is_kept_until_it_is_taken_back() {
        try (PercpuRef ref = ref(Init.ALLOW_REINIT)) {
            ref.getMany(crowd.reader(0), 3);
            ref.switchToAtomic(() -> events.add("atomic"));
            ref.switchToAtomic(() -> events.add("atomic too"));
            ref.put(crowd.reader(1));
            assertThat(events).isEmpty();
            crowd.pass();
            assertThat(events).containsExactly("atomic", "atomic too");
            assertThat(ref.isZero()).isFalse();
            ref.switchToAtomic(() -> events.add("at once"));
            assertThat(events).endsWith("at once");
            assertThat(ref.tryGetLive(crowd.reader(0))).as("not dead").isTrue();

            ref.kill();
            ref.resurrect();
            assertThat(ref.isPercpu()).as("still kept").isFalse();
            ref.switchToPercpu();
            assertThat(ref.isPercpu()).isTrue();
            ref.putMany(crowd.reader(2), 3);
            ref.kill();
            crowd.pass();
            assertThat(events).endsWith("released").hasSize(4);
        }
    }

    @Test
    void who_asks_for_per_stripe_while_the_switch_is_under_way_gets_it_at_its_end() {
        try (PercpuRef ref = ref(Init.ALLOW_REINIT)) {
            ref.get(crowd.reader(0));
            ref.switchToAtomic(() -> events.add("atomic"));
            ref.switchToPercpu();
            assertThat(ref.isPercpu()).isFalse();
            crowd.pass();
            assertThat(events).containsExactly("atomic");
            assertThat(ref.isPercpu()).isTrue();
            ref.put(crowd.reader(1));
            ref.kill();
            crowd.pass();
            assertThat(events).containsExactly("atomic", "released");
        }
    }

    @Test
    void waiting_for_the_switch_is_refused_inside() {
        try (PercpuRef ref = ref(Init.ALLOW_REINIT)) {
            assertThatThrownBy(ref::switchToAtomicSync).hasMessageContaining("is inside");
            crowd.leave();
            ref.switchToAtomicSync();
            assertThat(crowd.periods.pending()).isZero();
            crowd.enter();
            ref.get(crowd.reader(0));
            ref.put(crowd.reader(0));
        }
    }

    @Test
    void a_life_after_the_release_is_released_again() {
        try (PercpuRef ref = ref(Init.ALLOW_REINIT)) {
            for (int life = 1; life <= 3; life++) {
                ref.get(crowd.reader(life % 3));
                ref.kill();
                crowd.pass();
                ref.put(crowd.reader(0));
                assertThat(events).hasSize(life);
                ref.reinit();
                assertThat(ref.isPercpu()).isTrue();
            }
        }
    }

    @Test
    void a_kill_is_taken_back_before_and_after_the_fold() {
        try (PercpuRef ref = ref(Init.ALLOW_REINIT)) {
            ref.get(crowd.reader(0));
            ref.killAndConfirm(() -> events.add("confirmed"));
            ref.resurrect();
            assertThat(ref.isDying()).isFalse();
            assertThat(ref.tryGetLive(crowd.reader(1))).isTrue();
            crowd.pass();
            assertThat(events).containsExactly("confirmed");
            assertThat(ref.isPercpu()).isTrue();

            ref.kill();
            crowd.pass();
            ref.resurrect();
            assertThat(ref.isPercpu()).isTrue();
            ref.putMany(crowd.reader(2), 2);
            ref.kill();
            ref.resurrect();
            ref.kill();
            crowd.pass();
            assertThat(events).containsExactly("confirmed", "released");
        }
    }

    @Test
    void from_the_release_on_it_may_be_begun_anew_or_closed() {
        PercpuRef[] ref = new PercpuRef[1];
        ref[0] = PercpuRef.open(
                crowd.block,
                0,
                crowd.areas,
                crowd.periods,
                () -> {
                    if (events.isEmpty()) {
                        ref[0].reinit();
                    } else {
                        ref[0].close();
                    }
                    events.add("released");
                },
                Init.ALLOW_REINIT);
        ref[0].kill();
        crowd.pass();
        assertThat(ref[0].isPercpu()).isTrue();
        ref[0].kill();
        crowd.pass();
        assertThat(events).containsExactly("released", "released");
        assertThat(ref[0].isZero()).as("kept in the object's word").isTrue();
    }

    @Test
    void illegal_uses_are_refused_and_change_nothing() {
        try (PercpuRef ref = ref(Init.ALLOW_REINIT)) {
            refused(ref::resurrect, "is not killed");
            refused(ref::reinit, "the count is not zero");
            ref.get(crowd.reader(0));
            ref.kill();
            refused(ref::kill, "is killed already");
            crowd.pass();
            refused(ref::kill, "is killed already");
            refused(ref::reinit, "the count is not zero");
            ref.put(crowd.reader(0));
            assertThat(events).containsExactly("released");

            refused(() -> ref.put(crowd.reader(1)), "more references were put than got");
            refused(() -> ref.putMany(crowd.reader(1), 9), "more references were put than got");
            refused(() -> ref.get(crowd.reader(1)), "the count is zero");
            refused(() -> ref.getMany(crowd.reader(1), 3), "the count is zero");
            assertThat(ref.isZero()).isTrue();
            assertThat(events).as("once and no more").containsExactly("released");
        }
        try (PercpuRef ref = ref()) {
            refused(ref::switchToPercpu, "ALLOW_REINIT");
            ref.kill();
            refused(ref::resurrect, "ALLOW_REINIT");
            crowd.pass();
            refused(ref::reinit, "ALLOW_REINIT");
        }
    }

    private static void refused(Runnable use, String why) {
        assertThatThrownBy(use::run).isInstanceOf(IllegalStateException.class).hasMessageContaining(why);
    }

    @Test
    void too_many_puts_before_the_kill_are_found_by_the_fold_and_it_is_never_released() {
        try (PercpuRef ref = ref()) {
            ref.putMany(crowd.reader(0), 2);
            ref.kill();
            assertThatThrownBy(crowd::pass).hasMessage("more references were put than got");
            assertThat(events).isEmpty();
        }
    }

    @Test
    void a_confirmation_that_throws_does_not_keep_it_from_being_released() {
        try (PercpuRef ref = ref()) {
            ref.switchToAtomic(() -> {
                throw new IllegalStateException("first");
            });
            ref.killAndConfirm(() -> {
                throw new IllegalStateException("second");
            });
            assertThatThrownBy(crowd::pass)
                    .hasMessage("first")
                    .hasSuppressedException(new IllegalStateException("second"));
            assertThat(events).containsExactly("released");
        }
        try (PercpuRef ref = ref(Init.ATOMIC)) {
            assertThatThrownBy(() -> ref.killAndConfirm(() -> {
                        throw new IllegalStateException("at once");
                    }))
                    .hasMessage("at once");
            assertThat(events).containsExactly("released", "released");
        }
    }

    @Test
    void arguments_out_of_range_are_refused() {
        try (PercpuRef ref = ref()) {
            for (int references : new int[] {0, -1, Integer.MIN_VALUE}) {
                assertThatThrownBy(() -> ref.getMany(crowd.reader(0), references))
                        .isInstanceOf(IllegalArgumentException.class);
                assertThatThrownBy(() -> ref.putMany(crowd.reader(0), references))
                        .isInstanceOf(IllegalArgumentException.class);
            }
            crowd.reader(0).exit();
            for (Consumer<PercpuRef> use : List.<Consumer<PercpuRef>>of(
                    one -> one.get(crowd.reader(0)),
                    one -> one.put(crowd.reader(0)),
                    one -> one.tryGet(crowd.reader(0)),
                    one -> one.tryGetLive(crowd.reader(0)))) {
                refused(() -> use.accept(ref), "is not inside");
            }
            crowd.reader(0).enter();
        }
        try (StripeAreas few = StripeAreas.packed(2, 4096)) {
            assertThatThrownBy(() -> PercpuRef.open(crowd.block, 0, few, crowd.periods, () -> {}))
                    .hasMessage("stripes=2, expected at least one for each of the 3 readers");
            assertThatThrownBy(() -> PercpuRef.open(crowd.block, 4, crowd.areas, crowd.periods, () -> {}))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> PercpuRef.open(crowd.block, 1016, crowd.areas, crowd.periods, () -> {}))
                    .isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> PercpuRef.open(crowd.block, 0, crowd.areas, crowd.periods, null))
                    .isInstanceOf(NullPointerException.class);
        }
        assertThat(crowd.areas.live()).isZero();
    }

    @Test
    void after_close_everything_is_refused_but_the_two_questions_the_object_can_answer() {
        for (Init[] init : new Init[][] {{}, {Init.ALLOW_REINIT}, {Init.ATOMIC}, {Init.DEAD}}) {
            PercpuRef ref = ref(init);
            ref.close();
            ref.close();
            for (Consumer<PercpuRef> use : List.<Consumer<PercpuRef>>of(
                    one -> one.get(crowd.reader(0)),
                    one -> one.put(crowd.reader(0)),
                    one -> one.tryGet(crowd.reader(0)),
                    one -> one.tryGetLive(crowd.reader(0)),
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

    @Test
    void it_cannot_be_closed_while_a_switch_is_under_way() {
        try (PercpuRef ref = ref()) {
            ref.kill();
            refused(ref::close, "a switch is under way");
            crowd.pass();
        }
    }

    @Test
    void stripes_go_with_the_first_switch_unless_it_may_be_switched_back() {
        try (PercpuRef once = ref()) {
            assertThat(crowd.areas.live()).isEqualTo(1);
            once.kill();
            crowd.pass();
            assertThat(crowd.areas.live()).isZero();
            assertThat(pointer()).as("flags and no stripes").isEqualTo(3);
        }
        try (PercpuRef again = ref(Init.ALLOW_REINIT)) {
            again.kill();
            crowd.pass();
            assertThat(crowd.areas.live()).isEqualTo(1);
        }
    }

    /** Values that no test could count up to are written into the words. */
    @Test
    void a_counter_of_a_stripe_may_wrap_around_only_the_sum_matters() {
        PercpuRefMemory memory = PercpuRefMemory.allocate(crowd.block, 0, crowd.areas);
        LongWords stripes = memory.stripes;
        PercpuRef ref = new PercpuRef(
                memory,
                RcuCallbacks.of(crowd.periods, crowd.areas),
                new ReentrantLock(),
                () -> events.add("released"),
                java.util.Set.of());
        stripes.set(0, Long.MAX_VALUE - 1);
        stripes.set(1, -Long.MAX_VALUE + 1);
        ref.getMany(crowd.reader(0), 4);
        assertThat(stripes.get(0)).isNegative();
        ref.putMany(crowd.reader(1), 3);
        assertThat(stripes.get(1)).isPositive();
        ref.kill();
        crowd.pass();
        assertThat(memory.count.get()).isEqualTo(1);
        ref.put(crowd.reader(2));
        assertThat(events).containsExactly("released");
        ref.close();
    }

    @Test
    void the_words_are_those_of_the_declared_layout() {
        try (PercpuRef ref = ref(Init.ALLOW_REINIT)) {
            StructView view = StructView.bind(PercpuRefStruct.REF, crowd.block, 64);
            assertThat(view.layout().byteSize()).isEqualTo(16);
            assertThat(view.number("data").get()).isNotZero();
            ref.switchToAtomic(() -> {});
            assertThat(pointer() & 3).isEqualTo(1);
            crowd.pass();
            ref.kill();
            assertThat(pointer() & 3).isEqualTo(3);
        }
        StructView view = StructView.bind(PercpuRefStruct.REF, crowd.block, 64);
        assertThat(view.number("data").get()).isZero();
        assertThatCode(crowd::pass).doesNotThrowAnyException();
    }

    /** Slots pass from one thread to another; what the first counted is there. */
    @Test
    void a_slot_that_passes_to_another_thread_brings_its_count_along() throws InterruptedException {
        GracePeriods periods = GracePeriods.forReaders(1);
        try (StripeAreas areas = StripeAreas.padded(1, 128)) {
            PercpuRef ref = PercpuRef.open(crowd.block, 0, areas, periods, () -> events.add("released"));
            for (int i = 0; i < 200; i++) {
                Thread thread = new Thread(() -> {
                    try (dev.faultline.offheap.rcu.Reader reader = periods.register()) {
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
            try (dev.faultline.offheap.rcu.Reader reader = periods.register()) {
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
