package dev.faultline.offheap.pool;

/** Allocates objects of one size. */
public interface ObjectCache extends AutoCloseable {

    /** What one thread at a time allocates and frees with. Objects may be freed with another stripe's than allocated them. */
    interface Local {

        /** {@return the handle of an object whose bytes are whatever they were, or 0 when none is to be had} */
        long allocate();

        /**
         * Takes an object back.
         *
         * @param handle of an object that is out
         * @throws IllegalArgumentException when it is no handle of these objects
         * @throws IllegalStateException when the object is not out: it was freed already. Two threads that free the same
         *     object at the same time may both get away with it; then one of the next uses throws
         */
        void free(long handle);
    }

    /** {@return the memory of the objects} */
    Slots slots();

    /** {@return the stripes} */
    StripeNodes stripes();

    /**
     * {@return the context of a stripe, the same one each time}
     *
     * @param stripe from 0 to the number of stripes less one
     */
    Local local(int stripe);

    /** {@return how many free objects are kept in front of the pages; exact when nobody is inside} */
    int held();

    /** {@return what was counted on all stripes, with the locks taken on its behalf further down} */
    AllocatorStatistics counts();

    /**
     * Gives what it holds back to where it came from, and frees its own memory. Every use throws
     * {@link IllegalStateException} from then on. Nobody should be inside: a call that is under way ends or throws,
     * and objects
     * that it was moving may be lost to the cache below, or be in it twice; the VM does not crash. Closing again does
     * nothing.
     */
    @Override
    void close();
}
