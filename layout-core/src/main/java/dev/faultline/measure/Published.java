package dev.faultline.measure;

/**
 * A figure published elsewhere, for comparison with the measured one. Times from another machine are no claim about
 * this one; they only show the expected order of magnitude.
 *
 * @param contestant name of the contestant
 * @param kind what the figure states
 * @param of for a ratio the name of the slower contestant, for a count the name of the counter; otherwise empty
 * @param low the figure, or the lower end of a range; above 0
 * @param high the figure, or the upper end of the range
 * @param conditions hardware and method of the measurement
 * @param source where it was published
 */
public record Published(
        String contestant, Kind kind, String of, double low, double high, String conditions, String source) {

    /** What a figure states. */
    public enum Kind {
        /** The ns per operation. */
        NANOS,
        /** How many times as fast as another contestant. */
        SPEEDUP,
        /** A counter per operation. */
        COUNT
    }

    public Published {
        Checks.name("contestant", contestant);
        if ((kind == Kind.NANOS) != of.isEmpty()) {
            throw new IllegalArgumentException(kind + ": expected " + (kind == Kind.NANOS ? "no" : "a")
                    + " contestant or counter, got '" + of + "'");
        }
        Checks.positive("published figure", low);
        if (!(high >= low && high <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException("expected a range, got " + low + " to " + high);
        }
        Checks.name("conditions", conditions);
        Checks.name("source", source);
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

    /** {@return a published count per operation} */
    public static Published count(String contestant, String counter, double perOp, String conditions, String source) {
        return new Published(contestant, Kind.COUNT, counter, perOp, perOp, conditions, source);
    }
}
