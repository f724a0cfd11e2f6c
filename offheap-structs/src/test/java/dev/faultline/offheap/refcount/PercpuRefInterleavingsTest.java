package dev.faultline.offheap.refcount;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.offheap.interleave.Interleavings;
import dev.faultline.offheap.interleave.Scenario;
import dev.faultline.offheap.interleave.SteppedInts;
import dev.faultline.offheap.interleave.SteppedLong;
import dev.faultline.offheap.interleave.SteppedLongs;
import dev.faultline.offheap.memory.Block;
import dev.faultline.offheap.memory.LongWord;
import dev.faultline.offheap.memory.LongWords;
import dev.faultline.offheap.refcount.PercpuRef.Init;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * {@link PercpuRef} in every order of its steps: two threads use the object, and one kills, revives or switches it and
 * waits for the grace period. The object is a word that the release writes.
 */
@Tag("slow")
class PercpuRefInterleavingsTest {

    private static int liveBefore;
    private static ReaderGroup group;
    private static PercpuRefMemory memory;

    @BeforeAll
    static void gather() {
        liveBefore = Block.live();
        group = new ReaderGroup(2);
        memory = PercpuRefMemory.allocate(group.block, 0, group.areas);
    }

    @AfterAll
    static void leave() {
        memory.free();
        group.close();
        assertThat(Block.live()).isEqualTo(liveBefore);
    }

    /** A reference count on stepped words, and the object. */
    private static final class Played {

        private final SteppedLong count;
        private final SteppedLongs stripes;
        private final SteppedInts object;
        private final PercpuRef ref;
        private SteppedGrace grace;

        Played(Scenario scenario, Variant variant, Init... init) {
            SteppedLong pointer = scenario.int64("pointer", 0);
            count = scenario.int64("count", 0);
            stripes = scenario.int64s("stripes", 2);
            object = scenario.int32s("object", 2);
            grace = new SteppedGrace(scenario, 2);
            PercpuRefMemory words = new PercpuRefMemory(
                    memory,
                    pointer,
                    variant.count().apply(count),
                    variant.stripes().apply(stripes));
            ref = new PercpuRef(
                    words,
                    variant.graceless() ? new NoGracePeriods() : grace,
                    new ReentrantLock(),
                    () -> object.getAndAdd(0, 1),
                    Set.of(init));
        }

        void inside(int reader, Runnable what) {
            grace.enter(reader);
            what.run();
            grace.exit(reader);
        }

        /** Puts a reference that the caller says it has. */
        void useAndPut(int reader) {
            assertThat(object.get(0)).as("released while it is used").isZero();
            ref.put(group.reader(reader));
        }

        void tryLiveUseAndPut(int reader) {
            if (ref.tryGetLive(group.reader(reader))) {
                useAndPut(reader);
            }
        }

        void expectReleased(int times) {
            assertThat(object.get(0)).as("releases").isEqualTo(times);
            assertThat(count.get()).as("count").isZero();
        }
    }

    private record Variant(UnaryOperator<LongWord> count, UnaryOperator<LongWords> stripes, boolean graceless) {

        static final Variant RIGHT = new Variant(word -> word, words -> words, false);
        static final Variant WITHOUT_BIAS =
                new Variant(word -> Altered.withoutBias(word, BiasedCount.BIAS), words -> words, false);
        static final Variant IN_PIECES =
                new Variant(word -> Altered.inPieces(word, BiasedCount.BIAS), words -> words, false);
        static final Variant WITHOUT_GRACE = new Variant(word -> word, words -> words, true);
        static final Variant SHARED_STRIPES = new Variant(word -> word, Altered::shared, false);
    }

    private static Interleavings explore(Variant variant, BiConsumer<Scenario, Variant> scenario) {
        return Interleavings.of(made -> scenario.accept(made, variant))
                .reduced()
                .heldBackAfter(8); // more reads in a row than any thread makes without waiting
    }

    /** Two references, taken on stripe 0, are held; both users put theirs while the object is killed. */
    private static void usersPutWhileItIsKilled(Scenario scenario, Variant variant) {
        Played played = new Played(scenario, variant);
        played.ref.getMany(group.reader(0), 2);
        for (int i = 0; i < 2; i++) {
            int reader = i;
            scenario.thread("user " + reader, () -> played.inside(reader, () -> played.useAndPut(reader)));
        }
        scenario.thread("killer", () -> {
            played.ref.kill();
            played.grace.barrier();
        });
        scenario.atEnd(() -> played.expectReleased(1));
    }

    /**
     * One user gets if the object is alive; the other, which holds a reference, gets and puts one more, and then its
     * own.
     */
    private static void usersGetWhileItIsKilled(Scenario scenario, Variant variant) {
        Played played = new Played(scenario, variant);
        played.ref.get(group.reader(1));
        scenario.thread("user 0", () -> played.inside(0, () -> played.tryLiveUseAndPut(0)));
        scenario.thread(
                "user 1",
                () -> played.inside(1, () -> {
                    played.ref.get(group.reader(1));
                    played.ref.putMany(group.reader(1), 2);
                }));
        scenario.thread("killer", () -> {
            played.ref.kill();
            played.grace.barrier();
        });
        scenario.atEnd(() -> played.expectReleased(1));
    }

