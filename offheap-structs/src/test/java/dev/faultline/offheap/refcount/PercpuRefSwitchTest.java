package dev.faultline.offheap.refcount;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.offheap.refcount.PercpuRef.Init;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@link PercpuRef} when it is switched, killed and revived. */
class PercpuRefSwitchTest extends PercpuRefFixture {

    @Test
    void a_confirm_that_throws_an_error_does_not_keep_it_open() {
        PercpuRef ref = ref();
        ref.killAndConfirm(() -> {
            throw new AssertionError("of the caller's");
        });
        assertThatThrownBy(group::pass).isInstanceOf(AssertionError.class);
        ref.close();
        assertThat(group.areas.live()).isZero();
    }

    @ParameterizedTest
    @EnumSource(Init.class)
    void it_begins_as_it_is_told(Init init) {
        try (PercpuRef ref = ref(init)) {
            assertThat(ref.isPercpu()).isEqualTo(init == Init.ALLOW_REINIT);
            assertThat(ref.isDying()).isEqualTo(init == Init.DEAD);
            assertThat(ref.isZero()).isEqualTo(init == Init.DEAD);
            assertThat(ref.tryGet(group.reader(0))).isEqualTo(init != Init.DEAD);
            assertThat(ref.tryGetLive(group.reader(0))).isEqualTo(init != Init.DEAD);
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
            group.pass();
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
            ref.getMany(group.reader(0), 3);
            ref.switchToAtomic(() -> events.add("atomic"));
            ref.switchToAtomic(() -> events.add("atomic too"));
            ref.put(group.reader(1));
            assertThat(events).isEmpty();
            group.pass();
            assertThat(events).containsExactly("atomic", "atomic too");
            assertThat(ref.isZero()).isFalse();
            ref.switchToAtomic(() -> events.add("at once"));
            assertThat(events).endsWith("at once");
            assertThat(ref.tryGetLive(group.reader(0))).as("not dead").isTrue();

            ref.kill();
            ref.resurrect();
            assertThat(ref.isPercpu()).as("still kept").isFalse();
            ref.switchToPercpu();
            assertThat(ref.isPercpu()).isTrue();
            ref.putMany(group.reader(2), 3);
            ref.kill();
            group.pass();
            assertThat(events).endsWith("released").hasSize(4);
        }
    }

    @Test
    void who_asks_for_per_stripe_while_the_switch_is_under_way_gets_it_at_its_end() {
        try (PercpuRef ref = ref(Init.ALLOW_REINIT)) {
            ref.get(group.reader(0));
            ref.switchToAtomic(() -> events.add("atomic"));
            ref.switchToPercpu();
            assertThat(ref.isPercpu()).isFalse();
            group.pass();
            assertThat(events).containsExactly("atomic");
            assertThat(ref.isPercpu()).isTrue();
            ref.put(group.reader(1));
            ref.kill();
            group.pass();
            assertThat(events).containsExactly("atomic", "released");
        }
    }

    @Test
    void waiting_for_the_switch_is_refused_inside() {
        try (PercpuRef ref = ref(Init.ALLOW_REINIT)) {
            assertThatThrownBy(ref::switchToAtomicSync).hasMessageContaining("is inside");
            group.leave();
            ref.switchToAtomicSync();
            assertThat(group.periods.pending()).isZero();
            group.enter();
            ref.get(group.reader(0));
            ref.put(group.reader(0));
        }
    }

    @Test
    void a_life_after_the_release_is_released_again() {
        try (PercpuRef ref = ref(Init.ALLOW_REINIT)) {
            for (int life = 1; life <= 3; life++) {
                ref.get(group.reader(life % 3));
                ref.kill();
                group.pass();
                ref.put(group.reader(0));
                assertThat(events).hasSize(life);
                ref.reinit();
                assertThat(ref.isPercpu()).isTrue();
            }
        }
    }

    @Test
    void a_kill_is_taken_back_before_and_after_the_fold() {
        try (PercpuRef ref = ref(Init.ALLOW_REINIT)) {
            ref.get(group.reader(0));
            ref.killAndConfirm(() -> events.add("confirmed"));
            ref.resurrect();
            assertThat(ref.isDying()).isFalse();
            assertThat(ref.tryGetLive(group.reader(1))).isTrue();
            group.pass();
            assertThat(events).containsExactly("confirmed");
            assertThat(ref.isPercpu()).isTrue();

            ref.kill();
            group.pass();
            ref.resurrect();
            assertThat(ref.isPercpu()).isTrue();
            ref.putMany(group.reader(2), 2);
            ref.kill();
            ref.resurrect();
            ref.kill();
            group.pass();
            assertThat(events).containsExactly("confirmed", "released");
        }
    }

    @Test
    void from_the_release_on_it_may_be_begun_anew_or_closed() {
        PercpuRef[] ref = new PercpuRef[1];
        ref[0] = PercpuRef.open(
                group.block,
                0,
                group.areas,
                group.periods,
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
        group.pass();
        assertThat(ref[0].isPercpu()).isTrue();
        ref[0].kill();
        group.pass();
        assertThat(events).containsExactly("released", "released");
        assertThat(ref[0].isZero()).as("kept in the object's word").isTrue();
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
            assertThatThrownBy(group::pass)
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
    void it_cannot_be_closed_while_a_switch_is_under_way() {
        try (PercpuRef ref = ref()) {
            ref.kill();
            refused(ref::close, "a switch is under way");
            group.pass();
        }
    }

    @Test
    void stripes_go_with_the_first_switch_unless_it_may_be_switched_back() {
        try (PercpuRef once = ref()) {
            assertThat(group.areas.live()).isEqualTo(1);
            once.kill();
            group.pass();
            assertThat(group.areas.live()).isZero();
            assertThat(pointer()).as("flags and no stripes").isEqualTo(3);
        }
        try (PercpuRef again = ref(Init.ALLOW_REINIT)) {
            again.kill();
            group.pass();
            assertThat(group.areas.live()).isEqualTo(1);
        }
    }
}
