package dev.faultline.measure;

/**
 * A published figure, shown beside the measured one. It comes from another machine, so it only shows the order of
 * magnitude to expect.
 *
 * @param contestant the name of the contestant
 * @param kind the kind of figure
 * @param of for a ratio the name of the baseline, for a count the name of the counter; else empty
 * @param low the figure, or the lower end of a range; above 0
 * @param high the figure again, or the upper end of the range
 * @param conditions on what and how it was measured
 * @param source where it was published
 */
public record Published(
        String contestant, Kind kind, String of, double low, double high, String conditions, String source) {

    /** Kinds of figures. */
    public enum Kind {
        /** The ns per operation. */
        NANOS,
        /** How many times as fast as the baseline. */
        SPEEDUP,
        /** Counted events per operation. */
        COUNT
    }

    public Published {
        MeasureChecks.name("contestant", contestant);
        if ((kind == Kind.NANOS) != of.isEmpty()) {
            throw new IllegalArgumentException(kind + ": expected " + (kind == Kind.NANOS ? "no" : "a")
                    + " contestant or counter, got '" + of + "'");
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

    /** {@return published counted events per operation} */
    public static Published count(String contestant, String counter, double perOp, String conditions, String source) {
        return new Published(contestant, Kind.COUNT, counter, perOp, perOp, conditions, source);
    }
}