    private static void getsFailOnceTheKillIsConfirmed(Scenario scenario, Variant variant) {
        Played played = new Played(scenario, variant);
        played.ref.get(group.reader(1)); // never put, so that the count is not zero
        scenario.thread("user", () -> {
            boolean confirmed = played.object.getVolatile(1) == 1;
            played.inside(0, () -> {
                if (played.ref.tryGetLive(group.reader(0))) {
                    assertThat(confirmed).as("got after it was confirmed").isFalse();
                }
            });
        });
        scenario.thread("killer", () -> {
            played.ref.killAndConfirm(() -> played.object.setVolatile(1, 1));
            played.grace.barrier();
        });
    }

    /** The sum is the same in both modes. */
    private static void usersUseItWhileItIsSwitchedBackAndForth(Scenario scenario, Variant variant) {
        Played played = new Played(scenario, variant, Init.ALLOW_REINIT);
        played.ref.get(group.reader(0));
        scenario.thread("user 0", () -> played.inside(0, () -> played.useAndPut(0)));
        scenario.thread("user 1", () -> played.inside(1, () -> played.tryLiveUseAndPut(1)));
        scenario.thread("switcher", () -> {
            played.ref.switchToAtomic(() -> {});
            played.grace.barrier();
            played.ref.switchToPercpu();
        });
        scenario.atEnd(() -> {
            assertThat(played.object.get(0)).isZero();
            assertThat(played.ref.isPercpu()).isTrue();
            assertThat(played.count.get() + played.stripes.get(0) + played.stripes.get(1))
                    .as("sum")
                    .isEqualTo(BiasedCount.BIAS + 1);
        });
    }

    private static void userUsesItWhileItIsKilledAndRevived(Scenario scenario, Variant variant) {
        Played played = new Played(scenario, variant, Init.ALLOW_REINIT);
        scenario.thread("user", () -> played.inside(0, () -> played.tryLiveUseAndPut(0)));
        scenario.thread("killer", () -> {
            played.ref.kill();
            played.ref.resurrect();
            played.grace.barrier();
            played.ref.kill();
            played.grace.barrier();
        });
        scenario.atEnd(() -> played.expectReleased(1));
    }

    @Test
    void puts_during_the_kill_release_it_once_and_not_before_the_last() {
        explored(explore(Variant.RIGHT, PercpuRefInterleavingsTest::usersPutWhileItIsKilled));
    }

    @Test
    void gets_during_the_kill_are_all_counted() {
        explored(explore(Variant.RIGHT, PercpuRefInterleavingsTest::usersGetWhileItIsKilled));
    }

    @Test
    void gets_fail_once_the_kill_is_confirmed() {
        explored(explore(Variant.RIGHT, PercpuRefInterleavingsTest::getsFailOnceTheKillIsConfirmed));
    }

    @Test
    void switching_to_one_word_and_back_loses_no_reference() {
        explored(explore(Variant.RIGHT, PercpuRefInterleavingsTest::usersUseItWhileItIsSwitchedBackAndForth));
    }

    @Test
    void one_that_is_killed_and_revived_at_once_is_released_when_it_is_killed_again() {
        explored(explore(Variant.RIGHT, PercpuRefInterleavingsTest::userUsesItWhileItIsKilledAndRevived));
    }

    private static void explored(Interleavings all) {
        System.out.println("percpu_ref: " + all.explore() + " orders");
    }

    @Test
    void without_the_bias_an_early_put_sees_zero() {
        expectCaught(explore(Variant.WITHOUT_BIAS, PercpuRefInterleavingsTest::usersPutWhileItIsKilled));
    }

    @Test
    void without_the_grace_period_what_is_counted_late_is_lost() {
        expectCaught(explore(Variant.WITHOUT_GRACE, PercpuRefInterleavingsTest::usersPutWhileItIsKilled));
        expectCaught(explore(Variant.WITHOUT_GRACE, PercpuRefInterleavingsTest::usersGetWhileItIsKilled));
        expectCaught(
                explore(Variant.WITHOUT_GRACE, PercpuRefInterleavingsTest::usersUseItWhileItIsSwitchedBackAndForth));
    }

    @Test
    void when_the_bias_goes_before_the_sum_comes_a_put_between_sees_zero() {
        expectCaught(explore(Variant.IN_PIECES, PercpuRefInterleavingsTest::usersPutWhileItIsKilled));
    }

    @Test
    void two_threads_on_one_stripe_lose_references() {
        expectCaught(explore(Variant.SHARED_STRIPES, PercpuRefInterleavingsTest::usersPutWhileItIsKilled));
    }

    private static void expectCaught(Interleavings broken) {
        assertThatThrownBy(broken::explore)
                .isInstanceOf(AssertionError.class)
                .hasMessageMatching("(?s).*\\[(releases|released while it is used|sum)\\].*");
    }
}
