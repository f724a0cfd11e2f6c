package dev.faultline.offheap.bench;

/** How many threads do what. */
enum Crowd {
    /** One thread. */
    ONE,
    /** All threads the same. */
    ALL,
    /** Half of the threads, rounded down, one thing and as many another. */
    HALVES;

    /** {@return how many threads take part when so many are asked for} */
    int threads(int asked) {
        return switch (this) {
            case ONE -> 1;
            case ALL -> asked;
            case HALVES -> asked / 2 * 2;
        };
    }

    /** {@return the fewest threads that make sense} */
    int fewest() {
        return this == ONE ? 1 : 2;
    }
}
