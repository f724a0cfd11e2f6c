package dev.faultline.offheap.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.offheap.interleave.Interleavings;
import dev.faultline.offheap.interleave.Scenario;
import dev.faultline.offheap.memory.IntWord;
import dev.faultline.offheap.memory.LongWords;
import dev.faultline.offheap.queue.AlfQueue.Mode;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

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

        MortalSide(IntWord head, IntWord tail, IntWord oppositeTail, int ahead, boolean many) {
            super(head, tail, oppositeTail, ahead, many);
        }

        @Override
        void handOver(long claim) {
            if (DYING.get()) {
                throw new Death();
            }
            super.handOver(claim);
        }
    }

    /** A ring in which dying threads end before they have written. */
    private static final class MortalRing extends Ring {

        MortalRing(LongWords slots) {
            super(slots);
        }

        @Override
        void put(int index, long element) {
            if (DYING.get()) {
                throw new Death();
            }
            super.put(index, element);
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

    private static AlfQueue queue(Scenario scenario, Mode mode) {
        return TestQueues.posted(MortalSide::new).make(scenario, 4, mode, 0).queue();
    }

    @Test
    void producers_that_claim_after_a_dead_one_wait_for_it() {
        Interleavings all = Interleavings.of(scenario -> {
            AlfQueue queue = queue(scenario, Mode.MPMC);
            scenario.thread("dies", () -> die(() -> queue.offer(1)));
            scenario.thread("P", () -> queue.offer(2));
        });
        assertThatThrownBy(all::explore).isInstanceOf(AssertionError.class).hasMessageContaining(STUCK);
    }

    @Test
    void the_relaxed_calls_wait_for_a_dead_producer_too() {
        Interleavings all = Interleavings.of(scenario -> {
            AlfQueue queue = queue(scenario, Mode.MPMC);
            scenario.thread("dies", () -> die(() -> queue.relaxedOffer(1)));
            scenario.thread("P", () -> queue.relaxedOffer(2));
        });
        assertThatThrownBy(all::explore).isInstanceOf(AssertionError.class).hasMessageContaining(STUCK);
    }

    @Test
    void consumers_that_claim_after_a_dead_one_wait_for_it() {
        Interleavings all = Interleavings.of(scenario -> {
            AlfQueue queue = queue(scenario, Mode.MPMC);
            queue.offer(1);
            queue.offer(2);
            scenario.thread("dies", () -> die(() -> queue.poll(EMPTY)));
            scenario.thread("C", () -> queue.poll(EMPTY));
        });
        assertThatThrownBy(all::explore).isInstanceOf(AssertionError.class).hasMessageContaining(STUCK);
    }

    @Test
    void consumers_find_nothing_behind_a_dead_producer_and_do_not_wait() {
        Interleavings.of(scenario -> {
                    AlfQueue queue = queue(scenario, Mode.MPMC);
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

    @Test
    void producers_find_the_queue_full_behind_a_dead_consumer_and_do_not_wait() {
        Interleavings.of(scenario -> {
                    AlfQueue queue = queue(scenario, Mode.MPMC);
                    for (int i = 1; i <= 4; i++) {
                        queue.offer(i);
                    }
                    scenario.thread("dies", () -> die(() -> queue.poll(EMPTY)));
                    scenario.thread("P", () -> assertThat(queue.offer(5)).isFalse());
                })
                .explore();
    }

    @Test
    void what_was_put_before_a_dead_producer_can_be_taken() {
        Interleavings.of(scenario -> {
                    AlfQueue queue = queue(scenario, Mode.MPMC);
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
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread waiting = new Thread(() -> queue.offer(2));
        waiting.setUncaughtExceptionHandler((thread, why) -> thrown.set(why));
        waiting.start();
        waiting.join(100);
        assertThat(waiting.isAlive()).isTrue();
        queue.close();
        waiting.join(20_000);
        assertThat(thrown.get()).isInstanceOf(IllegalStateException.class).hasMessageContaining("closed");
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
}
