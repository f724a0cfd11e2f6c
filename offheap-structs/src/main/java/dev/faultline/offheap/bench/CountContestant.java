package dev.faultline.offheap.bench;

/** A reference count that competes. It holds one reference of its own, so that no put of a user is the last. */
public interface CountContestant extends AutoCloseable {

    /**
     * Makes the count.
     *
     * @param threads how many will use it
     */
    void open(int threads);

    /**
     * A user of the count; called by the thread that will use it, once.
     *
     * @param thread its number, from 0
     * @return what it does
     */
    User user(int thread);

    @Override
    default void close() {}

    /** One thread's side. What it writes beside the count is {@link Apart} from other threads'. */
    interface User extends Counted {
        /** {@return whether a reference was got} */
        boolean get();

        /** Puts a reference that was got. */
        void put();
    }
}
