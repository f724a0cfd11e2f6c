package dev.faultline.bench.contestants.queue;

import dev.faultline.bench.harness.CounterSource;

/** A queue. */
public interface QueueContestant extends AutoCloseable {

    /**
     * Makes the queue.
     *
     * @param capacity how many elements it holds, a power of two
     */
    void open(int capacity);

    /**
     * Makes what a thread uses; called once, by that thread.
     *
     * @param mostAtOnce the largest bulk it will handle
     * @return the port
     */
    Port port(int mostAtOnce);

    @Override
    default void close() {}

    /** What one thread does. Elements are made beforehand, so that making them is not measured. */
    interface Port extends CounterSource {
        /** {@return whether an element was enqueued} */
        boolean offer();

        /** {@return whether an element was dequeued} */
        boolean poll();

        /** {@return how many of {@code count} elements were enqueued, in one operation where the queue has one} */
        int fill(int count);

        /** {@return how many of {@code count} elements were dequeued, in one operation where the queue has one} */
        int drain(int count);
    }
}
