package dev.faultline.offheap.queue;

import dev.faultline.offheap.jcstress.Recycled;
import dev.faultline.offheap.queue.AlfQueue.Mode;
import dev.faultline.offheap.queue.AlfQueue.Variant;

/** Queues for jcstress states. They are never closed, and each state continues with the indices of the one before. */
final class StressQueues {

    private static final int EMPTY = -1;

    private final Recycled<AlfQueue> queues;

    StressQueues(int capacity, Mode mode, Variant variant) {
        queues = new Recycled<>(number -> QueueFactory.create(capacity, mode, variant, -number));
    }

    /** {@return an empty queue with zeroes in its slots} */
    AlfQueue next() {
        AlfQueue queue = queues.next();
        drain(queue);
        while (queue.offer(0)) {}
        drain(queue);
        return queue;
    }

    private static void drain(AlfQueue queue) {
        while (queue.poll(EMPTY) != EMPTY) {}
    }
}
