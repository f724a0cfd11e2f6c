package dev.faultline.measure;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The results of running a benchmark suite.
 *
 * @param suite name of the suite
 * @param summary what it compares, in one line
 * @param environment the machine and VM it ran on
 * @param effort how much was run
 * @param scenarios the results of each scenario, at least one
 * @param remarks further remarks, each under a key, in order
 */
public record Benchmark(
        String suite,
        String summary,
        Environment environment,
        Effort effort,
        List<Scenario> scenarios,
        Map<String, String> remarks) {

    /** A benchmark without remarks. */
    public Benchmark(String suite, String summary, Environment environment, Effort effort, List<Scenario> scenarios) {
        this(suite, summary, environment, effort, scenarios, Map.of());
    }

    public Benchmark {
        Checks.name("suite", suite);
        Checks.name(suite, summary);
        Objects.requireNonNull(environment);
        Objects.requireNonNull(effort);
        scenarios = List.copyOf(scenarios);
        Checks.atLeast(suite + ", scenarios", 1, scenarios.size());
        Checks.distinct(suite + ", scenario", scenarios, Scenario::name);
        remarks = Collections.unmodifiableMap(new LinkedHashMap<>(remarks));
    }

    /** {@return whether every scenario has a result} */
    public boolean isConclusive() {
        return scenarios.stream().allMatch(scenario -> scenario.inconclusive().isEmpty());
    }
}
