package dev.faultline.bench.harness;

/** Hands numbers from one thread to another, in order. */
public final class HandoverQueue {

    private final HandoverPositions positions;
    private final long[] ring;

    /**
     * Makes an empty queue.
     *
     * @param capacity how many numbers can be on their way
     */
    public HandoverQueue(int capacity) {
        positions = new HandoverPositions(capacity);
        ring = new long[capacity];
    }

    /** {@return the positions of both threads} */
    public HandoverPositions positions() {
        return positions;
    }

    /** Gives a number; there must be room. */
    public void put(long number) {
        ring[positions.index(positions.given())] = number;
        positions.give();
    }

    /** {@return the next number; there must be one} */
    public long take() {
        long number = ring[positions.index(positions.taken())];
        positions.take();
        return number;
    }
}
