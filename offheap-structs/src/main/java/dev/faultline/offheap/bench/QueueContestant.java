package dev.faultline.offheap.bench;

/** A queue that competes. */
public interface QueueContestant extends AutoCloseable {

    /**
     * Makes the queue.
     *
     * @param capacity elements it holds, a power of two
     */
    void open(int capacity);

    /**
     * A thread's side of the queue; called by the thread that will use it, once.
     *
     * @param mostAtOnce the largest bulk it will handle
     * @return what it does
     */
    Port port(int mostAtOnce);

    @Override
    default void close() {}

    /** One thread's side. What it enqueues was made beforehand, so that no queue is charged with making it. */
    interface Port extends Counted {
        /** {@return whether an element went in} */
        boolean offer();

        /** {@return whether an element came out} */
        boolean poll();

        /** {@return how many of so many elements went in, as one operation where the queue has one} */
        int fill(int count);

        /** {@return how many of so many elements came out, as one operation where the queue has one} */
        int drain(int count);
    }
}
