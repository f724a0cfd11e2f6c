package dev.faultline.suggest;

/**
 * The figures by which layouts are compared.
 *
 * @param nanosPerSecond cost of coherence and of touched lines, over all operations and CPUs, in ns per second, at the
 *     rates of the profile; the mean over the placements, by the closed form
 * @param modelNanosPerSecond the same cost in the additive model, which the solver minimises: the sum of line costs,
 *     without queueing
 * @param byteSize size in bytes
 * @param lines number of cache lines that a role touches, in the placement with most of them
 */
public record Figures(double nanosPerSecond, double modelNanosPerSecond, long byteSize, int lines) {

    /** Costs that differ by less than this share are equal: the rest is rounding. */
    static final double ROUNDING = 1e-9;

    public Figures {
        if (!Double.isFinite(nanosPerSecond) || !Double.isFinite(modelNanosPerSecond) || byteSize < 0 || lines < 0) {
            throw new IllegalArgumentException(
                    "invalid figures: " + nanosPerSecond + ", " + modelNanosPerSecond + ", " + byteSize + ", " + lines);
        }
    }

    /** {@return the cost in CPUs: 1 is the whole time of one CPU} */
    public double cpus() {
        return nanosPerSecond * 1e-9;
    }

    /** The two cost measures of a layout agree when they differ by less than this share; a choice. */
    private static final double AGREES = 0.05;

    /**
     * {@return whether the additive model agrees with the closed form about this layout, so that what it proves holds:
     * it knows no queues, and takes an array for one word}
     */
    public boolean isModelClose() {
        return Math.abs(nanosPerSecond - modelNanosPerSecond) <= AGREES * Math.max(nanosPerSecond, modelNanosPerSecond);
    }

    /**
     * {@return whether this layout costs no more than the other, by the closed form}
     *
     * @param other figures of another layout
     */
    public boolean costsNoMoreThan(Figures other) {
        return isAtMost(nanosPerSecond, other.nanosPerSecond);
    }

    /**
     * {@return whether this layout costs less than the other by the closed form, or as much and less in the additive
     * model}
     *
     * @param other figures of another layout
     */
    public boolean costsLessThan(Figures other) {
        return costsNoMoreThan(other)
                && (!isAtMost(other.nanosPerSecond, nanosPerSecond)
                        || !isAtMost(other.modelNanosPerSecond, modelNanosPerSecond));
    }

    /**
     * {@return whether a cost is at most another, within rounding}
     *
     * @param one a cost
     * @param other another cost in the same unit
     */
    public static boolean isAtMost(double one, double other) {
        return one <= other + ROUNDING * Math.max(Math.abs(one), Math.abs(other));
    }
}
