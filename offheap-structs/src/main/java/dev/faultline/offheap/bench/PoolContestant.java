package dev.faultline.offheap.bench;

/** A pool that competes. Records live in slots: which thread takes or frees one may change, and the loop says when. */
public interface PoolContestant extends AutoCloseable {

    /**
     * Makes the pool.
     *
     * @param threads how many will use it
     * @param slots how many records are out at most
     */
    void open(int threads, int slots);

    /**
     * A user of the pool; called by the thread that will use it, once.
     *
     * @param thread its number, from 0
     * @return what it does
     */
    User user(int thread);

    @Override
    default void close() {}

    /** One thread's side. */
    interface User extends Counted {
        /** Allocates a record, writes to its first bytes, and leaves it in the empty slot. */
        void take(int slot);

        /** Reads the first bytes of the record in the slot and frees it. */
        void free(int slot);
    }
}
