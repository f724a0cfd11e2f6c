package dev.faultline.offheap.bench;

/** Hands numbers from one thread to another, in order. */
final class Handover {

    private final Positions positions;
    private final long[] ring;

    /**
     * Makes one that is empty.
     *
     * @param capacity how many are on their way at most
     */
    Handover(int capacity) {
        positions = new Positions(capacity);
        ring = new long[capacity];
    }

    long given() {
        return positions.given();
    }

    long taken() {
        return positions.taken();
    }

    boolean hasRoom() {
        return positions.hasRoom();
    }

    boolean has() {
        return positions.has();
    }

    /** Gives a number, when there is room. */
    void put(long number) {
        ring[positions.place(given())] = number;
        positions.give();
    }

    /** {@return the next number, when there is one} */
    long take() {
        long number = ring[positions.place(taken())];
        positions.take();
        return number;
    }
}
