package dev.faultline.offheap.refcount;

import dev.faultline.api.Internal;
import dev.faultline.offheap.memory.IntWord;

/**
 * The reference count that {@link Rcuref} replaced. A get must not revive an object without references, so it reads the
 * count and increments it by a compare-and-set, repeated until no other thread has changed the count in between. With n
 * threads at it, a get needs about n attempts. A put is one atomic subtraction.
 *
 * <p>A thread that gets without having a reference must know that the memory still holds this count, through grace
 * periods or because such objects are never freed. Thread-safe.
 */
@Internal
public final class CasCount {

    /** Counts the repeated compare-and-sets of one thread, on cache lines of its own. Not thread-safe. */
    public static final class Retries {

        private static final int MIDDLE = 16; // 128 unused bytes on either side

        private final long[] slots = new long[2 * MIDDLE + 1];

        public Retries() {}

        /** {@return how many were repeated} */
        public long count() {
            return slots[MIDDLE];
        }

        /** Resets the number to 0. */
        public void reset() {
            slots[MIDDLE] = 0;
        }

        private void add(int retries) {
            slots[MIDDLE] += retries;
        }
    }

    private final IntWord word;

    /**
     * Counts in a given word, whose value is kept; 0 means no reference. The caller must make sure that no other count
     * uses the same word.
     *
     * @param word the word that holds the count
     */
    public CasCount(IntWord word) {
        this.word = word;
    }

    /**
     * Sets the count, before any other thread can reach the object.
     *
     * @param references number of references, at least 1
     * @throws IllegalArgumentException when {@code references} is less than 1
     */
    public void init(int references) {
        if (references < 1) {
            throw new IllegalArgumentException("references=" + references + ", expected at least 1");
        }
        word.setOrdered(references);
    }

    /** {@return the number of references, as a volatile read} */
    public int read() {
        return Math.max(0, word.getVolatile());
    }

    /**
     * Takes a reference.
     *
     * @param retries the calling thread's counter of repeated attempts
     * @return whether it was taken; otherwise the count is zero
     * @throws IllegalStateException when there are 2^31 - 1 references already
     */
    public boolean get(Retries retries) {
        int failed = 0;
        int seen = word.getVolatile();
        while (seen + 1 > 1 && !word.compareAndSet(seen, seen + 1)) { // neither zero nor the maximum
            failed++;
            seen = word.getVolatile();
        }
        if (failed > 0) {
            retries.add(failed);
        }
        if (seen == Integer.MAX_VALUE) {
            throw new IllegalStateException("there are " + seen + " references already, the most that fit");
        }
        return seen > 0;
    }

    /**
     * Gives a reference back.
     *
     * @return whether it was the last one
     * @throws IllegalStateException when there was none; the count is then below zero, and read as 0
     */
    public boolean put() {
        int left = word.getAndAdd(-1) - 1;
        if (left < 0) {
            throw new IllegalStateException("put without a reference");
        }
        return left == 0;
    }
}
