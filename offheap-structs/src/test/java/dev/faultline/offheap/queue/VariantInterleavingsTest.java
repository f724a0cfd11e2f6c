package dev.faultline.offheap.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.offheap.interleave.Interleavings;
import dev.faultline.offheap.memory.Window;
import dev.faultline.offheap.queue.AlfQueue.Mode;
import dev.faultline.offheap.queue.TestQueues.SteppedMaker;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Small queues that remember, and with sequence numbers, in every order of their steps. */
@Tag("slow")
class VariantInterleavingsTest {

    private static final long EMPTY = -1;
    private static final int[] ONE = {0};

    private static final SteppedMaker REMEMBERED = TestQueues.remembered(RememberingSide::new);
    private static final SteppedMaker SEQUENCED = TestQueues.sequenced(SequencedSide::new);

    /** Threads that fill the queue or empty it and look again, also past 2^32; two on a side, or on both. */
    static List<Crowd> crowds() {
        return List.of(
                new Crowd(Mode.SPSC, 2, -1, new int[][] {{0, 2, 1, 1}}, new int[][] {{1, 0, 2}}),
                new Crowd(Mode.MPSC, 2, -1, new int[][] {{0, 0}, {2}}, new int[][] {{2, 1}}),
                new Crowd(Mode.MPSC, 2, -2, new int[][] {{0, 0}, {0}}, new int[][] {{2}}),
                new Crowd(Mode.SPMC, 2, -1, new int[][] {{2, 1}}, new int[][] {{0, 0}, {2}}),
                new Crowd(Mode.SPMC, 2, 0, new int[][] {{2, 1}}, new int[][] {{0, 0}, {0}}),
                new Crowd(Mode.MPMC, 2, -1, new int[][] {{0}, {0}}, new int[][] {{0}, {2}}, true));
    }

    /** Fewer calls: those that find nothing read more words than where tails tell. */
    static List<Crowd> smallCrowds() {
        return List.of(
                new Crowd(Mode.SPSC, 2, -1, new int[][] {{0, 2, 1, 1}}, new int[][] {{1, 0, 2}}),
                new Crowd(Mode.MPSC, 2, -2, new int[][] {{0, 0}, {0}}, new int[][] {{2}}),
                new Crowd(Mode.MPSC, 2, -1, new int[][] {{0}, {2}}, new int[][] {{2}}),
                new Crowd(Mode.SPMC, 2, 0, new int[][] {{2}}, new int[][] {{0}, {2}}),
                new Crowd(Mode.SPMC, 2, -1, new int[][] {{2, 1}}, new int[][] {{0}, {0}}, true),
                new Crowd(Mode.MPMC, 2, -1, new int[][] {{0}, {0}}, new int[][] {{0}, {0}}, true));
    }

    @ParameterizedTest
    @MethodSource("crowds")
    void a_queue_that_remembers_keeps_each_element_once_and_in_order(Crowd crowd) {
        assertThat(waiting(crowd, REMEMBERED).heldBackAfter(1).explore()).isGreaterThan(20);
    }

    @ParameterizedTest
    @MethodSource("smallCrowds")
    void a_queue_with_sequence_numbers_keeps_each_element_once_and_in_order(Crowd crowd) {
        assertThat(waiting(crowd, SEQUENCED).explore()).isGreaterThan(20);
    }

    @Test
    void a_remembered_tail_older_than_the_head_is_not_taken_for_many_free_slots() {
        Crowd producers = new Crowd(Mode.MPSC, 1, 0, new int[][] {{0, 0}, {0}}, new int[][] {ONE});
        Crowd consumers = new Crowd(Mode.SPMC, 1, 0, new int[][] {{0, 0}}, new int[][] {{0, 0}, {0}});

        expectCaught(producers, REMEMBERED, TestQueues.remembered(Trusting::new));
        expectCaught(consumers, REMEMBERED, TestQueues.remembered(Trusting::new));
    }

    @Test
    void remembering_the_own_side_s_claim_as_the_other_s_tail_overruns_the_ring() {
        Crowd producers = new Crowd(Mode.MPSC, 1, 0, new int[][] {{0, 0}}, new int[][] {ONE});

        expectCaught(producers, REMEMBERED, TestQueues.remembered(Guessing::new));
    }

    @Test
    void a_sequence_number_before_its_element_shows_a_slot_that_is_not_filled() {
        Crowd one = new Crowd(Mode.SPSC, 2, 0, new int[][] {ONE}, new int[][] {ONE});

        assertThatThrownBy(() -> waiting(one, TestQueues.sequenced(Early::new)).explore())
                .isInstanceOf(AssertionError.class);
        waiting(one, SEQUENCED).explore();
    }

