package dev.faultline.offheap.bench;

import java.util.concurrent.atomic.AtomicLongArray;

/** Hands numbers from one thread to another, in order. Each side's position is alone on its lines. */
final class Handover {

    private static final int APART = 32;
    private static final int GIVEN = APART;
    private static final int TAKEN = 2 * APART;

    private final AtomicLongArray positions = new AtomicLongArray(3 * APART);
    private final long[] ring;

    /**
     * Makes one that is empty.
     *
     * @param capacity how many are on their way at most
     */
    Handover(int capacity) {
        ring = new long[capacity];
    }

    long given() {
        return positions.getAcquire(GIVEN);
    }

    long taken() {
        return positions.getAcquire(TAKEN);
    }

    boolean hasRoom() {
        return given() - taken() < ring.length;
    }

    boolean has() {
        return taken() < given();
    }

    /** Gives a number, when there is room. */
    void put(long number) {
        long position = given();
        ring[(int) (position % ring.length)] = number;
        positions.setRelease(GIVEN, position + 1);
    }

    /** {@return the next number, when there is one} */
    long take() {
        long position = taken();
        long number = ring[(int) (position % ring.length)];
        positions.setRelease(TAKEN, position + 1);
        return number;
    }
}
