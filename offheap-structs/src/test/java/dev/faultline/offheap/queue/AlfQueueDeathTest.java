package dev.faultline.offheap.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.offheap.interleave.Interleavings;
import dev.faultline.offheap.interleave.Scenario;
import dev.faultline.offheap.memory.Window;
import dev.faultline.offheap.queue.AlfQueue.Mode;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is left of a queue when a thread ends inside a call, after it has claimed a slot and before it hands it over. */
class AlfQueueDeathTest {

    private static final long EMPTY = -1;
    private static final String STUCK = "the remaining threads wait for changes that no thread will make";

    private static final ThreadLocal<Boolean> DYING = ThreadLocal.withInitial(() -> false);

    /** Ends a thread inside a call. */
    private static final class Death extends Error {

        private static final long serialVersionUID = 1;
    }

    /** A side on which dying threads end before they hand over. */
    private static final class MortalSide extends RingSide {

        MortalSide(long head, long tail, long oppositeTail, int ahead, boolean many) {
            super(head, tail, oppositeTail, ahead, many);
        }

        @Override
        void handOver(Window window, long base, int first, int slots) {
            if (DYING.get()) {
                throw new Death();
            }
            super.handOver(window, base, first, slots);
        }
    }

    /** As {@link MortalSide}, of a queue that remembers. */
    private static final class MortalRememberingSide extends RememberingSide {

        MortalRememberingSide(
                long head, long tail, long oppositeTail, long seen, int capacity, int ahead, boolean many) {
            super(head, tail, oppositeTail, seen, capacity, ahead, many);
        }

        @Override
        void handOver(Window window, long base, int first, int slots) {
            if (DYING.get()) {
                throw new Death();
            }
            super.handOver(window, base, first, slots);
        }
    }

    /** As {@link MortalSide}, of a queue with sequence numbers. */
    private static final class MortalSequencedSide extends SequencedSide {

        MortalSequencedSide(long head, long oppositeHead, long sequences, int capacity, int ahead, boolean many) {
            super(head, oppositeHead, sequences, capacity, ahead, many);
        }

        @Override
        void handOver(Window window, long base, int first, int slots) {
            if (DYING.get()) {
                throw new Death();
            }
            super.handOver(window, base, first, slots);
        }
    }

    /** The variants whose sides have a tail, on which dying threads end before they move it. */
    private enum Tailed {
        POSTED(TestQueues.posted(MortalSide::new)),
        REMEMBERED(TestQueues.remembered(MortalRememberingSide::new));

        private final TestQueues.SteppedMaker maker;

        Tailed(TestQueues.SteppedMaker maker) {
            this.maker = maker;
        }

        AlfQueue queue(Scenario scenario, Mode mode) {
            return maker.make(scenario, 4, mode, 0).queue();
        }
    }

    /** A ring in which dying threads end before they have written. */
    private static final class MortalRing extends Ring {

        MortalRing(long start, int capacity) {
            super(start, capacity);
        }

        @Override
        void put(Window window, long base, int index, long element) {
            if (DYING.get()) {
                throw new Death();
            }
            super.put(window, base, index, element);
        }
    }

    private static void die(Runnable call) {
        DYING.set(true);
        try {
            call.run();
        } catch (Death expected) {
            // the thread is gone
        } finally {
            DYING.remove();
        }
    }

    private static AlfQueue sequenced(Scenario scenario, Mode mode) {
        return TestQueues.sequenced(MortalSequencedSide::new)
                .make(scenario, 4, mode, 0)
                .queue();
    }

    private static void expectThrownAtClose(AlfQueue queue, Runnable waits) throws InterruptedException {
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread waiting = new Thread(waits);
        waiting.setUncaughtExceptionHandler((thread, why) -> thrown.set(why));
        waiting.start();
        waiting.join(100);
        assertThat(waiting.isAlive()).isTrue();
        queue.close();
        waiting.join(20_000);
        assertThat(thrown.get()).isInstanceOf(IllegalStateException.class).hasMessageContaining("closed");
    }

    private static AlfQueue full(AlfQueue queue) {
        for (int i = 1; i <= 4; i++) {
            queue.offer(i);
        }
        return queue;
    }

