package dev.faultline.measure;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a run of a suite found.
 *
 * @param suite its name
 * @param summary what it compares, in a line
 * @param environment what it ran on
 * @param effort how much was run
 * @param scenarios what came of each, at least one
 * @param remarks what else there is to know, each with a word that names it, in order
 */
public record Benchmark(
        String suite,
        String summary,
        Environment environment,
        RunEffort effort,
        List<Scenario> scenarios,
        Map<String, String> remarks) {

    /** A benchmark of which nothing else is to be known. */
    public Benchmark(
            String suite, String summary, Environment environment, RunEffort effort, List<Scenario> scenarios) {
        this(suite, summary, environment, effort, scenarios, Map.of());
    }

    /** Refuses what is missing. */
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

    /** {@return whether every scenario says something} */
    public boolean isConclusive() {
        return scenarios.stream().allMatch(scenario -> scenario.inconclusive().isEmpty());
    }
}
