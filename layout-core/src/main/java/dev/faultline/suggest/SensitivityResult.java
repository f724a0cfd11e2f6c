package dev.faultline.suggest;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * How a candidate does where things are not as assumed. The layout stays; the world changes.
 *
 * @param trials one for each other world, in a fixed order; the world as assumed comes first
 */
public record SensitivityResult(List<Trial> trials) {

    /**
     * One world.
     *
     * @param world what is different, in words: {@code "128-byte lines"}, {@code "28 CPUs"}, {@code "byte 0 at 8 of 64"}
     * @param todayNanos what today's layout costs there, in ns a second
     * @param candidateNanos what the candidate costs there, in ns a second
     * @param leastNanos what the cheapest of today's layout and all candidates costs there, in ns a second
     */
    public record Trial(String world, double todayNanos, double candidateNanos, double leastNanos) {
        /** Refuses nulls. */
        public Trial {
            Objects.requireNonNull(world);
        }

        /** {@return the candidate's cost over today's; 1 when neither costs anything} */
        public double ratio() {
            return candidateNanos == todayNanos ? 1 : candidateNanos / todayNanos;
        }

        /** {@return what choosing this candidate, and not the cheapest, costs here, in ns a second} */
        public double regretNanos() {
            return Math.max(0, candidateNanos - leastNanos);
        }

        /** {@return whether the candidate costs no more than today's layout here} */
        public boolean holds() {
            return Figures.noMore(candidateNanos, todayNanos);
        }
    }

    /** Copies the list; refuses an empty one. */
    public SensitivityResult {
        trials = List.copyOf(trials);
        if (trials.isEmpty()) {
            throw new IllegalArgumentException("robustness without a trial");
        }
    }

    /** {@return the world in which the candidate does worst against today's layout} */
    public Trial worst() {
        return trials.stream().max(Comparator.comparingDouble(Trial::ratio)).orElseThrow();
    }

    /** {@return the world in which another choice would have been better by most} */
    public Trial mostRegretted() {
        return trials.stream()
                .max(Comparator.comparingDouble(Trial::regretNanos))
                .orElseThrow();
    }

    /** {@return whether the candidate costs no more than today's layout in every world tried} */
    public boolean holdsEverywhere() {
        return trials.stream().allMatch(Trial::holds);
    }
}
