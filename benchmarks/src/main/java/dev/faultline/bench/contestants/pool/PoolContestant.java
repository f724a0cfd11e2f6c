package dev.faultline.bench.contestants.pool;

import dev.faultline.bench.harness.CounterSource;

/** A pool of records. Each record lies in a slot; the benchmark decides which thread takes or frees it. */
public interface PoolContestant extends AutoCloseable {

    /**
     * Makes the pool.
     *
     * @param threads how many threads will use it
     * @param slots the largest number of records taken at a time
     */
    void open(int threads, int slots);

    /**
     * Makes a user of the pool; called once, by the thread that will use it.
     *
     * @param thread the number of the thread, from 0
     * @return the user
     */
    User user(int thread);

    @Override
    default void close() {}

    /** What one thread does. */
    interface User extends CounterSource {
        /** Allocates a record, writes its first bytes, and puts it into the slot, which is empty. */
        void take(int slot);

        /** Reads the first bytes of the record in the slot and frees it. */
        void free(int slot);
    }
}
