package dev.faultline.suggest;

/**
 * What layouts are chosen by.
 *
 * @param nanosPerSecond what other CPUs and touched lines cost all operations on all CPUs, in ns a second: the mean over the
 *     placements, by the closed form
 * @param modelNanosPerSecond the same by the sum of line costs that the solver minimises, which knows no queues
 * @param byteSize size in bytes
 * @param lines lines on which somebody touches something, in the placement that has most of them
 */
public record Figures(double nanosPerSecond, double modelNanosPerSecond, long byteSize, int lines) {

    /** What differs by less than this part differs by rounding. */
    static final double ROUNDING = 1e-9;

    /** Refuses what is no number. */
    public Figures {
        if (!Double.isFinite(nanosPerSecond) || !Double.isFinite(modelNanosPerSecond) || byteSize < 0 || lines < 0) {
            throw new IllegalArgumentException("no figures of a layout: " + nanosPerSecond + ", " + modelNanosPerSecond
                    + ", " + byteSize + ", " + lines);
        }
    }

    /** {@return the cost in CPUs' worth of time} */
    public double cpus() {
        return nanosPerSecond * 1e-9;
    }

    /** {@return whether this costs no more than the other, by either measure} */
    public boolean costsNoMoreThan(Figures other) {
        return noMore(nanosPerSecond, other.nanosPerSecond) && noMore(modelNanosPerSecond, other.modelNanosPerSecond);
    }

    /** {@return whether this costs less than the other by more than rounding, by either measure, and more by neither} */
    public boolean costsLessThan(Figures other) {
        return costsNoMoreThan(other)
                && (!noMore(other.nanosPerSecond, nanosPerSecond)
                        || !noMore(other.modelNanosPerSecond, modelNanosPerSecond));
    }

    public static boolean noMore(double one, double other) {
        return one <= other + ROUNDING * Math.max(Math.abs(one), Math.abs(other));
    }
}
