package dev.faultline.offheap.refcount;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.offheap.interleave.Interleavings;
import dev.faultline.offheap.interleave.Scenario;
import dev.faultline.offheap.interleave.SteppedInt;
import dev.faultline.offheap.interleave.SteppedInts;
import dev.faultline.offheap.interleave.SteppedLong;
import dev.faultline.offheap.memory.LongWord;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * {@link DynamicRef} in every order of its steps, with a threshold of two gets. Scenarios in which two threads may
 * allocate are not reduced, because more than words shows which thread allocates.
 */
@Tag("slow")
class DynamicRefInterleavingsTest {

    private static final int THRESHOLD = 2;
    private static final long BIAS = 1L << 62;

    private static ReaderGroup group;

    @BeforeAll
    static void gather() {
        group = new ReaderGroup(3);
    }

    @AfterAll
    static void leave() {
        group.close();
    }

    private static final class Played {

        private final SteppedLong count;
        private final SteppedInt released;
        private final SteppedGrace grace;
        private final DynamicRef ref;
        private int allocated;
        private int freed;
        private int kills;

        Played(Scenario scenario, UnaryOperator<LongWord> altered, boolean graceless) {
            count = scenario.int64("count", 0);
            released = scenario.int32("released", 0);
            grace = new SteppedGrace(scenario, 2);
            SteppedInts stripes = scenario.int32s("stripes", 2);
            RcuCallbacks used = graceless ? new NoGracePeriods() : grace;
            ref = new DynamicRef(
                    altered.apply(count),
                    scenario.int64("state", 0),
                    THRESHOLD,
                    new DynamicRef.Dependencies(
                            () -> {
                                allocated++;
                                return new DynamicRef.Counters(stripes, 8, () -> freed++);
                            },
                            used,
                            () -> 0),
                    () -> released.getAndAdd(1));
        }

        void turnPercpu() {
            ref.get(group.reader(0));
            ref.get(group.reader(0));
            assertThat(ref.isPercpu()).isTrue();
        }

        void inside(int reader, Runnable what) {
            grace.enter(reader);
            what.run();
            grace.exit(reader);
        }

        void useAndPut(int reader) {
            assertThat(released.get()).as("released while it is used").isZero();
            ref.put(group.reader(reader));
        }

        void kill() {
            if (ref.kill()) {
                kills++;
                ref.put(group.reader(2));
            }
        }

        void expectReleased() {
            assertThat(released.get()).as("releases").isEqualTo(1);
            assertThat(kills).as("kills that said true").isEqualTo(1);
            assertThat(ref.state()).isEqualTo(DynamicRef.DEAD);
            assertThat(freed).as("counters freed").isEqualTo(allocated);
        }
    }

    private static Played right(Scenario scenario) {
        return new Played(scenario, word -> word, false);
    }

    /**
     * Both users hold two references; two of the four were taken per stripe, so three puts take the one word to zero.
     */
    private static void usersPutWhileItIsKilled(Scenario scenario, Played played) {
        played.turnPercpu();
        played.ref.get(group.reader(0));
        played.ref.get(group.reader(0));
        for (int i = 0; i < 2; i++) {
            int reader = i;
            scenario.thread(
                    "user " + reader,
                    () -> played.inside(reader, () -> {
                        played.useAndPut(reader);
                        played.useAndPut(reader);
                    }));
        }
        scenario.thread("killer", () -> {
            played.kill();
            played.grace.barrier();
        });
        scenario.atEnd(played::expectReleased);
    }

    private static Interleavings reduced(
            BiConsumer<Scenario, Played> scenario, UnaryOperator<LongWord> altered, boolean grace) {
        return Interleavings.of(made -> scenario.accept(made, new Played(made, altered, grace)))
                .reduced()
                .heldBackAfter(8);
    }

    @Test
    void puts_during_the_kill_release_it_once_and_not_before_the_last() {
        explored(reduced(DynamicRefInterleavingsTest::usersPutWhileItIsKilled, word -> word, false));
    }

    @Test
    void without_the_bias_an_early_put_sees_zero() {
        expectCaught(reduced(
                DynamicRefInterleavingsTest::usersPutWhileItIsKilled, word -> Altered.withoutBias(word, BIAS), false));
    }

