package dev.faultline.offheap.refcount;

import dev.faultline.offheap.memory.LongWord;

/**
 * The shared word of a {@link PercpuRef}. It holds the number of references. While the stripes count too, a bias of
 * 2^63 is added, so that the word cannot become zero before the stripes' sum is known.
 */
final class BiasedCount {

    static final long BIAS = 1L << 63;

    private static final long LEAST_UNBIASED = -(1L << 62);

    private final LongWord word;
    private final Runnable release;

    BiasedCount(LongWord word, Runnable release) {
        this.word = word;
        this.release = release;
    }

    long value() {
        return word.getVolatile();
    }

    void set(long value) {
        word.set(value);
    }

    /** Adds without looking at the result; for callers that know the count cannot become zero by it. */
    void add(long references) {
        word.getAndAdd(references);
    }

    void get(long references) {
        if (isZeroOrBelow(word.getAndAdd(references))) {
            word.getAndAdd(-references);
            throw new IllegalStateException("the count is zero; its object may be freed already. Use tryGet");
        }
    }

    boolean tryGet() {
        long seen = word.getVolatile();
        while (!isZeroOrBelow(seen)) {
            if (word.compareAndSet(seen, seen + 1)) {
                return true;
            }
            seen = word.getVolatile();
        }
        return false;
    }

    /** Subtracts references, and runs {@code release} if none is left. */
    void put(long references) {
        long left = word.getAndAdd(-references) - references;
        if (left == 0) {
            release.run();
        } else if (isZeroOrBelow(left)) {
            word.getAndAdd(references); // the object then leaks, which does less harm than freeing it twice
            throw new IllegalStateException("more references were put than got");
        }
    }

    /** Below zero means that too many references were put; a biased count is far below that range. */
    private static boolean isZeroOrBelow(long value) {
        return value <= 0 && value > LEAST_UNBIASED;
    }
}