    private static void expectStuck(Consumer<Scenario> stuck) {
        assertThatThrownBy(Interleavings.of(stuck)::explore)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(STUCK);
    }

    @ParameterizedTest
    @EnumSource
    void producers_that_claim_after_a_dead_one_wait_for_it(Tailed variant) {
        expectStuck(scenario -> {
            AlfQueue queue = variant.queue(scenario, Mode.MPMC);
            scenario.thread("dies", () -> die(() -> queue.offer(1)));
            scenario.thread("P", () -> queue.offer(2));
        });
    }

    @ParameterizedTest
    @EnumSource
    void the_relaxed_calls_wait_for_a_dead_producer_too(Tailed variant) {
        expectStuck(scenario -> {
            AlfQueue queue = variant.queue(scenario, Mode.MPMC);
            scenario.thread("dies", () -> die(() -> queue.relaxedOffer(1)));
            scenario.thread("P", () -> queue.relaxedOffer(2));
        });
    }

    @ParameterizedTest
    @EnumSource
    void consumers_that_claim_after_a_dead_one_wait_for_it(Tailed variant) {
        expectStuck(scenario -> {
            AlfQueue queue = variant.queue(scenario, Mode.MPMC);
            queue.offer(1);
            queue.offer(2);
            scenario.thread("dies", () -> die(() -> queue.poll(EMPTY)));
            scenario.thread("C", () -> queue.poll(EMPTY));
        });
    }

    @ParameterizedTest
    @EnumSource
    void consumers_find_nothing_behind_a_dead_producer_and_do_not_wait(Tailed variant) {
        Interleavings.of(scenario -> {
                    AlfQueue queue = variant.queue(scenario, Mode.MPMC);
                    long[] taken = new long[2];
                    scenario.thread("dies", () -> die(() -> queue.offer(1)));
                    scenario.thread("C", () -> {
                        taken[0] = queue.poll(EMPTY);
                        taken[1] = queue.poll(EMPTY);
                    });
                    scenario.atEnd(() -> assertThat(taken).containsOnly(EMPTY));
                })
                .explore();
    }

    @ParameterizedTest
    @EnumSource
    void producers_find_the_queue_full_behind_a_dead_consumer_and_do_not_wait(Tailed variant) {
        Interleavings.of(scenario -> {
                    AlfQueue queue = full(variant.queue(scenario, Mode.MPMC));
                    scenario.thread("dies", () -> die(() -> queue.poll(EMPTY)));
                    scenario.thread("P", () -> assertThat(queue.offer(5)).isFalse());
                })
                .explore();
    }

    @ParameterizedTest
    @EnumSource
    void what_was_put_before_a_dead_producer_can_be_taken(Tailed variant) {
        Interleavings.of(scenario -> {
                    AlfQueue queue = variant.queue(scenario, Mode.MPMC);
                    queue.offer(7);
                    long[] taken = new long[1];
                    scenario.thread("dies", () -> die(() -> queue.offer(8)));
                    scenario.thread("C", () -> taken[0] = queue.poll(EMPTY));
                    scenario.atEnd(() -> assertThat(taken[0]).isEqualTo(7));
                })
                .explore();
    }

    @Test
    void who_waits_for_a_dead_thread_gets_an_exception_when_the_queue_is_closed() throws InterruptedException {
        AlfQueue queue = TestQueues.offHeap(4, Mode.MPMC, 0, MortalRing::new);
        die(() -> queue.offer(1));
        expectThrownAtClose(queue, () -> queue.offer(2));
    }

    @Test
    void who_waits_for_a_dead_thread_of_the_other_side_gets_an_exception_when_the_queue_is_closed()
            throws InterruptedException {
        AlfQueue queue = TestQueues.sequencedOffHeap(4, MortalSequencedSide::new);
        die(() -> queue.offer(1));
        expectThrownAtClose(queue, () -> queue.poll(EMPTY));
    }

