package dev.faultline.suggest;

import dev.faultline.analysis.Analysis;
import java.util.List;
import java.util.Objects;

/**
 * The result of a search: better layouts of a struct, if any.
 *
 * @param before analysis of today's layout
 * @param today figures of today's layout
 * @param certificate how far today's layout can be from the best one of any size under the constraints
 * @param todayFits whether today's layout satisfies the constraints; if not, candidates may cost more than it does
 * @param candidates trade-offs between cost, size and lines, cheapest first; none costs more than today's layout
 *     unless it is smaller; empty when nothing better was found
 */
public record Suggestion(
        Analysis before, Figures today, Certificate certificate, boolean todayFits, List<Candidate> candidates) {

    public Suggestion {
        Objects.requireNonNull(before);
        Objects.requireNonNull(today);
        Objects.requireNonNull(certificate);
        candidates = List.copyOf(candidates);
    }

    /**
     * {@return whether today's layout is proved optimal: no layout under the constraints costs less in the additive
     * model}
     */
    public boolean todayIsOptimal() {
        return certificate.isProved();
    }
}
