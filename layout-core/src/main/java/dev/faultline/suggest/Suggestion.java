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
 * @param unrepaired the findings on today's layout whose repair would save clearly more than the best candidate does
 */
public record Suggestion(
        Analysis before,
        Figures today,
        Certificate certificate,
        boolean todayFits,
        List<Candidate> candidates,
        List<RemainingFinding> unrepaired) {

    public Suggestion {
        Objects.requireNonNull(before);
        Objects.requireNonNull(today);
        Objects.requireNonNull(certificate);
        candidates = List.copyOf(candidates);
        unrepaired = List.copyOf(unrepaired);
    }

    /**
     * A suggestion that leaves no finding unrepaired.
     *
     * @param before analysis of today's layout
     * @param today figures of today's layout
     * @param certificate how far today's layout can be from the best one of any size under the constraints
     * @param todayFits whether today's layout satisfies the constraints
     * @param candidates trade-offs between cost, size and lines, cheapest first
     */
    public Suggestion(
            Analysis before, Figures today, Certificate certificate, boolean todayFits, List<Candidate> candidates) {
        this(before, today, certificate, todayFits, candidates, List.of());
    }

    /**
     * {@return whether today's layout is optimal: no layout under the constraints costs less in the additive model, the
     * closed form agrees with that model, and knows no cheaper candidate and no finding whose repair saves time}
     */
    public boolean todayIsOptimal() {
        boolean isCheaper =
                candidates.stream().anyMatch(one -> one.figures().nanosPerSecond() < today.nanosPerSecond());
        return certificate.isProved() && today.isModelClose() && !isCheaper && unrepaired.isEmpty();
    }
}
