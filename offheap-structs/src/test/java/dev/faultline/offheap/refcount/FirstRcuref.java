package dev.faultline.offheap.refcount;

import dev.faultline.offheap.memory.IntWord;

/**
 * Rcuref as first posted in February 2023: the word holds the number of references itself, and the value before the
 * addition decides.
 */
final class FirstRcuref implements TestCount {

    private static final int NOREF = 0;
    private static final int ONEREF = 1;

    private final IntWord word;
    private final Rcuref.Listener listener;

    FirstRcuref(IntWord word, Rcuref.Listener listener) {
        this.word = word;
        this.listener = listener;
    }

    @Override
    public boolean get() {
        int before = word.getAndAdd(1);
        if (before >= NOREF && before < Rcuref.MAXREF) {
            return true;
        }
        if (Integer.compareUnsigned(before, Rcuref.RELEASED) >= 0) {
            word.setVolatile(Rcuref.DEAD);
            return false;
        }
        listener.saturated();
        word.setVolatile(Rcuref.SATURATED);
        return true;
    }

    @Override
    public boolean put() {
        int before = word.getAndAdd(-1);
        if (before > ONEREF) {
            return false;
        }
        if (before == ONEREF) {
            return word.compareAndSet(NOREF, Rcuref.DEAD);
        }
        if (before == NOREF || Integer.compareUnsigned(before, Rcuref.RELEASED) >= 0) {
            word.setVolatile(Rcuref.DEAD);
            listener.imbalancedPut();
        } else {
            word.setVolatile(Rcuref.SATURATED);
        }
        return false;
    }
}
