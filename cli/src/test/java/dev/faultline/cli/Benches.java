package dev.faultline.cli;

import dev.faultline.machine.Topology;
import dev.faultline.measure.Benchmark;
import dev.faultline.measure.Contestant;
import dev.faultline.measure.Environment;
import dev.faultline.measure.Scenario;
import dev.faultline.measure.Score;
import dev.faultline.offheap.bench.Bench;
import dev.faultline.offheap.bench.LayoutSuite;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Benchmarks that come out as expected, at once: each contestant takes 10 ns more than the one before. */
final class Benches {

    private Benches() {}

    static Benchmark fake(Bench.Request request, Topology topology, Bench.Listener listener) {
        return benchmark(request, Optional.empty());
    }

    /** The first scenario is inconclusive, as when other processes use the CPUs. */
    static Benchmark busy(Bench.Request request, Topology topology, Bench.Listener listener) {
        listener.disturbed("the CPUs were not free");
        return benchmark(request, Optional.of("the CPUs were not free"));
    }

    private static Benchmark benchmark(Bench.Request request, Optional<String> first) {
        List<Scenario> scenarios = new ArrayList<>();
        for (String name : request.scenarios()) {
            Optional<String> problem = scenarios.isEmpty() ? first : Optional.empty();
            scenarios.add(new Scenario(
                    name,
                    "an operation",
                    request.threads(),
                    problem.isPresent() ? List.of() : contestants(request, name),
                    problem,
                    List.of()));
        }
        return new Benchmark(
                request.suite().name(),
                request.suite().summary(),
                new Environment("Test Processor", "Test VM 17", "Linux", List.of(0, 1), true),
                request.effort(),
                scenarios);
    }

    private static List<Contestant> contestants(Bench.Request request, String scenario) {
        List<Contestant> contestants = new ArrayList<>();
        for (String name : request.contestants()) {
            if (!request.entrants(scenario).contains(name)
                    && request.suite().name().equals(LayoutSuite.NAME)) {
                continue; // of other suites, everybody takes part in all, for reports that are easy to foresee
            }
            double nanos = 10.0 * (contestants.size() + 1);
            List<List<Double>> forks = new ArrayList<>();
            for (int i = 0; i < request.effort().forks(); i++) {
                forks.add(List.of(nanos + i / 100.0));
            }
            List<Score> scores = request.suite().name().equals(LayoutSuite.NAME)
                    ? request.roles(scenario).stream()
                            .map(role -> new Score(role, forks))
                            .toList()
                    : List.of(new Score("each", forks));
            contestants.add(new Contestant(name, "a contestant", scores, Map.of("retries", 0.5)));
        }
        return contestants;
    }
}
