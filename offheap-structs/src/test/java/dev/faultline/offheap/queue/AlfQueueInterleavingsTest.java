package dev.faultline.offheap.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.offheap.interleave.Interleavings;
import dev.faultline.offheap.memory.IntWord;
import dev.faultline.offheap.queue.AlfQueue.Mode;
import dev.faultline.offheap.queue.TestQueues.SideMaker;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Small queues in every order of their steps. */
@Tag("slow")
class AlfQueueInterleavingsTest {

    private static final long EMPTY = -1;

    /** The number of elements of each thread's calls; 0 means one element, by the call for a single element. */
    private record Crowd(Mode mode, int capacity, int passed, int[][] producers, int[][] consumers, boolean relaxed) {

        Crowd(Mode mode, int capacity, int passed, int[][] producers, int[][] consumers) {
            this(mode, capacity, passed, producers, consumers, false);
        }
    }

    private static Interleavings of(Crowd crowd, SideMaker side) {
        return Interleavings.of(scenario -> {
            TestQueues.Stepped stepped =
                    TestQueues.stepped(scenario, crowd.capacity(), crowd.mode(), crowd.passed(), side);
            AlfQueue queue = stepped.queue();
            long[] put = new long[crowd.producers().length];
            List<List<Long>> taken = new ArrayList<>();
            for (int i = 0; i < put.length; i++) {
                int producer = i;
                scenario.thread("P" + i, () -> {
                    for (int bulk : crowd.producers()[producer]) {
                        put[producer] += put(queue, producer, put[producer], bulk, crowd.relaxed());
                    }
                });
            }
            for (int[] calls : crowd.consumers()) {
                List<Long> mine = new ArrayList<>();
                taken.add(mine);
                scenario.thread("C" + (taken.size() - 1), () -> {
                    for (int bulk : calls) {
                        take(queue, mine, bulk, crowd.relaxed());
                    }
                });
            }
            scenario.afterEachStep(() -> expectWithinCapacity(stepped, crowd.capacity()));
            scenario.atEnd(() -> expectEachOnceAndInOrder(queue, put, taken));
        });
    }

    /** Never 0, which is the value of a slot before it is filled. */
    private static long element(int producer, long serial) {
        return (producer + 1) * 100L + serial;
    }

    private static long put(AlfQueue queue, int producer, long serial, int bulk, boolean relaxed) {
        long first = element(producer, serial);
        if (bulk == 0) {
            return (relaxed ? queue.relaxedOffer(first) : queue.offer(first)) ? 1 : 0;
        }
        long[] some = new long[bulk];
        for (int i = 0; i < bulk; i++) {
            some[i] = first + i;
        }
        return relaxed ? queue.relaxedEnqueue(some, 0, bulk) : queue.enqueue(some, 0, bulk);
    }

    private static void take(AlfQueue queue, List<Long> mine, int bulk, boolean relaxed) {
        if (bulk == 0) {
            long one = relaxed ? queue.relaxedPoll(EMPTY) : queue.poll(EMPTY);
            if (one != EMPTY) {
                mine.add(one);
            }
            return;
        }
        long[] some = new long[bulk];
        int count = relaxed ? queue.relaxedDequeue(some, 0, bulk) : queue.dequeue(some, 0, bulk);
        for (int i = 0; i < count; i++) {
            mine.add(some[i]);
        }
    }

    /** At every moment between emptying and filling, no more slots are claimed than there are. */
    private static void expectWithinCapacity(TestQueues.Stepped words, int capacity) {
        IntWord[] indices = {words.takeTail(), words.takeHead(), words.putTail(), words.putHead()};
        for (int i = 1; i < indices.length; i++) {
            assertThat(indices[i].get() - indices[i - 1].get()).isNotNegative();
        }
        assertThat(words.putHead().get() - words.takeTail().get()).isLessThanOrEqualTo(capacity);
    }

