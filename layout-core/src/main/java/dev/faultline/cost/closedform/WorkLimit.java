package dev.faultline.cost.closedform;

/**
 * A limit on the work of the closed form for one struct. It counts steps instead of time, so the same input is
 * accepted or rejected on every machine. Not safe for use by several threads.
 */
public final class WorkLimit {

    /**
     * The limit in steps: a step is one access examined once, or a twentieth of a line examined once. It corresponds
     * to some seconds on a slow machine.
     */
    public static final long MOST_STEPS = 60_000_000;

    private static final int STEPS_PER_LINE = 20;

    private long left;

    private WorkLimit(long steps) {
        left = steps;
    }

    /** {@return the work allowed for one struct} */
    public static WorkLimit ofOneStruct() {
        return new WorkLimit(MOST_STEPS);
    }

    /** {@return unlimited work, for callers that limit the size of their inputs} */
    static WorkLimit unlimited() {
        return new WorkLimit(Long.MAX_VALUE);
    }

    /** Thrown when no work is left. */
    public static final class Spent extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private Spent() {
            super("more than " + MOST_STEPS + " steps", null, false, false);
        }
    }

    /**
     * Subtracts the work of one round over lines and accesses.
     *
     * @param lines number of lines examined
     * @param accesses number of accesses examined
     * @throws Spent when the work left does not suffice
     */
    void take(int lines, long accesses) {
        left -= (long) lines * STEPS_PER_LINE + accesses;
        if (left < 0) {
            throw new Spent();
        }
    }
}
