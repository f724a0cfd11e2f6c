package dev.faultline.bench.contestants.queue;

import dev.faultline.offheap.queue.AlfQueue;

/** {@link AlfQueue} for many producers and many consumers. */
public final class AlfMpmcQueue implements QueueContestant {

    private AlfQueue queue;

    @Override
    public void open(int capacity) {
        queue = AlfQueue.create(capacity, AlfQueue.Mode.MPMC);
    }

    @Override
    public Port port(int mostAtOnce) {
        return new AlfPort(queue, mostAtOnce);
    }

    @Override
    public void close() {
        queue.close();
    }
}
