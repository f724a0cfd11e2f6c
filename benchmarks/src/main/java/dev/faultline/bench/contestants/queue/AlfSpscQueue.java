package dev.faultline.bench.contestants.queue;

import dev.faultline.offheap.queue.AlfQueue;

/** {@link AlfQueue} for one producer and one consumer. */
public final class AlfSpscQueue implements QueueContestant {

    private AlfQueue queue;
    private int ports;

    @Override
    public void open(int capacity) {
        queue = AlfQueue.create(capacity, AlfQueue.Mode.SPSC);
    }

    @Override
    public synchronized Port port(int mostAtOnce) {
        if (++ports > 2) {
            throw new IllegalStateException("a queue for one producer and one consumer has no place for more threads");
        }
        return new AlfPort(queue, mostAtOnce);
    }

    @Override
    public void close() {
        queue.close();
    }
}
