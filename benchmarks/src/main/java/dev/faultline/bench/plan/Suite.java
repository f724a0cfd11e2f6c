package dev.faultline.bench.plan;

import java.util.ArrayList;
import java.util.List;

/**
 * Contestants of one kind, and scenarios to measure them in.
 *
 * @param name the word for it on the command line
 * @param summary one line saying what is compared
 * @param contestants in the order they are listed and compared in
 * @param scenarios what they do
 */
public record Suite(String name, String summary, List<ContestantSpec> contestants, List<ScenarioSpec> scenarios) {

    public Suite {
        contestants = List.copyOf(contestants);
        scenarios = List.copyOf(scenarios);
    }

    /** {@return the scenarios of a brief run} */
    public List<ScenarioSpec> briefScenarios() {
        return scenarios.stream().filter(ScenarioSpec::isBrief).toList();
    }

    /**
     * Plans a part of the suite.
     *
     * @param chosen contestants of the suite
     * @param wanted scenarios of the suite
     * @param threads how many threads are asked for
     * @return those of the scenarios in which at least one chosen contestant takes part, in the suite's order
     */
    public List<PlannedScenario> plan(List<ContestantSpec> chosen, List<ScenarioSpec> wanted, int threads) {
        List<PlannedScenario> planned = new ArrayList<>();
        for (ScenarioSpec spec : scenarios) {
            int playing = spec.split().threads(threads);
            List<ContestantSpec> playingContestants = contestants.stream()
                    .filter(one -> chosen.contains(one) && spec.contestants().contains(one))
                    .filter(one -> playing <= one.mostThreads())
                    .toList();
            if (wanted.contains(spec) && !playingContestants.isEmpty()) {
                planned.add(new PlannedScenario(spec, playing, playingContestants));
            }
        }
        return planned;
    }
}
