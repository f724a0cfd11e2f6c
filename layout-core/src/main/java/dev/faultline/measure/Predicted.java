package dev.faultline.measure;

/**
 * The time that a model predicts, shown beside the measured one.
 *
 * @param contestant the name of the contestant
 * @param role the role
 * @param nanosPerOp ns per operation, above 0
 */
public record Predicted(String contestant, String role, double nanosPerOp) {

    /** A predicted difference below this counts as none. */
    public static final double SAME = 0.02;

    public Predicted {
        MeasureChecks.name("contestant", contestant);
        MeasureChecks.name("role", role);
        MeasureChecks.positive("predicted ns", nanosPerOp);
    }

    /** {@return how many times as fast this is predicted to be as another} */
    public double speedup(Predicted other) {
        return other.nanosPerOp / nanosPerOp;
    }

    /** {@return the sign of a predicted ratio: 1 for faster, -1 for slower, 0 for a negligible difference} */
    public static int sign(double speedup) {
        return speedup > 1 + SAME ? 1 : speedup < 1 / (1 + SAME) ? -1 : 0;
    }
}
