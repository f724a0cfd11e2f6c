package dev.faultline.offheap.pool;

import dev.faultline.offheap.memory.IntWord;

/** A lock in a word off heap. Held for some dozen steps at most; who waits spins, and yields when that takes long. */
final class SpinLock {

    private static final int SPINS_BEFORE_YIELD = 100;

    private final IntWord word;

    SpinLock(IntWord word) {
        this.word = word;
    }

    /** Takes it; counts that, and whether somebody else had it. */
    void lock(StripeCounters counters, AllocatorCounter which) {
        boolean taken = word.compareAndSet(0, 1);
        counters.add(which);
        if (!taken) {
            counters.add(AllocatorCounter.CONTENDED);
            waitFor();
        }
    }

    /** Takes it, for those who are not counted. */
    void lock() {
        if (!word.compareAndSet(0, 1)) {
            waitFor();
        }
    }

    private void waitFor() {
        int spins = 0;
        do {
            while (word.getVolatile() != 0) {
                if (++spins % SPINS_BEFORE_YIELD == 0) {
                    Thread.yield(); // whoever has it may not be running
                } else {
                    Thread.onSpinWait();
                }
            }
        } while (!word.compareAndSet(0, 1));
    }

    void unlock() {
        word.setOrdered(0);
    }
}
