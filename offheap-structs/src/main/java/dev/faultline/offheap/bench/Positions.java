package dev.faultline.offheap.bench;

import java.util.concurrent.atomic.AtomicLongArray;

/** How far two threads are that hand things over in order. Each side's position is alone on its lines. */
final class Positions {

    private static final int APART = 32;
    private static final int GIVEN = APART;
    private static final int TAKEN = 2 * APART;

    private final AtomicLongArray reached = new AtomicLongArray(3 * APART);
    private final int capacity;

    /**
     * Both at the start.
     *
     * @param capacity how many things are on their way at most
     */
    Positions(int capacity) {
        this.capacity = capacity;
    }

    /** {@return how many were given} */
    long given() {
        return reached.getAcquire(GIVEN);
    }

    /** {@return how many were taken} */
    long taken() {
        return reached.getAcquire(TAKEN);
    }

    boolean hasRoom() {
        return given() - taken() < capacity;
    }

    boolean has() {
        return taken() < given();
    }

    /** {@return where, of as many places as there is room, the thing at a position is} */
    int place(long position) {
        return (int) (position % capacity);
    }

    /** The giver is done with its position, which the taker may now look at. */
    void give() {
        reached.setRelease(GIVEN, given() + 1);
    }

    /** The taker is done with its position. */
    void take() {
        reached.setRelease(TAKEN, taken() + 1);
    }
}
