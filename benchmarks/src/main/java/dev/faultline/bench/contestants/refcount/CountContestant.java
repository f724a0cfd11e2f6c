package dev.faultline.bench.contestants.refcount;

import dev.faultline.bench.harness.CounterSource;
import dev.faultline.bench.harness.PaddedHolder;

/** A reference count. It holds one reference of its own, so that no put of a user is the last. */
public interface CountContestant extends AutoCloseable {

    /**
     * Makes the count.
     *
     * @param threads how many threads will use it
     */
    void open(int threads);

    /**
     * Makes a user of the count; called once, by the thread that will use it.
     *
     * @param thread the number of the thread, from 0
     * @return the user
     */
    User user(int thread);

    @Override
    default void close() {}

    /** What one thread does. What it writes beside the count lies in a {@link PaddedHolder} or apart otherwise. */
    interface User extends CounterSource {
        /** {@return whether a reference was got} */
        boolean get();

        /** Puts a reference that was got. */
        void put();
    }
}
