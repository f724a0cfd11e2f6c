package dev.faultline.offheap.rcu;

/** Readers of tests whose threads are not known beforehand. */
public final class Readers {

    private Readers() {}

    /** {@return a reader that no thread owns; nothing else may use its slot} */
    public static Reader ofNobody(GracePeriods periods, int slot) {
        return new Reader(periods, slot, null);
    }
}
