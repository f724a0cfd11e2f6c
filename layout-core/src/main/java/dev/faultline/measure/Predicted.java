package dev.faultline.measure;

/**
 * What a model says a contestant takes, to be held beside what was measured.
 *
 * @param contestant whose time it is
 * @param role of which role
 * @param nanosPerOp ns an operation, above 0
 */
public record Predicted(String contestant, String role, double nanosPerOp) {

    /** A predicted difference below this is none. */
    public static final double SAME = 0.02;

    /** Refuses what is missing. */
    public Predicted {
        MeasureChecks.name("contestant", contestant);
        MeasureChecks.name("role", role);
        MeasureChecks.positive("predicted ns", nanosPerOp);
    }

    /** {@return how many times as fast as another this is predicted to be} */
    public double speedup(Predicted other) {
        return other.nanosPerOp / nanosPerOp;
    }

    /** {@return the sign of a predicted ratio: 1 for faster, -1 for slower, 0 for no difference to speak of} */
    public static int sign(double speedup) {
        return speedup > 1 + SAME ? 1 : speedup < 1 / (1 + SAME) ? -1 : 0;
    }
}
