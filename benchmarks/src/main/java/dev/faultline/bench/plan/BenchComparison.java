package dev.faultline.bench.plan;

import dev.faultline.measure.Benchmark;
import dev.faultline.measure.Contestant;
import dev.faultline.measure.Predicted;
import dev.faultline.measure.Scenario;
import dev.faultline.measure.Score;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Turns measurements into the scores that are compared and shown. */
public final class BenchComparison {

    private BenchComparison() {}

    /** {@return the scores of all scenarios} */
    public static Benchmark of(BenchMeasurements measured) {
        return of(
                measured,
                measured.scenarios().stream()
                        .map(one -> scenario(one, List.of()))
                        .toList(),
                Map.of());
    }

    /**
     * Puts scenarios together.
     *
     * @param measured what was measured
     * @param scenarios its scores
     * @param remarks more about the run, by label
     * @return all that is shown
     */
    public static Benchmark of(BenchMeasurements measured, List<Scenario> scenarios, Map<String, String> remarks) {
        BenchPlan plan = measured.plan();
        return new Benchmark(plan.suite(), plan.summary(), measured.environment(), plan.effort(), scenarios, remarks);
    }

    /** {@return the scores of a scenario, with what is predicted of it} */
    public static Scenario scenario(ScenarioMeasurement measured, List<Predicted> predicted) {
        PlannedScenario planned = measured.planned();
        List<Contestant> contestants = new ArrayList<>();
        for (int i = 0; i < measured.samples().size(); i++) {
            contestants.add(contestant(
                    planned.contestants().get(i),
                    planned.spec().roles(),
                    measured.samples().get(i)));
        }
        return new Scenario(
                planned.spec().name(),
                planned.spec().operation(),
                planned.threads(),
                contestants,
                measured.problem(),
                planned.published(),
                predicted);
    }

    private static Contestant contestant(ContestantSpec spec, List<String> roles, List<ForkSample> samples) {
        List<Score> scores = new ArrayList<>();
        for (int i = 0; i < roles.size(); i++) {
            int role = i;
            List<List<Double>> forks =
                    samples.stream().map(one -> one.nanosPerOp().get(role)).toList();
            if (forks.stream().noneMatch(List::isEmpty)) {
                double resolution = samples.stream()
                        .mapToDouble(one -> one.resolutionNanos().get(role))
                        .max()
                        .orElseThrow();
                scores.add(new Score(roles.get(role), forks, resolution));
            }
        }
        long operations =
                Math.max(1, samples.stream().mapToLong(ForkSample::operations).sum());
        Map<String, Long> sums = new TreeMap<>();
        samples.forEach(one -> one.counters().forEach((name, count) -> sums.merge(name, count, Long::sum)));
        Map<String, Double> countsPerOp = new TreeMap<>();
        sums.forEach((name, sum) -> countsPerOp.put(name, (double) sum / operations));
        return new Contestant(spec.name(), spec.summary(), scores, countsPerOp);
    }
}