    @Test
    void when_the_bias_goes_before_the_sum_comes_a_put_between_sees_zero() {
        expectCaught(reduced(
                DynamicRefInterleavingsTest::usersPutWhileItIsKilled, word -> Altered.inPieces(word, BIAS), false));
    }

    @Test
    void without_the_grace_period_what_is_counted_late_is_lost() {
        expectCaught(reduced(DynamicRefInterleavingsTest::usersPutWhileItIsKilled, word -> word, true));
    }

    /** Users put references that were taken while the count was one word. */
    @Test
    void one_that_never_turned_is_released_by_the_last_put_whenever_it_is_killed() {
        explored(Interleavings.of(scenario -> {
                    Played played = right(scenario);
                    played.ref.get(group.reader(0));
                    scenario.thread("user", () -> played.inside(0, () -> played.useAndPut(0)));
                    scenario.thread("killer", played::kill);
                    scenario.atEnd(played::expectReleased);
                })
                .heldBackAfter(8));
    }

    @Test
    void a_kill_races_the_turning_and_one_of_them_frees_the_counters() {
        explored(Interleavings.of(scenario -> {
                    Played played = right(scenario);
                    played.ref.get(group.reader(0)); // the user's next get changes it to stripes
                    scenario.thread(
                            "user",
                            () -> played.inside(0, () -> {
                                played.ref.get(group.reader(0));
                                played.useAndPut(0);
                                played.useAndPut(0);
                            }));
                    scenario.thread("killer", () -> {
                        played.kill();
                        played.grace.barrier();
                    });
                    scenario.atEnd(played::expectReleased);
                })
                .reduced()
                .heldBackAfter(8));
    }

    @Test
    void two_gets_that_race_turn_it_once() {
        explored(Interleavings.of(scenario -> {
                    Played played = right(scenario);
                    for (int i = 0; i < 2; i++) {
                        int reader = i;
                        scenario.thread("user " + reader, () -> {
                            played.ref.get(group.reader(reader));
                            played.ref.get(group.reader(reader));
                            played.ref.put(group.reader(reader));
                        });
                    }
                    scenario.atEnd(() -> {
                        assertThat(played.ref.isPercpu()).isTrue();
                        assertThat(played.allocated).isEqualTo(1);
                        assertThat(played.freed).isZero();
                        played.ref.get(group.reader(0));
                    });
                })
                .heldBackAfter(8));
    }

    @Test
    void of_two_kills_one_says_true() {
        for (boolean percpu : new boolean[] {true, false}) {
            explored(Interleavings.of(scenario -> {
                        Played played = right(scenario);
                        if (percpu) {
                            played.turnPercpu();
                            played.ref.put(group.reader(1));
                            played.ref.put(group.reader(1));
                        }
                        for (int i = 0; i < 2; i++) {
                            scenario.thread("killer " + i, () -> {
                                if (played.ref.kill()) {
                                    played.kills++;
                                    played.ref.put(group.reader(2));
                                    played.grace.barrier();
                                }
                            });
                        }
                        scenario.atEnd(played::expectReleased);
                    })
                    .heldBackAfter(8));
        }
    }

    /** The rule of 2012: a put that finds the object alive or being killed does not check whether it was the last. */
    @Test
    void as_first_proposed_a_put_that_is_overtaken_by_the_kill_loses_the_release() {
        expectCaught(Interleavings.of(scenario -> {
            SteppedLong count = scenario.int64("count", 2);
            SteppedLong state = scenario.int64("state", DynamicRef.NONE);
            SteppedInt released = scenario.int32("released", 0);
            Runnable put = () -> {
                boolean dead = state.getVolatile() == DynamicRef.DEAD;
                if (count.getAndAdd(-1) == 1 && dead) {
                    released.getAndAdd(1);
                }
            };
            scenario.thread("user", put::run);
            scenario.thread("killer", () -> {
                state.compareAndSet(DynamicRef.NONE, DynamicRef.DEAD);
                put.run();
            });
            scenario.atEnd(() -> assertThat(released.get()).as("releases").isEqualTo(1));
        }));
    }

    private static void explored(Interleavings all) {
        System.out.println("dynamic ref: " + all.explore() + " orders");
    }

    private static void expectCaught(Interleavings broken) {
        assertThatThrownBy(broken::explore)
                .isInstanceOf(AssertionError.class)
                .hasMessageMatching("(?s).*\\[(releases|released while it is used)\\].*");
    }
}
