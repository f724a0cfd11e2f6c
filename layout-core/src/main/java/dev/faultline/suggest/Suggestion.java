package dev.faultline.suggest;

import dev.faultline.analysis.Analysis;
import java.util.List;
import java.util.Objects;

/**
 * Better layouts of a struct, or the statement that there are none.
 *
 * @param before today's layout analysed
 * @param today what today's layout is measured by
 * @param certificate how far today's layout can be from the best one of any size under the constraints
 * @param todayFits whether today's layout satisfies the constraints; when not, candidates may cost more than it does
 * @param candidates trades between cost, size and lines, cheapest first; none costs more than today's layout unless it is
 *     smaller; empty when nothing better was found
 */
public record Suggestion(
        Analysis before, Figures today, Certificate certificate, boolean todayFits, List<Candidate> candidates) {

    /** Copies the list. */
    public Suggestion {
        Objects.requireNonNull(before);
        Objects.requireNonNull(today);
        Objects.requireNonNull(certificate);
        candidates = List.copyOf(candidates);
    }

    /** {@return whether it is proved that no layout under the constraints costs less than today's, by the model} */
    public boolean todayIsOptimal() {
        return certificate.isProved();
    }
}
