package dev.faultline.bench.harness;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How far two threads are of which one hands things to the other in order. Each thread's position has its own lines.
 */
public final class HandoverPositions {

    private static final int APART = 32;
    private static final int GIVEN = APART;
    private static final int TAKEN = 2 * APART;

    private final AtomicLongArray reached = new AtomicLongArray(3 * APART);
    private final int capacity;

    /**
     * Starts both at 0.
     *
     * @param capacity how many things can be on their way
     */
    public HandoverPositions(int capacity) {
        this.capacity = capacity;
    }

    /** {@return how many things were given} */
    public long given() {
        return reached.getAcquire(GIVEN);
    }

    /** {@return how many things were taken} */
    public long taken() {
        return reached.getAcquire(TAKEN);
    }

    /** {@return whether another thing can be given} */
    public boolean hasRoom() {
        return given() - taken() < capacity;
    }

    /** {@return whether there is a thing to take} */
    public boolean hasNext() {
        return taken() < given();
    }

    /** {@return the index of a position in a ring of as many places as the capacity} */
    public int index(long position) {
        return (int) (position % capacity);
    }

    /** Publishes the giver's position to the taker. */
    public void give() {
        reached.setRelease(GIVEN, given() + 1);
    }

    /** Publishes to the giver that the taker is done with its position. */
    public void take() {
        reached.setRelease(TAKEN, taken() + 1);
    }
}
