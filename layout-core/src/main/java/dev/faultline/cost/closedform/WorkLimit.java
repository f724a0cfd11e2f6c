package dev.faultline.cost.closedform;

/**
 * How much the closed form may be asked of one struct: counted, not timed, so that the same question is answered or
 * refused alike on every machine. Not safe for use by several threads.
 */
public final class WorkLimit {

    /**
     * The most, in steps: a step is one access looked at once, or a twentieth of a line looked at once. Some seconds
     * on a slow machine.
     */
    public static final long MOST_STEPS = 60_000_000;

    private static final int STEPS_A_LINE = 20;

    private long left;

    private WorkLimit(long steps) {
        left = steps;
    }

    /** {@return the work that one struct may be} */
    public static WorkLimit ofOneStruct() {
        return new WorkLimit(MOST_STEPS);
    }

    /** {@return work without end, for who bounds his questions himself} */
    static WorkLimit unlimited() {
        return new WorkLimit(Long.MAX_VALUE);
    }

    /** There is nothing left. */
    public static final class Spent extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private Spent() {
            super("more than " + MOST_STEPS + " steps", null, false, false);
        }
    }

    /**
     * Takes what one round over a line, or a new state of it, is.
     *
     * @param lines lines looked at
     * @param accesses accesses looked at
     * @throws Spent when no more is left
     */
    void take(int lines, long accesses) {
        left -= (long) lines * STEPS_A_LINE + accesses;
        if (left < 0) {
            throw new Spent();
        }
    }
}
