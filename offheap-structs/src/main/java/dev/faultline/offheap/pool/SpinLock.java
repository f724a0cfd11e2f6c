package dev.faultline.offheap.pool;

import dev.faultline.offheap.memory.IntWord;

/** A lock in an off-heap word, for short critical sections. A waiting thread spins, and yields when that takes long. */
final class SpinLock {

    private static final int SPINS_BEFORE_YIELD = 100;

    private final IntWord word;

    SpinLock(IntWord word) {
        this.word = word;
    }

    /** Locks; counts this, and whether another thread held the lock. */
    void lock(StripeCounters counters, AllocatorCounter which) {
        boolean taken = word.compareAndSet(0, 1);
        counters.add(which);
        if (!taken) {
            counters.add(AllocatorCounter.CONTENDED);
            waitFor();
        }
    }

    /** Locks without counting. */
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
                    Thread.yield(); // the thread that holds the lock may not be running
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
