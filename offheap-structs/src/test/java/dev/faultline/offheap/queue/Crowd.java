package dev.faultline.offheap.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.offheap.interleave.Interleavings;
import dev.faultline.offheap.memory.IntWord;
import dev.faultline.offheap.queue.AlfQueue.Mode;
import dev.faultline.offheap.queue.TestQueues.SteppedMaker;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Threads that use a small queue: the number of elements of each thread's calls. 0 means one element, by the call for a
 * single element.
 */
record Crowd(Mode mode, int capacity, int passed, int[][] producers, int[][] consumers, boolean relaxed) {

    private static final long EMPTY = -1;

    Crowd(Mode mode, int capacity, int passed, int[][] producers, int[][] consumers) {
        this(mode, capacity, passed, producers, consumers, false);
    }

    /** {@return all orders of the calls on a queue; each checks that every element comes out once and in order} */
    Interleavings on(SteppedMaker maker) {
        return Interleavings.of(scenario -> {
            TestQueues.Stepped stepped = maker.make(scenario, capacity, mode, passed);
            AlfQueue queue = stepped.queue();
            long[] put = new long[producers.length];
            List<List<Long>> taken = new ArrayList<>();
            for (int i = 0; i < put.length; i++) {
                int producer = i;
                scenario.thread("P" + i, () -> {
                    for (int bulk : producers[producer]) {
                        put[producer] += put(queue, producer, put[producer], bulk, relaxed);
                    }
                });
            }
            for (int[] calls : consumers) {
                List<Long> mine = new ArrayList<>();
                taken.add(mine);
                scenario.thread("C" + (taken.size() - 1), () -> {
                    for (int bulk : calls) {
                        take(queue, mine, bulk, relaxed);
                    }
                });
            }
            scenario.afterEachStep(() -> expectWithinCapacity(stepped));
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

    /** At every moment no more slots are claimed than there are. */
    private void expectWithinCapacity(TestQueues.Stepped words) {
        IntWord[] indices = words.ascending();
        for (int i = 1; i < indices.length; i++) {
            assertThat(indices[i].get() - indices[i - 1].get()).isNotNegative();
        }
        assertThat(indices[indices.length - 1].get() - indices[0].get()).isLessThanOrEqualTo(capacity);
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
}
