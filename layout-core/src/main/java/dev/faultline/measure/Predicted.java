package dev.faultline.measure;

/**
 * The time of a contestant as a model predicts it, for comparison with the measured time.
 *
 * @param contestant name of the contestant
 * @param role name of the role
 * @param nanosPerOp ns per operation, above 0
 */
public record Predicted(String contestant, String role, double nanosPerOp) {

    /** Predicted differences smaller than this share are treated as none. */
    public static final double SAME = 0.02;

    public Predicted {
        Checks.name("contestant", contestant);
        Checks.name("role", role);
        Checks.positive("predicted ns", nanosPerOp);
    }

    /** {@return how many times as fast as another this is predicted to be} */
    public double speedup(Predicted other) {
        return other.nanosPerOp / nanosPerOp;
    }

    /** {@return the sign of a predicted ratio: 1 for faster, -1 for slower, 0 for no relevant difference} */
    public static int sign(double speedup) {
        return speedup > 1 + SAME ? 1 : speedup < 1 / (1 + SAME) ? -1 : 0;
    }
}
