package dev.faultline.offheap.refcount;

import dev.faultline.offheap.memory.IntWord;

/**
 * Rcuref as it was in Linux 6.4 to 6.12, with its error: when a put leaves the valid zone, it decides by reading the
 * word again and not by the result of its subtraction.
 */
final class RereadingRcuref implements TestCount {

    private final IntWord word;
    private final Rcuref.Listener listener;
    private final Rcuref sound;

    RereadingRcuref(IntWord word, Rcuref.Listener listener) {
        this.word = word;
        this.listener = listener;
        sound = new Rcuref(word, listener);
    }

    @Override
    public boolean get() {
        return sound.get();
    }

    @Override
    public boolean put() {
        if (word.getAndAdd(-1) - 1 >= 0) {
            return false;
        }
        int value = word.getVolatile();
        if (value == Rcuref.NOREF) {
            return word.compareAndSet(Rcuref.NOREF, Rcuref.DEAD);
        }
        if (Integer.compareUnsigned(value, Rcuref.RELEASED) >= 0) {
            word.setVolatile(Rcuref.DEAD);
            listener.imbalancedPut();
        } else if (value < 0) {
            word.setVolatile(Rcuref.SATURATED);
        }
        return false;
    }
}
