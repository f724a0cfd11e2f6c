package libraries;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.jctools.queues.MpmcArrayQueue;
import org.jctools.queues.MpscArrayQueue;
import org.jctools.queues.SpmcArrayQueue;
import org.jctools.queues.SpscArrayQueue;
import org.jctools.queues.atomic.MpmcAtomicArrayQueue;
import org.jctools.queues.atomic.MpscAtomicArrayQueue;
import org.jctools.queues.atomic.SpmcAtomicArrayQueue;
import org.jctools.queues.atomic.SpscAtomicArrayQueue;
import org.jctools.queues.atomic.unpadded.MpmcAtomicUnpaddedArrayQueue;
import org.jctools.queues.atomic.unpadded.MpscAtomicUnpaddedArrayQueue;
import org.jctools.queues.atomic.unpadded.SpmcAtomicUnpaddedArrayQueue;
import org.jctools.queues.atomic.unpadded.SpscAtomicUnpaddedArrayQueue;
import org.jctools.queues.unpadded.MpmcUnpaddedArrayQueue;
import org.jctools.queues.unpadded.MpscUnpaddedArrayQueue;
import org.jctools.queues.unpadded.SpmcUnpaddedArrayQueue;
import org.jctools.queues.unpadded.SpscUnpaddedArrayQueue;

/** Drives queues of JCTools: each is filled once, emptied once, and then both at the same time. */
final class Queues {

    private static final int CAPACITY = 1 << 10;
    private static final long NANOS_BETWEEN_TRIES = 200_000;

    private Queues() {}

    static void run() throws InterruptedException {
        for (Queue<Integer> queue : List.<Queue<Integer>>of(
                new SpscArrayQueue<>(CAPACITY),
                new SpscUnpaddedArrayQueue<>(CAPACITY),
                new SpscAtomicArrayQueue<>(CAPACITY),
                new SpscAtomicUnpaddedArrayQueue<>(CAPACITY))) {
            drive(queue, 1, 1);
        }
        for (Queue<Integer> queue : List.<Queue<Integer>>of(
                new MpscArrayQueue<>(CAPACITY),
                new MpscUnpaddedArrayQueue<>(CAPACITY),
                new MpscAtomicArrayQueue<>(CAPACITY),
                new MpscAtomicUnpaddedArrayQueue<>(CAPACITY))) {
            drive(queue, 2, 1);
        }
        for (Queue<Integer> queue : List.<Queue<Integer>>of(
                new SpmcArrayQueue<>(CAPACITY),
                new SpmcUnpaddedArrayQueue<>(CAPACITY),
                new SpmcAtomicArrayQueue<>(CAPACITY),
                new SpmcAtomicUnpaddedArrayQueue<>(CAPACITY))) {
            drive(queue, 1, 2);
        }
        for (Queue<Integer> queue : List.<Queue<Integer>>of(
                new MpmcArrayQueue<>(CAPACITY),
                new MpmcUnpaddedArrayQueue<>(CAPACITY),
                new MpmcAtomicArrayQueue<>(CAPACITY),
                new MpmcAtomicUnpaddedArrayQueue<>(CAPACITY))) {
            drive(queue, 2, 2);
        }
    }

    private static void drive(Queue<Integer> queue, int producers, int consumers) throws InterruptedException {
        CountDownLatch isFull = new CountDownLatch(1);
        CountDownLatch isEmpty = new CountDownLatch(1);
        Thread[] threads = new Thread[producers + consumers];
        for (int i = 0; i < producers; i++) {
            boolean isFirst = i == 0;
            threads[i] = Programs.thread("producer-" + i, () -> {
                if (isFirst) {
                    fill(queue);
                    isFull.countDown();
                }
                await(isEmpty);
                put(queue, Programs.ITEMS / producers);
            });
        }
        for (int i = 0; i < consumers; i++) {
            boolean isFirst = i == 0;
            threads[producers + i] = Programs.thread("consumer-" + i, () -> {
                if (isFirst) {
                    await(isFull);
                    empty(queue);
                    isEmpty.countDown();
                }
                await(isEmpty);
                take(queue, Programs.ITEMS / consumers);
            });
        }
        Programs.join(threads);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static void fill(Queue<Integer> queue) {
        int item = 0;
        while (queue.offer(item)) {
            item++;
        }
    }

    private static void empty(Queue<Integer> queue) {
        Integer item = queue.poll();
        while (item != null) {
            item = queue.poll();
        }
    }

    private static void put(Queue<Integer> queue, int items) {
        for (int i = 0; i < items; i++) {
            while (!queue.offer(i)) {
                LockSupport.parkNanos(NANOS_BETWEEN_TRIES);
            }
        }
    }

    private static void take(Queue<Integer> queue, int items) {
        for (int i = 0; i < items; i++) {
            while (queue.poll() == null) {
                LockSupport.parkNanos(NANOS_BETWEEN_TRIES);
            }
        }
    }
}