    @Test
    void a_bulk_whose_last_slot_alone_is_ready_reads_slots_that_are_not_filled() {
        Crowd producers = new Crowd(Mode.MPSC, 2, 0, new int[][] {{0}, {0}}, new int[][] {{2}});

        expectCaught(producers, SEQUENCED, TestQueues.sequenced(LastOnly::new));
    }

    private static void expectCaught(Crowd crowd, SteppedMaker right, SteppedMaker wrong) {
        assertThatThrownBy(() -> waiting(crowd, wrong).explore()).isInstanceOf(AssertionError.class);
        waiting(crowd, right)
                .heldBackAfter(right == REMEMBERED ? 1 : 2)
                .explore(); // the correct queue passes with the same threads
    }

    /** With sequence numbers a call that does not wait reads the head twice. */
    private static Interleavings waiting(Crowd crowd, SteppedMaker maker) {
        return crowd.on(maker).reduced().heldBackAfter(2);
    }

    /** As for the posted queue: a thread that finds it full must then find an element, unless another one takes it. */
    private static Interleavings fullAndEmpty(SteppedMaker maker, int capacity, boolean producers) {
        return Interleavings.of(scenario -> {
            AlfQueue queue = maker.make(scenario, capacity, Mode.MPMC, -1).queue();
            for (int i = 0; i < (producers ? capacity - 1 : 1); i++) {
                queue.offer(1 + i);
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
                    boolean full = !queue.offer(3);
                    assertThat(full && queue.poll(EMPTY) == EMPTY)
                            .as("full and empty")
                            .isFalse();
                } else {
                    boolean empty = queue.poll(EMPTY) == EMPTY;
                    assertThat(empty && !queue.offer(3)).as("empty and full").isFalse();
                }
            });
        });
    }

    @Test
    void full_and_empty_are_true_at_some_moment() {
        for (boolean producers : new boolean[] {true, false}) {
            assertThat(fullAndEmpty(REMEMBERED, 1, producers).explore()).isGreaterThan(20);
            assertThat(fullAndEmpty(SEQUENCED, 2, producers).explore()).isGreaterThan(20);
        }
    }

    /** Takes what is remembered for true, as the posted queue may do with the tail itself. */
    private static class Trusting extends RememberingSide {

        Trusting(long head, long tail, long oppositeTail, long seen, int capacity, int ahead, boolean many) {
            super(head, tail, oppositeTail, seen, capacity, ahead, many);
        }

        @Override
        long claimFromMany(Window window, long base, int most, boolean exactly) {
            while (true) {
                int first = window.getIntAcquire(base + head);
                int slots = grant(most, ahead + window.getIntAcquire(base + seen) - first, exactly);
                if (slots == 0) {
                    int now = window.getIntAcquire(base + oppositeTail);
                    window.setIntRelease(base + seen, now);
                    slots = grant(most, ahead + now - first, exactly);
                }
                if (slots == 0 || window.compareAndSetInt(base + head, first, first + slots)) {
                    return claim(first, slots);
                }
            }
        }
    }

    /** Notes one slot more than it saw. */
    private static class Guessing extends RememberingSide {

        Guessing(long head, long tail, long oppositeTail, long seen, int capacity, int ahead, boolean many) {
            super(head, tail, oppositeTail, seen, capacity, ahead, many);
        }

        @Override
        long claimFromMany(Window window, long base, int most, boolean exactly) {
            window.setIntRelease(base + seen, window.getIntAcquire(base + oppositeTail) + 1);
            return super.claimFromMany(window, base, most, exactly);
        }
    }

    /** Hands slots over when it claims them. */
    private static class Early extends SequencedSide {

        Early(long head, long oppositeHead, long sequences, int capacity, int ahead, boolean many) {
            super(head, oppositeHead, sequences, capacity, ahead, many);
        }

        @Override
        long claimRelaxed(Window window, long base, int most, boolean exactly) {
            long claim = super.claimRelaxed(window, base, most, exactly);
            super.handOver(window, base, first(claim), slots(claim));
            return claim;
        }

        @Override
        void handOver(Window window, long base, int first, int slots) {}
    }

    /** Looks at the last slot of a bulk only. */
    private static class LastOnly extends SequencedSide {

        LastOnly(long head, long oppositeHead, long sequences, int capacity, int ahead, boolean many) {
            super(head, oppositeHead, sequences, capacity, ahead, many);
        }

        @Override
        int readySlots(Window window, long base, int first, int most) {
            return most > 0 && isReady(window, base, first + most - 1)
                    ? most
                    : super.readySlots(window, base, first, most);
        }
    }
}
