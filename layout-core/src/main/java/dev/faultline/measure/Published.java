package dev.faultline.measure;

/**
 * A figure somebody else published, to be held beside the measured one. Another machine's times are no claim about this
 * one's; they say what order of size to expect.
 *
 * @param contestant whose figure it is
 * @param kind what it is a figure of
 * @param of for a ratio the name of the contestant it is faster than, for a count the name of the counter; else empty
 * @param low the figure, or the least of a range; above 0
 * @param high the figure again, or the greatest of the range
 * @param conditions on what it was measured, and how
 * @param source where it was published
 */
public record Published(
        String contestant, Kind kind, String of, double low, double high, String conditions, String source) {

    /** What a figure is of. */
    public enum Kind {
        /** The ns of an operation. */
        NANOS,
        /** How many times as fast as another. */
        SPEEDUP,
        /** How many of what is counted, an operation. */
        COUNT
    }

    /** Refuses what is missing, and a range that goes down. */
    public Published {
        MeasureChecks.name("contestant", contestant);
        if ((kind == Kind.NANOS) != of.isEmpty()) {
            throw new IllegalArgumentException("a figure of kind " + kind + " of '" + of + "'");
        }
        MeasureChecks.positive("published figure", low);
        if (!(high >= low && high <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException("expected a range, got " + low + " to " + high);
        }
        MeasureChecks.name("conditions", conditions);
        MeasureChecks.name("source", source);
    }

    /** {@return a published time} */
    public static Published nanos(String contestant, double nanosPerOp, String conditions, String source) {
        return new Published(contestant, Kind.NANOS, "", nanosPerOp, nanosPerOp, conditions, source);
    }

    /** {@return a published range of ratios: how many times as fast as the baseline the contestant is} */
    public static Published speedup(
            String contestant, String baseline, double low, double high, String conditions, String source) {
        return new Published(contestant, Kind.SPEEDUP, baseline, low, high, conditions, source);
    }

    /** {@return a published count an operation} */
    public static Published count(String contestant, String counter, double perOp, String conditions, String source) {
        return new Published(contestant, Kind.COUNT, counter, perOp, perOp, conditions, source);
    }
}
