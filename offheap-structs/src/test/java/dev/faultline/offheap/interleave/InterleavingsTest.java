package dev.faultline.offheap.interleave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InterleavingsTest {

    private static void steps(SteppedInts words, int index, int count) {
        for (int i = 0; i < count; i++) {
            words.getAndAdd(index, 1);
        }
    }

    /** n threads of k steps have (nk)! / (k!)^n orders. */
    @Tag("slow")
    @ParameterizedTest
    @CsvSource({"1, 5, 1", "2, 1, 2", "2, 3, 20", "2, 5, 252", "2, 8, 12870", "3, 2, 90", "3, 3, 1680", "4, 2, 2520"})
    void all_orders_are_tried_once(int threads, int steps, long orders) {
        Set<String> seen = new HashSet<>();

        long schedules = Interleavings.of(scenario -> {
                    SteppedInts words = scenario.int32s("words", threads);
                    StringBuilder order = new StringBuilder();
                    for (int i = 0; i < threads; i++) {
                        int number = i;
                        scenario.thread("T" + number, () -> {
                            for (int step = 0; step < steps; step++) {
                                words.getAndAdd(number, 1);
                                order.append(number);
                            }
                        });
                    }
                    scenario.atEnd(() -> assertThat(seen.add(order.toString())).isTrue());
                })
                .explore();

        assertThat(schedules).isEqualTo(orders);
        assertThat(seen).hasSize((int) orders);
    }

    @Test
    void the_lost_update_is_found_and_shown() {
        Interleavings lost = Interleavings.of(scenario -> {
            SteppedInt count = scenario.int32("count", 0);
            for (String name : new String[] {"T1", "T2"}) {
                scenario.thread(name, () -> count.set(count.get() + 1));
            }
            scenario.atEnd(() -> assertThat(count.get()).isEqualTo(2));
        });

        assertThatThrownBy(lost::explore)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("in schedule 2")
                .hasMessageContaining("expected: 2")
                .hasMessageMatching("(?s).*1  T1 +count.get +-> 0\n +2  T2 +count.get +-> 0\n.*"
                        + "T2 +count.set +0 => 1\n +4  T1 +count.set +1 => 1");
        assertThatThrownBy(() -> lost.sample(1, 1000)).hasMessageContaining("drawn with seed 1");
    }

    @Test
    void atomic_adds_lose_nothing_in_any_order() {
        assertThat(Interleavings.of(scenario -> {
                            SteppedLong count = scenario.int64("count", 0);
                            for (int i = 0; i < 3; i++) {
                                scenario.thread("T" + i, () -> {
                                    count.getAndAdd(1);
                                    count.getAndAdd(1);
                                });
                            }
                            scenario.atEnd(() -> assertThat(count.get()).isEqualTo(6));
                        })
                        .explore())
                .isEqualTo(90);
    }

    private static void lock(SteppedInt lock) {
        while (!lock.compareAndSet(0, 1)) {
            Thread.onSpinWait();
        }
    }

    @Test
    void locks_taken_crosswise_are_found_to_wait_for_each_other() {
        assertThatThrownBy(() -> Interleavings.of(scenario -> {
                            SteppedInt a = scenario.int32("a", 0);
                            SteppedInt b = scenario.int32("b", 0);
                            scenario.thread("T1", () -> {
                                lock(a);
                                lock(b);
                                b.set(0);
                                a.set(0);
                            });
                            scenario.thread("T2", () -> {
                                lock(b);
                                lock(a);
                                a.set(0);
                                b.set(0);
                            });
                        })
                        .explore())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("wait for changes that no thread will make")
                .hasMessageContaining("b.compareAndSet");
    }

    @ParameterizedTest
    @CsvSource({"1, false", "6, false", "1, true"})
    void a_thread_that_waits_in_a_loop_goes_on_when_another_writes(int heldBackAfter, boolean reduced) {
        Interleavings waiting = Interleavings.of(scenario -> {
                    SteppedInt lock = scenario.int32("lock", 0);
                    SteppedInt inside = scenario.int32("inside", 0);
                    for (int i = 0; i < 2; i++) {
                        scenario.thread("T" + i, () -> {
                            lock(lock);
                            inside.getAndAdd(1);
                            inside.getAndAdd(-1);
                            lock.setOrdered(0);
                        });
                    }
                    scenario.afterEachStep(() -> assertThat(inside.get()).isLessThan(2));
                })
                .heldBackAfter(heldBackAfter);
        if (reduced) {
            waiting.reduced();
        }

        assertThat(waiting.explore()).isGreaterThanOrEqualTo(2);
    }

    @Test
    void who_only_reads_much_is_not_taken_to_wait_for_ever() {
        assertThat(Interleavings.of(scenario -> {
                            SteppedInt word = scenario.int32("word", 0);
                            scenario.thread("T1", () -> {
                                for (int i = 0; i < 50; i++) {
                                    word.get();
                                }
                            });
                            scenario.thread("T2", () -> word.set(1));
                        })
                        .explore())
                .isGreaterThan(7);
    }

    @Test
    void a_check_after_each_step_sees_what_the_end_does_not() {
        assertThatThrownBy(() -> Interleavings.of(scenario -> {
                            SteppedLongs inside = scenario.int64s("inside", 2);
                            for (int i = 0; i < 2; i++) {
                                int number = i;
                                scenario.thread("T" + i, () -> {
                                    inside.set(number, 1);
                                    inside.set(number, 0);
                                });
                            }
                            scenario.afterEachStep(() ->
                                    assertThat(inside.get(0) + inside.get(1)).isLessThan(2));
                        })
                        .explore())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("inside[1].set");
    }

    @Test
    void what_a_thread_throws_fails_the_schedule_and_the_others_unwind() {
        AtomicInteger unwound = new AtomicInteger();

        assertThatThrownBy(() -> Interleavings.of(scenario -> {
                            SteppedInt word = scenario.int32("word", 0);
                            scenario.thread("T1", () -> {
                                try {
                                    word.set(1);
                                    word.set(2);
                                } finally {
                                    unwound.incrementAndGet();
                                    word.set(3);
                                }
                            });
                            scenario.thread("T2", () -> {
                                if (word.get() == 1) {
                                    throw new java.io.IOException("seen between");
                                }
                            });
                        })
                        .explore())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("seen between")
                .hasCauseInstanceOf(java.io.IOException.class);
        assertThat(unwound.get()).isPositive();
    }

    @Test
    void bounds_are_said_and_nothing_is_left_out_silently() {
        Interleavings some = Interleavings.of(scenario -> {
            SteppedInts words = scenario.int32s("words", 2);
            scenario.thread("T1", () -> steps(words, 0, 5));
            scenario.thread("T2", () -> steps(words, 1, 5));
        });

        assertThat(some.atMostSchedules(252).atMostSteps(10).explore()).isEqualTo(252);
        assertThatThrownBy(() -> some.atMostSchedules(251).explore())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("more than 251 schedules");
        assertThatThrownBy(() -> some.atMostSteps(9).explore())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("more than 9 steps");
    }

    @Test
    void a_scenario_that_changes_is_refused() {
        AtomicInteger made = new AtomicInteger();
        assertThatThrownBy(() -> Interleavings.of(scenario -> {
                            int threads = made.getAndIncrement() == 0 ? 3 : 2;
                            SteppedInts words = scenario.int32s("words", 3);
                            for (int i = 0; i < threads; i++) {
                                int number = i;
                                scenario.thread("T" + i, () -> steps(words, number, 2));
                            }
                        })
                        .explore())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("something else");
    }

    @Test
    void steps_on_different_words_are_tried_in_one_order_when_asked_for() {
        Interleavings apart = Interleavings.of(scenario -> {
            SteppedInts words = scenario.int32s("words", 3);
            for (int i = 0; i < 3; i++) {
                int number = i;
                scenario.thread("T" + i, () -> steps(words, number, 4));
            }
        });
        assertThat(apart.reduced().explore()).isEqualTo(1);
    }

    /** Two threads and a reader on two words: fewer orders, the same outcomes. */
    @Test
    void fewer_orders_have_the_same_outcomes() {
        Set<String> all = new HashSet<>();
        Set<String> some = new HashSet<>();

        long every = outcomes(all).explore();
        long fewer = outcomes(some).reduced().explore();

        assertThat(fewer).isLessThan(every / 4);
        assertThat(some).isEqualTo(all).hasSizeGreaterThan(5);
    }

    private static Interleavings outcomes(Set<String> outcomes) {
        return Interleavings.of(scenario -> {
            SteppedInt x = scenario.int32("x", 0);
            SteppedInt y = scenario.int32("y", 0);
            int[] seen = new int[4];
            scenario.thread("T1", () -> {
                x.set(1);
                seen[0] = y.get();
                y.getAndAdd(2);
            });
            scenario.thread("T2", () -> {
                y.set(1);
                seen[1] = x.get();
                x.compareAndSet(1, 5);
            });
            scenario.thread("T3", () -> {
                seen[2] = y.get();
                seen[3] = x.get();
            });
            scenario.atEnd(() -> outcomes.add(java.util.Arrays.toString(seen) + x.get() + y.get()));
        });
    }

    @Test
    void threads_are_used_again() {
        Runnable exploration = () -> Interleavings.of(scenario -> {
                    SteppedInts words = scenario.int32s("words", 2);
                    scenario.thread("T1", () -> steps(words, 0, 2));
                    scenario.thread("T2", () -> steps(words, 1, 2));
                })
                .explore();
        exploration.run();
        long threads = workers();

        for (int i = 0; i < 100; i++) {
            exploration.run();
        }

        assertThat(workers()).isEqualTo(threads);
    }

    private static long workers() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(Worker.class::isInstance)
                .count();
    }

    @Test
    void outside_of_a_run_words_are_words() {
        SteppedLongs words = new SteppedLongs("words", 3);
        words.setAll(1, new long[] {7, 8}, 0, 2);
        long[] back = new long[3];
        words.getAll(0, back, 0, 3);

        assertThat(back).containsExactly(0, 7, 8);
        assertThat(words.compareAndSet(2, 7, 9)).isFalse();
        assertThat(words.compareAndSet(2, 8, 9)).isTrue();
        assertThat(words.getAndAdd(2, 1)).isEqualTo(9);
        assertThat(words.getVolatile(2)).isEqualTo(10);
        assertThatThrownBy(() -> words.get(3)).isInstanceOf(IndexOutOfBoundsException.class);
    }
}
