package dev.faultline.offheap.pool;

/**
 * Allocates objects of one size in off-heap memory. Each thread uses the {@link Local} of a stripe of its own; all
 * other methods but {@link #close} may be called by any thread.
 */
public interface ObjectCache extends AutoCloseable {

    /**
     * The context of a stripe, for one thread at a time. Another stripe's context may free the objects allocated here.
     */
    interface Local {

        /**
         * {@return the handle of an object, or 0 if none is left; its bytes are not cleared}
         *
         * @throws IllegalStateException when the object to be returned is in two caches because two threads freed it
         *     at the same time, and was allocated through the other one; see {@link #free}
         */
        long allocate();

        /**
         * Frees an object.
         *
         * @param handle the handle of an allocated object
         * @throws IllegalArgumentException when it is not a handle of this cache
         * @throws IllegalStateException when the object is not allocated, because it was freed already. If two threads
         *     free the same object at the same time, both calls may succeed, and two caches then have it. Of the two
         *     calls that take it out of them, the later one throws: an allocation, or a free or {@link #close} that
         *     moves it. If these two are allocations at the same time, both may return the same handle; two owners
         *     then share the object without an exception, until the later one of them frees it
         */
        void free(long handle);
    }

    /** {@return the memory of the objects} */
    Slots slots();

    /** {@return the stripes and their nodes} */
    StripeNodes stripes();

    /**
     * The context of a stripe, the same one each time.
     *
     * @param stripe the index of the stripe, from 0
     * @return the context
     */
    Local local(int stripe);

    /** {@return the number of free objects kept in front of the pages; exact when no other thread uses the cache} */
    int held();

    /** {@return what was counted on all stripes, including the locks that lower layers took on their behalf} */
    AllocatorStatistics counts();

    /**
     * Gives the free objects back to where they came from and frees the cache's own memory; every later use throws
     * {@link IllegalStateException}. No thread should use the cache meanwhile: a call under way ends or throws, and
     * objects that it was moving may be lost to the cache below or be in it twice. The VM does not crash. Closing again
     * does nothing.
     */
    @Override
    void close();
}
