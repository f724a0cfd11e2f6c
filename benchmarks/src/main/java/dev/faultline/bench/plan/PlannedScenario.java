package dev.faultline.bench.plan;

import dev.faultline.measure.Published;
import java.util.List;

/**
 * A scenario of a plan.
 *
 * @param spec what the contestants do
 * @param threads how many threads take part
 * @param contestants those that take part, at least one; the first is the one all others are compared with
 */
public record PlannedScenario(ScenarioSpec spec, int threads, List<ContestantSpec> contestants) {

    public PlannedScenario {
        contestants = List.copyOf(contestants);
    }

    /** {@return the published figures whose contestants all take part} */
    List<Published> published() {
        return spec.published().stream()
                .filter(one -> contestants.containsAll(one.about()))
                .map(PublishedFigure::figure)
                .toList();
    }
}
