package dev.faultline.offheap.refcount;

import dev.faultline.offheap.memory.IntWord;

/**
 * The reference count that {@link Rcuref} replaced: a get must not revive what has none, so it looks, and tries to set one more until
 * nobody came between. With n threads at it, each get is tried about n times. A put is one atomic subtraction.
 *
 * <p>Who gets without having a reference must know that the memory still holds a count, by grace periods or because such objects are
 * never given back.
 */
public final class CasCount {

    /** How often gets of one thread were tried again. Stands alone on its cache lines. For one thread at a time. */
    public static final class Retries {

        private static final int MIDDLE = 16; // 128 bytes on either side belong to nobody

        private final long[] slots = new long[2 * MIDDLE + 1];

        /** None so far. */
        public Retries() {}

        /** {@return how often} */
        public long count() {
            return slots[MIDDLE];
        }

        /** Counts from 0 again. */
        public void reset() {
            slots[MIDDLE] = 0;
        }

        private void add(int retries) {
            slots[MIDDLE] += retries;
        }
    }

    private final IntWord word;

    /**
     * Counts in a word, which is left as it is; 0 is a count without references. That no other count is in the same
     * word is for
     * the caller to see to.
     */
    public CasCount(IntWord word) {
        this.word = word;
    }

    /**
     * Sets the count. For an object that nobody else can reach.
     *
     * @param references how many, at least 1
     */
    public void init(int references) {
        if (references < 1) {
            throw new IllegalArgumentException("references=" + references + ", expected at least 1");
        }
        word.setOrdered(references);
    }

    /** {@return how many references there are} */
    public int read() {
        return Math.max(0, word.getVolatile());
    }

    /**
     * Takes a reference.
     *
     * @param retries is told how often it was tried again
     * @return whether it has; else there was none left
     * @throws IllegalStateException when there are 2^31 - 1 already
     */
    public boolean get(Retries retries) {
        int failed = 0;
        int seen = word.getVolatile();
        while (seen + 1 > 1 && !word.compareAndSet(seen, seen + 1)) { // neither none left nor one too many
            failed++;
            seen = word.getVolatile();
        }
        if (failed > 0) {
            retries.add(failed);
        }
        if (seen == Integer.MAX_VALUE) {
            throw new IllegalStateException("there are " + seen + " references already");
        }
        return seen > 0;
    }

    /**
     * Gives a reference back.
     *
     * @return whether it was the last one
     * @throws IllegalStateException when there was none; the count stays without
     */
    public boolean put() {
        int left = word.getAndAdd(-1) - 1;
        if (left < 0) {
            throw new IllegalStateException("put without a reference");
        }
        return left == 0;
    }
}
