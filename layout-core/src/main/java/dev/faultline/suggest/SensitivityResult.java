package dev.faultline.suggest;

import dev.faultline.api.Internal;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * Cost of one candidate under other assumptions: what-if cases of line size, CPUs, rates and placement. The layout is
 * the same in all of them.
 *
 * @param trials one for each what-if case, in a fixed order; the first is the case as assumed
 */
@Internal
public record SensitivityResult(List<Trial> trials) {

    /**
     * Costs in one what-if case.
     *
     * @param caseName what differs, as text: {@code "128-byte lines"}, {@code "28 CPUs"}, {@code "byte 0 at 8 of 64"}
     * @param todayNanos cost of today's layout, in ns per second
     * @param candidateNanos cost of the candidate, in ns per second
     * @param leastNanos cost of the cheapest of today's layout and all candidates, in ns per second
     */
    public record Trial(String caseName, double todayNanos, double candidateNanos, double leastNanos) {
        public Trial {
            Objects.requireNonNull(caseName);
        }

        /** {@return the candidate's cost divided by today's; 1 when they are equal} */
        public double ratio() {
            return candidateNanos == todayNanos ? 1 : candidateNanos / todayNanos;
        }

        /** {@return what the candidate costs more than the cheapest layout of this case, in ns per second} */
        public double regretNanos() {
            return Math.max(0, candidateNanos - leastNanos);
        }

        /** {@return whether the candidate costs no more than today's layout in this case} */
        public boolean holds() {
            return Figures.isAtMost(candidateNanos, todayNanos);
        }
    }

    public SensitivityResult {
        trials = List.copyOf(trials);
        if (trials.isEmpty()) {
            throw new IllegalArgumentException("a sensitivity result needs at least one trial");
        }
    }

    /** {@return the what-if case with the largest ratio of the candidate's cost to today's} */
    public Trial worst() {
        return trials.stream().max(Comparator.comparingDouble(Trial::ratio)).orElseThrow();
    }

    /** {@return the what-if case in which another layout saves most compared with the candidate} */
    public Trial mostRegretted() {
        return trials.stream()
                .max(Comparator.comparingDouble(Trial::regretNanos))
                .orElseThrow();
    }

    /** {@return whether the candidate costs no more than today's layout in every what-if case} */
    public boolean holdsEverywhere() {
        return trials.stream().allMatch(Trial::holds);
    }
}
