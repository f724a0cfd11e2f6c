package dev.faultline.offheap.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.offheap.interleave.StressTime;
import dev.faultline.offheap.memory.Window;
import dev.faultline.offheap.queue.AlfQueue.Mode;
import dev.faultline.offheap.queue.TestQueues.Kind;
import dev.faultline.offheap.queue.TestQueues.RingMaker;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An {@code AlfQueue} and an ordinary queue do the same things and must give the same results. */
class AlfQueueModelTest {

    private static final int STEPS = 3_000;
    private static final long EMPTY = -1;

    private static final long SEED = StressTime.seed("AlfQueueModelTest");

    @ParameterizedTest
    @MethodSource(TestQueues.KINDS)
    void a_queue_agrees_with_a_plain_one_at_any_size_and_across_2_to_the_32(Kind kind) {
        for (int capacity : new int[] {1, 2, 4, 16, 64, 512}) {
            if (capacity < kind.leastCapacity()) {
                continue;
            }
            for (int passed : new int[] {0, -1, -3, -capacity, -STEPS, Integer.MAX_VALUE - 5}) {
                try (AlfQueue queue = kind.queue(capacity, passed)) {
                    agree(queue, capacity + " " + passed);
                }
            }
        }
    }

    private void agree(AlfQueue queue, String which) {
        SplittableRandom random = new SplittableRandom(SEED);
        Deque<Long> model = new ArrayDeque<>();
        int capacity = queue.capacity();
        long serial = 0;
        for (int step = 0; step < STEPS; step++) {
            String where = which + ", step " + step + ", seed " + SEED;
            int bulk = random.nextInt(Math.min(capacity, 20) + 3);
            switch (random.nextInt(5)) {
                case 0 -> {
                    boolean room = model.size() < capacity;
                    assertThat(queue.offer(serial)).as(where).isEqualTo(room);
                    if (room) {
                        model.add(serial++);
                    }
                }
                case 1 -> {
                    long wanted = model.isEmpty() ? EMPTY : model.remove();
                    assertThat(queue.poll(EMPTY)).as(where).isEqualTo(wanted);
                }
                case 2 -> {
                    long[] some =
                            LongStream.range(serial - 2, serial + bulk + 3).toArray();
                    int wanted = bulk <= capacity - model.size() ? bulk : 0;
                    assertThat(queue.enqueue(some, 2, bulk)).as(where).isEqualTo(wanted);
                    for (int i = 0; i < wanted; i++) {
                        model.add(serial++);
                    }
                }
                case 3 -> {
                    long[] some = new long[bulk + 3];
                    Arrays.fill(some, -7);
                    long[] wanted = some.clone();
                    int there = Math.min(bulk, model.size());
                    for (int i = 0; i < there; i++) {
                        wanted[i + 1] = model.remove();
                    }
                    assertThat(queue.dequeue(some, 1, bulk)).as(where).isEqualTo(there);
                    assertThat(some).as(where).isEqualTo(wanted);
                }
                default -> assertThat(queue.size()).as(where).isEqualTo(model.size());
            }
        }
    }

    @Test
    void copying_that_is_off_by_one_at_the_end_of_the_ring_is_caught() {
        expectCaught(OffByOnePutting::new);
        expectCaught(OffByOne::new);
    }

    @Test
    void copying_nothing_where_the_block_ends_with_the_ring_is_caught() {
        expectCaught(NothingAtTheEnd::new);
    }

    private void expectCaught(RingMaker worse) {
        try (AlfQueue queue = TestQueues.offHeap(16, Mode.SPSC, 0, worse)) {
            assertThatThrownBy(() -> agree(queue, "worse"))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("seed " + SEED);
        }
        try (AlfQueue queue = TestQueues.offHeap(16, Mode.SPSC, 0, Ring::new)) {
            agree(queue, "as it is, put together in the same way");
        }
    }

    /**
     * Upstream's simple loop: it notices the end of the ring too late, writes one element past it and leaves out slot
     * 0.
     */
    private static class OffByOnePutting extends Ring {

        long afterTheEnd;

        OffByOnePutting(long start, int capacity) {
            super(start, capacity);
        }

        @Override
        void putAll(Window window, long base, int index, long[] from, int offset, int count) {
            int slot = index & mask;
            for (int i = 0; i < count; i++, slot++) {
                if (slot == mask + 1) {
                    afterTheEnd = from[offset + i];
                    slot = 0;
                } else {
                    put(window, base, slot, from[offset + i]);
                }
            }
        }
    }

    /** The same error on both ways: bulks agree with each other, and differ only from single elements. */
    private static final class OffByOne extends OffByOnePutting {

        OffByOne(long start, int capacity) {
            super(start, capacity);
        }

        @Override
        void takeAll(Window window, long base, int index, long[] to, int offset, int count) {
            int slot = index & mask;
            for (int i = 0; i < count; i++, slot++) {
                if (slot == mask + 1) {
                    to[offset + i] = afterTheEnd;
                    slot = 0;
                } else {
                    to[offset + i] = take(window, base, slot);
                }
            }
        }
    }

    /**
     * Upstream's block copy: neither the case before the end of the ring nor the case across it covers a bulk that ends
     * at it.
     */
    private static final class NothingAtTheEnd extends Ring {

        NothingAtTheEnd(long start, int capacity) {
            super(start, capacity);
        }

        @Override
        void putAll(Window window, long base, int index, long[] from, int offset, int count) {
            if ((index & mask) + count != mask + 1) {
                super.putAll(window, base, index, from, offset, count);
            }
        }
    }
}
