package dev.faultline.bench.plan;

import dev.faultline.measure.Environment;
import java.util.List;

/**
 * What a plan's forks measured.
 *
 * @param plan what was run
 * @param environment what it ran on
 * @param scenarios one for each scenario of the plan, in its order
 */
public record BenchMeasurements(BenchPlan plan, Environment environment, List<ScenarioMeasurement> scenarios) {

    public BenchMeasurements {
        scenarios = List.copyOf(scenarios);
        if (!scenarios.stream().map(ScenarioMeasurement::planned).toList().equals(plan.scenarios())) {
            throw new IllegalArgumentException("these measurements are of another plan");
        }
    }
}
