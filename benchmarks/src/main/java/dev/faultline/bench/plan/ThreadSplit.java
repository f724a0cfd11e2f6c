package dev.faultline.bench.plan;

/** How many of the threads take part in a scenario, and how they share its roles. */
public enum ThreadSplit {
    /** One thread. */
    ONE,
    /** All threads do the same. */
    ALL,
    /** Half of the threads, rounded down, play one role, and as many the other. */
    HALVES;

    /** {@return how many threads take part when {@code asked} are asked for} */
    int threads(int asked) {
        return switch (this) {
            case ONE -> 1;
            case ALL -> asked;
            case HALVES -> asked / 2 * 2;
        };
    }
}
