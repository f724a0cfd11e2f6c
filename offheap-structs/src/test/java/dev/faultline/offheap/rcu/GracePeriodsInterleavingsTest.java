package dev.faultline.offheap.rcu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.offheap.interleave.Interleavings;
import dev.faultline.offheap.interleave.Scenario;
import dev.faultline.offheap.interleave.SteppedInt;
import dev.faultline.offheap.interleave.SteppedInts;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Object 0 is replaced by object 1 and freed; a reader that has found it must not see it freed. */
@Tag("slow")
class GracePeriodsInterleavingsTest {

    private static final int FREED = -1;

    /** The shared words: which object is the current one, and the objects. */
    private static final class Shared {

        private final GracePeriods periods;
        private final SteppedInt current;
        private final SteppedInts objects;

        Shared(Scenario scenario, int mostReaders) {
            periods = SteppedGracePeriods.in(scenario, mostReaders);
            current = scenario.int32("current", 0);
            objects = scenario.int32s("object", 3);
        }

        void look() {
            int found = current.getVolatile();
            assertThat(objects.get(found)).as("object %d", found).isNotEqualTo(FREED);
        }

        /** Replaces an object by another one; returns what frees the old one. */
        Runnable replace(int one, int another) {
            current.setVolatile(another);
            return () -> objects.set(one, FREED);
        }
    }

    private static void enterAndLook(Shared shared, int times) {
        Reader reader = shared.periods.register();
        for (int i = 0; i < times; i++) {
            reader.enter();
            shared.look();
            reader.exit();
        }
        reader.close();
    }

    @Test
    void nothing_is_freed_while_a_reader_inside_may_have_found_it() {
        assertThat(Interleavings.of(scenario -> {
                            Shared shared = new Shared(scenario, 1);
                            scenario.thread("reader", () -> enterAndLook(shared, 2));
                            scenario.thread("updater", () -> {
                                Runnable free = shared.replace(0, 1);
                                shared.periods.synchronize();
                                free.run();
                            });
                        })
                        .heldBackAfter(2)
                        .explore())
                .isGreaterThan(1000);
    }

    @Test
    void two_readers_are_waited_for() {
        assertThat(Interleavings.of(scenario -> {
                            Shared shared = new Shared(scenario, 2);
                            scenario.thread("R1", () -> enterAndLook(shared, 1));
                            scenario.thread("R2", () -> enterAndLook(shared, 1));
                            scenario.thread("updater", () -> {
                                Runnable free = shared.replace(0, 1);
                                shared.periods.synchronize();
                                free.run();
                            });
                        })
                        .heldBackAfter(1)
                        .reduced()
                        .explore())
                .isGreaterThan(100);
    }

    @Test
    void a_reader_that_stays_inside_lets_go_where_it_says_so() {
        assertThat(Interleavings.of(scenario -> {
                            Shared shared = new Shared(scenario, 1);
                            scenario.thread("reader", () -> {
                                Reader reader = shared.periods.register();
                                reader.enter();
                                shared.look();
                                reader.quiescent();
                                shared.look();
                                reader.quiescent();
                                shared.look();
                                reader.exit();
                                reader.close();
                            });
                            scenario.thread("updater", () -> {
                                for (int i = 0; i < 2; i++) {
                                    Runnable free = shared.replace(i, i + 1);
                                    shared.periods.synchronize();
                                    free.run();
                                }
                            });
                        })
                        .heldBackAfter(2)
                        .reduced()
                        .explore())
                .isGreaterThan(1000);
    }

    /** One thread defers and another polls; in between a third may enter, find the object, and replace it. */
    @Test
    void what_is_deferred_while_another_polls_is_not_freed_too_early() {
        assertThat(Interleavings.of(scenario -> {
                            Shared shared = new Shared(scenario, 2);
                            scenario.thread("reader", () -> enterAndLook(shared, 1));
                            scenario.thread("updater", () -> shared.periods.defer(shared.replace(0, 1)));
                            scenario.thread("poller", shared.periods::poll);
                        })
                        .explore())
                .isGreaterThan(1000);
    }

    @Test
    void callbacks_may_defer_and_two_may_poll() {
        Interleavings.of(scenario -> {
                    Shared shared = new Shared(scenario, 1);
                    int[] run = new int[2];
                    scenario.thread("reader", () -> enterAndLook(shared, 1));
                    for (int i = 0; i < 2; i++) {
                        scenario.thread("poller " + i, () -> {
                            shared.periods.defer(() -> {
                                run[0]++;
                                shared.periods.defer(() -> run[1]++);
                            });
                            shared.periods.poll();
                        });
                    }
                    scenario.atEnd(() -> {
                        shared.periods.close();
                        assertThat(run).containsExactly(2, 2);
                    });
                })
                .explore();
    }

    @Test
    void without_waiting_a_reader_sees_what_is_freed() {
        assertThatThrownBy(() -> Interleavings.of(scenario -> {
                            Shared shared = new Shared(scenario, 1);
                            scenario.thread("reader", () -> enterAndLook(shared, 1));
                            scenario.thread(
                                    "updater", () -> shared.replace(0, 1).run());
                        })
                        .explore())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("object 0")
                .hasMessageContaining("object[0].get");
    }

    @Test
    void a_reader_that_does_not_enter_sees_what_is_freed() {
        assertThatThrownBy(() -> Interleavings.of(scenario -> {
                            Shared shared = new Shared(scenario, 1);
                            scenario.thread("reader", shared::look);
                            scenario.thread("updater", () -> {
                                Runnable free = shared.replace(0, 1);
                                shared.periods.synchronize();
                                free.run();
                            });
                        })
                        .explore())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("object 0");
    }

    /** An update that is wrong: it frees first and waits then. */
    @Test
    void freeing_before_the_grace_period_is_found() {
        assertThatThrownBy(() -> Interleavings.of(scenario -> {
                            Shared shared = new Shared(scenario, 1);
                            scenario.thread("reader", () -> enterAndLook(shared, 1));
                            scenario.thread("updater", () -> {
                                shared.periods.synchronize();
                                shared.replace(0, 1).run();
                            });
                        })
                        .explore())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("object 0");
    }
}