    @Test
    void the_successor_of_a_dead_single_producer_hands_its_slot_over_too_unwritten() {
        try (AlfQueue queue = TestQueues.offHeap(4, Mode.SPSC, 0, MortalRing::new)) {
            die(() -> queue.offer(1));
            assertThat(queue.poll(EMPTY)).isEqualTo(EMPTY);
            assertThat(queue.offer(2)).isTrue();
            assertThat(queue.poll(EMPTY)).as("the slot that was never written").isZero();
            assertThat(queue.poll(EMPTY)).isEqualTo(2);
        }
    }

    @Test
    void producers_go_on_behind_a_dead_one_where_slots_have_numbers_and_find_the_queue_full_at_its_slot() {
        Interleavings.of(scenario -> {
                    AlfQueue queue = sequenced(scenario, Mode.MPMC);
                    die(() -> queue.offer(1));
                    assertThat(queue.offer(2)).isTrue();
                    assertThat(queue.offer(3)).isTrue();
                    boolean[] put = new boolean[2];
                    scenario.thread("P", () -> put[0] = queue.offer(4));
                    scenario.thread("Q", () -> put[1] = queue.offer(5));
                    scenario.atEnd(() ->
                            assertThat(put[0] ^ put[1]).as("one slot is left").isTrue());
                })
                .explore();
    }

    @Test
    void consumers_wait_for_a_dead_producer_where_slots_have_numbers() {
        expectStuck(scenario -> {
            AlfQueue queue = sequenced(scenario, Mode.MPMC);
            scenario.thread("dies", () -> die(() -> queue.offer(1)));
            scenario.thread("C", () -> queue.poll(EMPTY));
        });
    }

    @Test
    void the_relaxed_calls_find_nothing_at_the_slot_of_a_dead_producer_and_do_not_wait() {
        Interleavings.of(scenario -> {
                    AlfQueue queue = sequenced(scenario, Mode.MPMC);
                    queue.offer(7);
                    long[] taken = new long[2];
                    scenario.thread("dies", () -> die(() -> queue.offer(1)));
                    scenario.thread("C", () -> {
                        taken[0] = queue.relaxedPoll(EMPTY);
                        taken[1] = queue.relaxedPoll(EMPTY);
                    });
                    scenario.atEnd(() -> assertThat(taken).containsExactly(7, EMPTY));
                })
                .explore();
    }

    @Test
    void consumers_take_what_is_behind_a_dead_one_where_slots_have_numbers() {
        Interleavings.of(scenario -> {
                    AlfQueue queue = sequenced(scenario, Mode.MPMC);
                    queue.offer(1);
                    queue.offer(2);
                    queue.offer(3);
                    die(() -> queue.poll(EMPTY));
                    long[] taken = new long[2];
                    scenario.thread("C", () -> taken[0] = queue.poll(EMPTY));
                    scenario.thread("D", () -> taken[1] = queue.poll(EMPTY));
                    scenario.atEnd(() -> assertThat(taken).containsExactlyInAnyOrder(2, 3));
                })
                .explore();
    }

    @Test
    void producers_wait_for_a_dead_consumer_where_slots_have_numbers_and_the_relaxed_calls_do_not() {
        expectStuck(scenario -> {
            AlfQueue queue = full(sequenced(scenario, Mode.MPMC));
            scenario.thread("dies", () -> die(() -> queue.poll(EMPTY)));
            scenario.thread("P", () -> queue.offer(5));
        });
        Interleavings.of(scenario -> {
                    AlfQueue queue = full(sequenced(scenario, Mode.MPMC));
                    scenario.thread("dies", () -> die(() -> queue.poll(EMPTY)));
                    scenario.thread("P", () -> assertThat(queue.relaxedOffer(5)).isFalse());
                })
                .explore();
    }

    @Test
    void the_successor_of_a_dead_single_producer_puts_behind_its_slot_where_slots_have_numbers() {
        Interleavings.of(scenario -> {
                    AlfQueue queue = sequenced(scenario, Mode.SPSC);
                    die(() -> queue.offer(1));
                    scenario.thread("P", () -> assertThat(queue.offer(2)).isTrue());
                    scenario.thread(
                            "C", () -> assertThat(queue.relaxedPoll(EMPTY)).isEqualTo(EMPTY));
                    scenario.atEnd(() ->
                            assertThat(queue.relaxedPoll(EMPTY)).as("never").isEqualTo(EMPTY));
                })
                .explore();
    }
}
