package dev.faultline.offheap.rcu;

/** Readers for tests whose threads are not known in advance. */
public final class Readers {

    private Readers() {}

    /** {@return a reader without an owner; no other reader may use its slot} */
    public static Reader withoutOwner(GracePeriods periods, int slot) {
        return new Reader(periods, slot, null);
    }
}
