package dev.faultline.offheap.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.offheap.interleave.Interleavings;
import dev.faultline.offheap.memory.Window;
import dev.faultline.offheap.queue.AlfQueue.Mode;
import dev.faultline.offheap.queue.TestQueues.SideMaker;
import dev.faultline.offheap.queue.TestQueues.SteppedMaker;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Small queues in every order of their steps. */
@Tag("slow")
class AlfQueueInterleavingsTest {

    private static final long EMPTY = -1;
    private static final SteppedMaker POSTED = TestQueues.posted(RingSide::new);

    @ParameterizedTest
    @ValueSource(ints = {0, -1, -2})
    void one_producer_and_one_consumer(int passed) {
        Crowd crowd = new Crowd(Mode.SPSC, 2, passed, new int[][] {{0, 2, 1, 1, 2}}, new int[][] {{1, 0, 2, 2, 1}});

        assertThat(crowd.on(POSTED).reduced().explore()).isGreaterThan(100);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, -2})
    void many_producers_and_one_consumer(int passed) {
        Crowd three = new Crowd(Mode.MPSC, 2, passed, new int[][] {{0}, {0}, {2}}, new int[][] {{2, 1}});

        assertThat(waiting(three.on(POSTED)).explore()).isGreaterThan(500);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, -2})
    void one_producer_and_many_consumers(int passed) {
        Crowd three = new Crowd(Mode.SPMC, 2, passed, new int[][] {{2, 1}}, new int[][] {{0}, {0}, {2}});

        assertThat(waiting(three.on(POSTED)).explore()).isGreaterThan(500);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1})
    void many_of_both(int passed) {
        Crowd four = new Crowd(Mode.MPMC, 2, passed, new int[][] {{2}, {0, 0}}, new int[][] {{0, 1}, {0}}, true);

        assertThat(waiting(four.on(POSTED)).explore()).isGreaterThan(1000);
    }

    @Test
    void nothing_is_hidden_by_trying_steps_that_do_not_meet_in_one_order_only() {
        Crowd across = new Crowd(Mode.MPMC, 2, -1, new int[][] {{0, 1}}, new int[][] {{2}});
        Crowd beside = new Crowd(Mode.MPSC, 1, -1, new int[][] {{0}, {1}}, new int[][] {});

        assertThat(across.on(POSTED).explore()).isGreaterThan(1000);
        assertThat(beside.on(POSTED).explore()).isGreaterThan(100);
    }

    @Test
    void reading_the_opposite_tail_before_the_own_head_overruns_the_ring() {
        Crowd producers = new Crowd(Mode.MPSC, 1, 0, new int[][] {{0}, {0, 0}}, new int[][] {{0}});
        Crowd consumers = new Crowd(Mode.SPMC, 1, 0, new int[][] {{0}}, new int[][] {{0}, {0}});

        expectCaught(producers, TailFirst::new);
        expectCaught(consumers, TailFirst::new);
    }

    @Test
    void handing_over_out_of_turn_shows_slots_that_others_have_not_filled() {
        Crowd producers = new Crowd(Mode.MPSC, 2, 0, new int[][] {{0}, {0}}, new int[][] {{0}});
        Crowd consumers = new Crowd(Mode.SPMC, 2, 0, new int[][] {{2, 0}}, new int[][] {{0}, {0}});

        expectCaught(producers, Overtaking::new);
        expectCaught(consumers, Overtaking::new);
    }

    @Test
    void two_on_a_side_that_is_for_one_break_the_queue() {
        Crowd producers = new Crowd(Mode.SPSC, 2, 0, new int[][] {{0}, {0}}, new int[][] {{0}});
        Crowd consumers = new Crowd(Mode.SPSC, 2, 0, new int[][] {{0}}, new int[][] {{0}, {0}});

        expectCaught(producers, RingSide::new);
        expectCaught(consumers, RingSide::new);
    }

    private static void expectCaught(Crowd crowd, SideMaker worse) {
        assertThatThrownBy(() -> waiting(crowd.on(TestQueues.posted(worse))).explore())
                .isInstanceOf(AssertionError.class);
        if (crowd.mode() != Mode.SPSC) {
            waiting(crowd.on(POSTED)).explore(); // the correct queue passes with the same threads
        }
    }

    /** Waiting threads read one word, and no other word shows the order of what others do in the meantime. */
    private static Interleavings waiting(Interleavings all) {
        return all.reduced().heldBackAfter(1);
    }

    /**
     * A queue of one slot, used by another thread of the same side. A thread that finds it full must then find an
     * element, and a thread that finds it empty must then find room, since no thread of the other side is at work.
     */
    private static Interleavings fullAndEmpty(boolean producers, boolean relaxed) {
        return Interleavings.of(scenario -> {
            AlfQueue queue = POSTED.make(scenario, 1, Mode.MPMC, -1).queue();
            if (!producers) {
                queue.offer(1);
            }
            scenario.thread("other", () -> {
                if (producers) {
                    queue.offer(2);
                } else {
                    queue.poll(EMPTY);
                }
            });
            scenario.thread("asks", () -> {
                if (producers) {
                    boolean full = !(relaxed ? queue.relaxedOffer(3) : queue.offer(3));
                    assertThat(full && queue.poll(EMPTY) == EMPTY)
                            .as("full and empty")
                            .isFalse();
                } else {
                    boolean empty = (relaxed ? queue.relaxedPoll(EMPTY) : queue.poll(EMPTY)) == EMPTY;
                    assertThat(empty && !queue.offer(3)).as("empty and full").isFalse();
                }
            });
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void full_and_empty_are_true_at_some_moment(boolean producers) {
        assertThat(fullAndEmpty(producers, false).explore()).isGreaterThan(50);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void relaxed_calls_may_say_full_of_what_is_empty(boolean producers) {
        assertThatThrownBy(() -> fullAndEmpty(producers, true).explore())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(producers ? "full and empty" : "empty and full");
    }

    private static class TailFirst extends RingSide {

        TailFirst(long head, long tail, long oppositeTail, int ahead, boolean many) {
            super(head, tail, oppositeTail, ahead, many);
        }

        @Override
        long claimFromMany(Window window, long base, int most, boolean exactly) {
            while (true) {
                int until = ahead + window.getIntAcquire(base + oppositeTail);
                int first = window.getIntAcquire(base + head);
                int slots = grant(most, until - first, exactly);
                if (slots == 0 || window.compareAndSetInt(base + head, first, first + slots)) {
                    return claim(first, slots);
                }
            }
        }
    }

    private static class Overtaking extends RingSide {

        Overtaking(long head, long tail, long oppositeTail, int ahead, boolean many) {
            super(head, tail, oppositeTail, ahead, many);
        }

        @Override
        void handOver(Window window, long base, int first, int slots) {
            window.setIntRelease(base + tail, first + slots);
        }
    }
}
