package dev.faultline.measure;

import java.util.Objects;
import java.util.Optional;

/**
 * A figure somebody else published, to be held beside the measured one. Another machine's times are no claim about this
 * one's; they say what order of size to expect.
 *
 * @param contestant whose figure it is
 * @param baseline when there, the figure says how many times as fast as this one the contestant is; else it is in ns
 * @param low the figure, or the least of a range; above 0
 * @param high the figure again, or the greatest of the range
 * @param conditions on what it was measured, and how
 * @param source where it was published
 */
public record Published(
        String contestant, Optional<String> baseline, double low, double high, String conditions, String source) {

    /** Refuses what is missing, and a range that goes down. */
    public Published {
        Checks.name("contestant", contestant);
        Objects.requireNonNull(baseline);
        Checks.positive("published figure", low);
        if (!(high >= low && high <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException("expected a range, got " + low + " to " + high);
        }
        Checks.name("conditions", conditions);
        Checks.name("source", source);
    }

    /** {@return a published time} */
    public static Published nanos(String contestant, double nanosPerOp, String conditions, String source) {
        return new Published(contestant, Optional.empty(), nanosPerOp, nanosPerOp, conditions, source);
    }

    /** {@return a published range of ratios: how many times as fast as the baseline the contestant is} */
    public static Published speedup(
            String contestant, String baseline, double low, double high, String conditions, String source) {
        return new Published(contestant, Optional.of(baseline), low, high, conditions, source);
    }
}
