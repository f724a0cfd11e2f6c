package dev.faultline.offheap.refcount;

/** Counts the calls to the listener of a count. */
final class Told implements Rcuref.Listener {

    private int saturated;
    private int imbalanced;

    @Override
    public synchronized void saturated() {
        saturated++;
    }

    @Override
    public synchronized void imbalancedPut() {
        imbalanced++;
    }

    synchronized int timesSaturated() {
        return saturated;
    }

    synchronized int timesImbalanced() {
        return imbalanced;
    }
}
