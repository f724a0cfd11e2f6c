package dev.faultline.bench.plan;

import java.util.List;
import java.util.Optional;

/**
 * What the forks of one scenario measured.
 *
 * @param planned the scenario
 * @param samples for each of its contestants, in their order, one sample per fork; empty when there was a problem
 * @param problem why there are no samples
 */
public record ScenarioMeasurement(PlannedScenario planned, List<List<ForkSample>> samples, Optional<String> problem) {

    public ScenarioMeasurement {
        samples = samples.stream().map(List::copyOf).toList();
        if (samples.size() != (problem.isPresent() ? 0 : planned.contestants().size())) {
            throw new IllegalArgumentException(samples.size() + " contestants with samples of "
                    + planned.contestants().size() + ", " + problem);
        }
    }
}
