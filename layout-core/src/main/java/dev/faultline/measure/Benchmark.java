package dev.faultline.measure;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The result of a run of a suite.
 *
 * @param suite the name of the suite
 * @param summary one line saying what it compares
 * @param environment what the forks ran on
 * @param effort how much was run
 * @param scenarios the results of the scenarios, at least one
 * @param remarks more about the run, by label, in order
 */
public record Benchmark(
        String suite,
        String summary,
        Environment environment,
        RunEffort effort,
        List<Scenario> scenarios,
        Map<String, String> remarks) {

    /** A result without remarks. */
    public Benchmark(
            String suite, String summary, Environment environment, RunEffort effort, List<Scenario> scenarios) {
        this(suite, summary, environment, effort, scenarios, Map.of());
    }

    public Benchmark {
        MeasureChecks.name("suite", suite);
        MeasureChecks.name(suite, summary);
        Objects.requireNonNull(environment);
        Objects.requireNonNull(effort);
        scenarios = List.copyOf(scenarios);
        MeasureChecks.atLeast(suite + ", scenarios", 1, scenarios.size());
        MeasureChecks.distinct(suite + ", scenario", scenarios, Scenario::name);
        remarks = Collections.unmodifiableMap(new LinkedHashMap<>(remarks));
    }

    /** {@return whether every scenario has scores} */
    public boolean isConclusive() {
        return scenarios.stream().allMatch(scenario -> scenario.inconclusive().isEmpty());
    }
}
