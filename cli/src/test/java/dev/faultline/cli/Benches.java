package dev.faultline.cli;

import dev.faultline.bench.harness.BenchRunner;
import dev.faultline.bench.plan.BenchMeasurements;
import dev.faultline.bench.plan.BenchPlan;
import dev.faultline.bench.plan.ForkSample;
import dev.faultline.bench.plan.PlannedScenario;
import dev.faultline.bench.plan.ScenarioMeasurement;
import dev.faultline.machine.Topology;
import dev.faultline.measure.Environment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Benchmarks with known results and without forks: each contestant takes 10 ns more than the one before. */
final class Benches {

    private Benches() {}

    static BenchMeasurements fake(BenchPlan plan, Topology topology, BenchRunner.Listener listener) {
        return measurements(plan, Optional.empty());
    }

    /** The first scenario is inconclusive as when other processes use the CPUs. */
    static BenchMeasurements busy(BenchPlan plan, Topology topology, BenchRunner.Listener listener) {
        listener.disturbed("the CPUs were not free");
        return measurements(plan, Optional.of("the CPUs were not free"));
    }

    private static BenchMeasurements measurements(BenchPlan plan, Optional<String> first) {
        List<ScenarioMeasurement> scenarios = new ArrayList<>();
        for (PlannedScenario planned : plan.scenarios()) {
            Optional<String> problem = scenarios.isEmpty() ? first : Optional.empty();
            List<List<ForkSample>> samples = problem.isPresent()
                    ? List.of()
                    : samples(planned, plan.effort().forks());
            scenarios.add(new ScenarioMeasurement(planned, samples, problem));
        }
        return new BenchMeasurements(
                plan, new Environment("Test Processor", "Test VM 17", "Linux", List.of(0, 1), true), scenarios);
    }

    private static List<List<ForkSample>> samples(PlannedScenario planned, int forks) {
        List<List<ForkSample>> samples = new ArrayList<>();
        for (int contestant = 1; contestant <= planned.contestants().size(); contestant++) {
            List<ForkSample> one = new ArrayList<>();
            for (int fork = 0; fork < forks; fork++) {
                List<Double> nanos = List.of(10.0 * contestant + fork / 100.0);
                one.add(new ForkSample(
                        Collections.nCopies(planned.spec().roles().size(), nanos), 2, Map.of("retries", 1L), true));
            }
            samples.add(one);
        }
        return samples;
    }
}
