package dev.faultline.access;

import dev.faultline.api.Internal;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * The run or runs in which accesses were seen.
 *
 * @param certainty {@link Certainty#SAMPLED} or {@link Certainty#RECORDED}
 * @param tool what saw them, such as {@code "perf c2c report"}
 * @param runs how many runs are summed, at least 1
 * @param seconds how long they took together; NaN when that is not known
 * @param unit what is counted, such as {@code "samples"}
 * @param seen how much was seen in all, in that unit; 0 when that is not known
 * @param attributed how much of it has a type and a field
 * @param notes what else to know, one sentence each, without a full stop
 */
@Internal
public record Observation(
        Certainty certainty,
        String tool,
        long runs,
        double seconds,
        String unit,
        long seen,
        long attributed,
        List<String> notes) {

    /** What the name of a block of memory without a type begins with: {@code "block com.acme.Ring.<init>:42"}. */
    public static final String BLOCK = "block ";

    /** What the name of different objects that were on one cache line begins with. */
    public static final String NEIGHBOURS = "neighbours ";

    public Observation {
        Objects.requireNonNull(tool);
        Objects.requireNonNull(unit);
        notes = List.copyOf(notes);
        if (!certainty.isObserved() || runs < 1 || seconds < 0 || seen < 0 || attributed < 0) {
            throw new IllegalArgumentException(
                    certainty + ", runs " + runs + ", seconds " + seconds + ", seen " + seen + "/" + attributed);
        }
    }

    /** {@return whether a name is that of memory that no program has a layout of; the recording itself has} */
    public static boolean isUntyped(String name) {
        return name.startsWith(BLOCK) || name.startsWith(NEIGHBOURS);
    }

    /** {@return whether it is known how much was seen in all} */
    public boolean hasCoverage() {
        return seen > 0 && attributed <= seen;
    }

    /** {@return the run, its duration and its coverage: {@code "perf script, 12 s, 39 % of samples have a type"}} */
    public String words() {
        return tool + (runs > 1 ? ", " + runs + " runs" : "") + ", " + duration() + ", " + coverage();
    }

    private String duration() {
        if (Double.isNaN(seconds)) {
            return "duration unknown";
        }
        if (seconds < 1) {
            return String.format(
                    Locale.ROOT, seconds < 1e-3 ? "%.0f us" : "%.0f ms", seconds * (seconds < 1e-3 ? 1e6 : 1e3));
        }
        return String.format(Locale.ROOT, seconds < 10 ? "%.1f s" : "%.0f s", seconds);
    }

    private String coverage() {
        return hasCoverage()
                ? String.format(Locale.ROOT, "%.0f %% of %s have a type", 100.0 * attributed / seen, counted())
                : "coverage unknown";
    }

    /** A percentage of a unit that is itself one reads as that of the samples. */
    private String counted() {
        return unit.startsWith("0.01 %") ? "the samples" : unit;
    }
}