    private static void expectEachOnceAndInOrder(AlfQueue queue, long[] put, List<List<Long>> taken) {
        List<Long> left = new ArrayList<>();
        long[] some = new long[queue.capacity() + 1];
        int count = queue.relaxedDequeue(some, 0, some.length); // on a broken queue the strict call would never return
        for (int i = 0; i < count; i++) {
            left.add(some[i]);
        }
        List<Long> all = new ArrayList<>(left);
        for (List<Long> one : taken) {
            expectInOrder(one);
            all.addAll(one);
        }
        if (taken.size() == 1) {
            List<Long> order = new ArrayList<>(taken.get(0));
            order.addAll(left);
            expectInOrder(order);
        }
        List<Long> expected = new ArrayList<>();
        for (int producer = 0; producer < put.length; producer++) {
            for (long serial = 0; serial < put[producer]; serial++) {
                expected.add(element(producer, serial));
            }
        }
        assertThat(all).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(queue.size()).isZero();
    }

    private static void expectInOrder(List<Long> elements) {
        Map<Long, Long> last = new HashMap<>();
        for (long element : elements) {
            Long before = last.put(element / 100, element);
            assertThat(before == null || before < element)
                    .as("%s in order", elements)
                    .isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, -2})
    void one_producer_and_one_consumer(int passed) {
        Crowd crowd = new Crowd(Mode.SPSC, 2, passed, new int[][] {{0, 2, 1, 1, 2}}, new int[][] {{1, 0, 2, 2, 1}});

        assertThat(of(crowd, RingSide::new).reduced().explore()).isGreaterThan(100);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, -2})
    void many_producers_and_one_consumer(int passed) {
        Crowd three = new Crowd(Mode.MPSC, 2, passed, new int[][] {{0}, {0}, {2}}, new int[][] {{2, 1}});

        assertThat(waiting(of(three, RingSide::new)).explore()).isGreaterThan(500);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, -2})
    void one_producer_and_many_consumers(int passed) {
        Crowd three = new Crowd(Mode.SPMC, 2, passed, new int[][] {{2, 1}}, new int[][] {{0}, {0}, {2}});

        assertThat(waiting(of(three, RingSide::new)).explore()).isGreaterThan(500);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1})
    void many_of_both(int passed) {
        Crowd four = new Crowd(Mode.MPMC, 2, passed, new int[][] {{2}, {0, 0}}, new int[][] {{0, 1}, {0}}, true);

        assertThat(waiting(of(four, RingSide::new)).explore()).isGreaterThan(1000);
    }

    @Test
    void nothing_is_hidden_by_trying_steps_that_do_not_meet_in_one_order_only() {
        Crowd across = new Crowd(Mode.MPMC, 2, -1, new int[][] {{0, 1}}, new int[][] {{2}});
        Crowd beside = new Crowd(Mode.MPSC, 1, -1, new int[][] {{0}, {1}}, new int[][] {});

        assertThat(of(across, RingSide::new).explore()).isGreaterThan(1000);
        assertThat(of(beside, RingSide::new).explore()).isGreaterThan(100);
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
        assertThatThrownBy(() -> waiting(of(crowd, worse)).explore()).isInstanceOf(AssertionError.class);
        if (crowd.mode() != Mode.SPSC) {
            waiting(of(crowd, RingSide::new)).explore(); // the correct queue passes with the same threads
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
            AlfQueue queue = TestQueues.stepped(scenario, 1, Mode.MPMC, -1, RingSide::new)
                    .queue();
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

        TailFirst(IntWord head, IntWord tail, IntWord oppositeTail, int ahead, boolean many) {
            super(head, tail, oppositeTail, ahead, many);
        }

        @Override
        long claimFromMany(int most, boolean exactly) {
            while (true) {
                int until = ahead + oppositeTail.getVolatile();
                int first = head.getVolatile();
                int slots = grant(most, until - first, exactly);
                if (slots == 0 || head.compareAndSet(first, first + slots)) {
                    return claim(first, slots);
                }
            }
        }
    }

    private static class Overtaking extends RingSide {

        Overtaking(IntWord head, IntWord tail, IntWord oppositeTail, int ahead, boolean many) {
            super(head, tail, oppositeTail, ahead, many);
        }

        @Override
        void handOver(long claim) {
            tail.setOrdered(first(claim) + slots(claim));
        }
    }
}
