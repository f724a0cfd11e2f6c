package dev.faultline.offheap.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.offheap.interleave.StressTime;
import dev.faultline.offheap.queue.AlfQueue.Mode;
import dev.faultline.offheap.queue.TestQueues.Kind;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Threads use a queue: every element comes out once, and each producer's elements in order. */
@Tag("slow")
class AlfQueueStressTest {

    private static final long NONE = -1;
    private static final int MANY = 3;
    private static final int MOST_SERIAL = 1 << 24;

    /** What one consumer took, by producer. */
    private static final class Taken {

        private final BitSet[] serials;
        private final int[] last;

        Taken(int producers) {
            serials = new BitSet[producers];
            last = new int[producers];
            for (int i = 0; i < producers; i++) {
                serials[i] = new BitSet();
                last[i] = -1;
            }
        }

        void add(long element) {
            int producer = (int) (element >>> 32);
            int serial = (int) element;
            if (serial <= last[producer]) {
                throw new AssertionError("producer " + producer + ": " + serial + " after " + last[producer]);
            }
            last[producer] = serial;
            serials[producer].set(serial);
        }
    }

    static Stream<Kind> kinds() {
        return TestQueues.kinds()
                .filter(kind -> StressTime.isChosen(kind.variant().name()));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    @Timeout(600) // long for a stress run on a busy machine
    void every_element_comes_out_once_and_in_order_while_indices_pass_2_to_the_32(Kind kind) throws Exception {
        SplittableRandom random = new SplittableRandom(StressTime.seed("AlfQueueStressTest " + kind));
        int[] capacities = {2, 16, 1024};
        for (int capacity : capacities) {
            long until = System.nanoTime() + StressTime.nanos((int) kinds().count()) / capacities.length;
            do {
                try (AlfQueue queue = kind.queue(capacity, -20_000 - random.nextInt(1000))) {
                    int producers = kind.mode().manyProducers() ? MANY : 1;
                    int consumers = kind.mode().manyConsumers() ? MANY : 1;
                    run(queue, producers, consumers, random, until);
                }
            } while (System.nanoTime() < until);
        }
    }

    private static void run(AlfQueue queue, int producers, int consumers, SplittableRandom random, long until)
            throws Exception {
        AtomicInteger atWork = new AtomicInteger(producers);
        List<Callable<Integer>> putting = new ArrayList<>();
        List<Callable<Taken>> taking = new ArrayList<>();
        for (int producer = 0; producer < producers; producer++) {
            long first = (long) producer << 32;
            SplittableRandom mine = random.split();
            putting.add(() -> {
                try {
                    return put(queue, first, mine, until);
                } finally {
                    atWork.decrementAndGet();
                }
            });
        }
        for (int consumer = 0; consumer < consumers; consumer++) {
            SplittableRandom mine = random.split();
            taking.add(() -> take(queue, producers, mine, atWork));
        }
        ExecutorService pool = Executors.newFixedThreadPool(producers + consumers);
        try {
            List<Future<Taken>> taken = taking.stream().map(pool::submit).toList();
            List<Future<Integer>> put = putting.stream().map(pool::submit).toList();
            expectEachOnce(put, taken);
        } finally {
            pool.shutdownNow();
            assertThat(pool.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(queue.size()).isZero();
    }

    /** {@return how many elements were put: at least enough for the indices to wrap around} */
    private static int put(AlfQueue queue, long first, SplittableRandom random, long until) {
        int mostBulk = Math.min(queue.capacity(), 16);
        long[] bulk = new long[mostBulk];
        int serial = 0;
        while (serial < 22_000 || serial < MOST_SERIAL && System.nanoTime() < until) {
            int count = random.nextInt(mostBulk + 1);
            boolean done;
            if (count == 0) {
                count = 1;
                done = queue.offer(first + serial);
            } else {
                for (int i = 0; i < count; i++) {
                    bulk[i] = first + serial + i;
                }
                done = queue.enqueue(bulk, 0, count) == count;
            }
            if (done) {
                serial += count;
            } else {
                pause();
            }
        }
        return serial;
    }

    private static Taken take(AlfQueue queue, int producers, SplittableRandom random, AtomicInteger atWork) {
        Taken taken = new Taken(producers);
        long[] bulk = new long[16];
        while (true) {
            boolean last = atWork.get() == 0; // read before polling, so that elements put later are polled again
            int most = random.nextInt(bulk.length + 1);
            int count;
            if (most == 0) {
                bulk[0] = queue.poll(NONE);
                count = bulk[0] == NONE ? 0 : 1;
            } else {
                count = queue.dequeue(bulk, 0, most);
            }
            for (int i = 0; i < count; i++) {
                taken.add(bulk[i]);
            }
            if (count == 0) {
                if (last) {
                    return taken;
                }
                pause();
            }
        }
    }

    private static void pause() {
        if (Thread.currentThread().isInterrupted()) {
            throw new IllegalStateException("another thread failed");
        }
        Thread.yield();
    }

    private static void expectEachOnce(List<Future<Integer>> put, List<Future<Taken>> taken)
            throws InterruptedException, ExecutionException {
        List<Taken> all = new ArrayList<>();
        for (Future<Taken> one : taken) {
            all.add(one.get());
        }
        for (int producer = 0; producer < put.size(); producer++) {
            BitSet union = new BitSet();
            int count = 0;
            for (Taken one : all) {
                union.or(one.serials[producer]);
                count += one.serials[producer].cardinality();
            }
            int expected = put.get(producer).get();
            assertThat(count).as("elements of producer " + producer).isEqualTo(expected);
            assertThat(union.nextClearBit(0))
                    .as("first missing of producer " + producer)
                    .isEqualTo(expected);
        }
    }

    @Test
    @Timeout(60)
    void three_producers_of_bulks_of_8_and_one_consumer_find_serial_numbers_consecutive() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(3);
        try (AlfQueue queue = AlfQueue.create(2048, Mode.MPSC)) {
            List<Future<?>> done = new ArrayList<>();
            for (long producer = 0; producer < 3; producer++) {
                long first = producer << 32;
                done.add(pool.submit(() -> putBulksOf8(queue, first)));
            }
            long[] next = new long[3];
            long[] bulk = new long[8];
            for (int taken = 0; taken < 3 * 1000; ) {
                int count = queue.dequeue(bulk, 0, 8);
                taken += count;
                for (int i = 0; i < count; i++) {
                    int producer = (int) (bulk[i] >>> 32);
                    assertThat(bulk[i] & 0xffff_ffffL).isEqualTo(next[producer]++);
                }
                if (count == 0) {
                    Thread.yield();
                }
            }
            for (Future<?> one : done) {
                one.get();
            }
            assertThat(next).containsOnly(1000);
            assertThat(queue.size()).isZero();
        } finally {
            pool.shutdownNow();
        }
    }

    private static void putBulksOf8(AlfQueue queue, long first) {
        long[] bulk = new long[8];
        for (int serial = 0; serial < 1000; ) {
            for (int i = 0; i < 8; i++) {
                bulk[i] = first + serial + i;
            }
            int count = queue.enqueue(bulk, 0, 8);
            serial += count;
            if (count == 0) {
                Thread.yield();
            }
        }
    }
}
