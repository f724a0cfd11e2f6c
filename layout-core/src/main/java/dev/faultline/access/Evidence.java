package dev.faultline.access;

import dev.faultline.api.Internal;
import java.util.Objects;

/**
 * Why an access is believed to happen.
 *
 * @param certainty how sure it is
 * @param reason what a guess rests on, such as {@code "reference count"}; empty for what a profile says
 * @param counts how often it was seen in a run; {@link Counts#NONE} when it was not
 */
@Internal
public record Evidence(Certainty certainty, String reason, Counts counts) {
    /** A profile declares the access. */
    public static final Evidence PROFILE = new Evidence(Certainty.DECLARED, "");

    public Evidence {
        Objects.requireNonNull(certainty);
        Objects.requireNonNull(reason);
        Objects.requireNonNull(counts);
    }

    /** Creates evidence of what was not counted. */
    public Evidence(Certainty certainty, String reason) {
        this(certainty, reason, Counts.NONE);
    }

    /**
     * How often an access was seen.
     *
     * @param count how often, in the unit of the run
     * @param hitm how many of these loads found the line changed in the cache of another core
     * @param isAtLeast whether the counter was full, so that it may be more
     */
    public record Counts(long count, long hitm, boolean isAtLeast) {
        /** Not counted. */
        public static final Counts NONE = new Counts(0, 0, false);

        public Counts {
            if (count < 0 || hitm < 0 || hitm > count) {
                throw new IllegalArgumentException("count " + count + ", hitm " + hitm);
            }
        }

        /** {@return both together; a sum that a long cannot hold is its largest value} */
        public Counts plus(Counts other) {
            return new Counts(sum(count, other.count), sum(hitm, other.hitm), isAtLeast || other.isAtLeast);
        }

        private static long sum(long a, long b) {
            return a > Long.MAX_VALUE - b ? Long.MAX_VALUE : a + b;
        }

        // by hand, since the VM generates those of a record in its first call, which takes milliseconds

        @Override
        public boolean equals(Object object) {
            return object instanceof Counts other
                    && count == other.count
                    && hitm == other.hitm
                    && isAtLeast == other.isAtLeast;
        }

        @Override
        public int hashCode() {
            return 31 * (31 * Long.hashCode(count) + Long.hashCode(hitm)) + Boolean.hashCode(isAtLeast);
        }
    }

    // likewise

    @Override
    public boolean equals(Object object) {
        return object instanceof Evidence other
                && certainty == other.certainty
                && reason.equals(other.reason)
                && counts.equals(other.counts);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * certainty.hashCode() + reason.hashCode()) + counts.hashCode();
    }
}
