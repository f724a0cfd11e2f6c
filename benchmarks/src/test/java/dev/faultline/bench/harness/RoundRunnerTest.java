package dev.faultline.bench.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.faultline.bench.plan.BenchComparison;
import dev.faultline.bench.plan.BenchMeasurements;
import dev.faultline.bench.plan.BenchPlan;
import dev.faultline.bench.plan.ContestantSpec;
import dev.faultline.bench.plan.ForkSample;
import dev.faultline.bench.plan.PlannedScenario;
import dev.faultline.bench.plan.ScenarioMeasurement;
import dev.faultline.bench.plan.ScenarioSpec;
import dev.faultline.bench.plan.Suite;
import dev.faultline.bench.plan.ThreadSplit;
import dev.faultline.measure.Benchmark;
import dev.faultline.measure.RunEffort;
import dev.faultline.measure.Scenario;
import dev.faultline.measure.Score;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Which forks run, when they count, and what becomes of disturbances; nothing is measured. */
class RoundRunnerTest {

    private static final RunEffort FOUR = new RunEffort(4, 0, 1, 1);
    private static final List<ContestantSpec> CONTESTANTS =
            List.of(ContestantSpec.of("a", "a", Object.class), ContestantSpec.of("b", "b", Object.class));
    private static final ScenarioSpec CONTENDED = ScenarioSpec.builder(
                    "contended", "test", ThreadSplit.ALL, "None.none", CONTESTANTS)
            .build();
    private static final ScenarioSpec ALONE = ScenarioSpec.builder(
                    "alone", "test", ThreadSplit.ONE, "None.none", CONTESTANTS)
            .build();
    private static final Suite SUITE = new Suite("test", "a test", CONTESTANTS, List.of(CONTENDED, ALONE));

    private final List<String> ran = new ArrayList<>();
    private final List<String> said = new ArrayList<>();
    private final List<String> progress = new ArrayList<>();
    private final Deque<Optional<String>> gate = new ArrayDeque<>();
    private final Deque<DisturbedException> failures = new ArrayDeque<>();

    private final BenchRunner.Listener listener = new BenchRunner.Listener() {
        @Override
        public void done(int forks, int of) {
            progress.add(forks + "/" + of);
        }

        @Override
        public void disturbed(String why) {
            said.add(why);
        }
    };

    private RoundRunner rounds(long patienceMillis) {
        return new RoundRunner(
                () -> gate.isEmpty() ? Optional.empty() : gate.remove(),
                (scenario, contestant, effort) -> {
                    ran.add(contestant.name());
                    if (!failures.isEmpty()) {
                        throw failures.remove();
                    }
                    double nanos = contestant.name().equals("a") ? 20 + ran.size() : 10 + ran.size() / 2.0;
                    return new ForkSample(List.of(List.of(nanos, nanos)), 10, Map.of("retries", 5L), true);
                },
                patienceMillis,
                0,
                listener);
    }

    private static BenchPlan plan(ScenarioSpec... scenarios) {
        return new BenchPlan("test", "a test", 2, FOUR, false, SUITE.plan(CONTESTANTS, List.of(scenarios), 2));
    }

    private Benchmark compared(BenchPlan plan, long patienceMillis) {
        return BenchComparison.of(BenchRunner.run(plan, List.of(0, 1), rounds(patienceMillis)));
    }

    private Scenario play(long patienceMillis) {
        return compared(plan(CONTENDED), patienceMillis).scenarios().get(0);
    }

    private String order() {
        return ran.stream().collect(Collectors.joining());
    }

    @Test
    void contestants_alternate_and_their_order_turns() {
        Scenario scenario = play(0);

        assertThat(order()).isEqualTo("abbaabba");
        assertThat(scenario.inconclusive()).isEmpty();
        assertThat(scenario.contestants())
                .allSatisfy(one -> assertThat(one.scores().get(0).nanosPerOp()).hasSize(4));
        assertThat(scenario.contestants().get(1).countsPerOp().get("retries")).isCloseTo(0.5, within(1e-9));
        assertThat(scenario.contestants().get(1).countsPerOp()).containsOnlyKeys("retries");
    }

    @Test
    void a_round_that_was_disturbed_before_or_after_is_played_again() {
        gate.add(Optional.of("busy before"));
        gate.add(Optional.empty());
        gate.add(Optional.of("busy after"));

        Scenario scenario = play(60_000);

        assertThat(said).containsExactly("contended: busy before", "contended: busy after");
        assertThat(order())
                .as("the round that ended busy, and the four that count")
                .isEqualTo("ababbaabba");
        assertThat(scenario.contestants().get(0).scores().get(0).nanosPerOp()).hasSize(4);
    }

    @Test
    void without_patience_one_disturbance_leaves_no_scores() {
        gate.add(Optional.empty());
        gate.add(Optional.empty());
        gate.add(Optional.of("CPU 1 was not free"));

        Scenario scenario = play(0);

        assertThat(scenario.inconclusive()).contains("CPU 1 was not free");
        assertThat(scenario.contestants()).isEmpty();
    }

    @Test
    void what_would_fail_again_is_not_tried_again() {
        failures.add(DisturbedException.lasting("a: the fork failed"));

        assertThat(play(60_000).inconclusive()).contains("a: the fork failed");
        assertThat(ran).containsExactly("a");
    }

    @Test
    void patience_is_for_the_whole_run_and_progress_ends_at_the_end() {
        gate.add(Optional.of("busy"));
        Benchmark benchmark = compared(plan(CONTENDED, ALONE), 0);

        assertThat(benchmark.isConclusive()).isFalse();
        assertThat(benchmark.scenarios())
                .extracting(one -> one.inconclusive().isPresent())
                .containsExactly(true, false);
        assertThat(benchmark.scenarios()).extracting(Scenario::threads).containsExactly(2, 1);
        assertThat(progress.get(progress.size() - 1)).isEqualTo("16/16");
    }

    @Test
    void plans_of_nothing_are_refused() {
        List<PlannedScenario> alone = SUITE.plan(CONTESTANTS, List.of(ALONE), 2);
        assertThatThrownBy(() -> new BenchPlan("test", "a test", 1, FOUR, false, alone))
                .hasMessageContaining("threads");
        assertThatThrownBy(() -> new BenchPlan("test", "a test", 2, FOUR, false, List.of()))
                .hasMessageContaining("without scenarios");
        assertThat(SUITE.plan(List.of(), List.of(ALONE), 2)).isEmpty();
        assertThat(SUITE.plan(CONTESTANTS, List.of(), 2)).isEmpty();
    }

    @Test
    void measurements_belong_to_their_plan() {
        BenchMeasurements measured = BenchRunner.run(plan(ALONE), List.of(0, 1), rounds(0));
        assertThatThrownBy(() -> new BenchMeasurements(plan(CONTENDED), measured.environment(), measured.scenarios()))
                .hasMessageContaining("another plan");
    }

    @Test
    void a_role_that_a_fork_did_not_time_has_no_score() {
        ScenarioSpec timed = ScenarioSpec.builder("timed", "test", ThreadSplit.ONE, "None.none", CONTESTANTS)
                .timedByThreads(List.of("all", "often", "rarely"))
                .build();
        PlannedScenario planned = new PlannedScenario(timed, 1, CONTESTANTS.subList(0, 1));
        List<ForkSample> forks = List.of(
                new ForkSample(List.of(List.of(1.0), List.of(2.0), List.of(3.0)), 1, Map.of(), true),
                new ForkSample(List.of(List.of(1.0), List.of(2.0), List.of()), 1, Map.of(), true));
        Scenario scenario =
                BenchComparison.scenario(new ScenarioMeasurement(planned, List.of(forks), Optional.empty()), List.of());

        assertThat(scenario.contestants().get(0).scores())
                .extracting(Score::role)
                .containsExactly("all", "often");
    }

    @Test
    void lines_of_threads_are_added_up_by_iteration() {
        ForkLog log = ForkLog.read(
                List.of(
                        ForkLog.line(0, true, 10, 100, 5, Map.of("retries", 1L), Map.of(2, new RoleTime(3, 150, 60))),
                        "1 true 40 100 6 2@1/50/20 4@8/-7/40",
                        "1 false 0 100 7",
                        "0 true 0 100 8"),
                2,
                2);
        ForkLog.Iteration first = log.iterations().get(0);

        assertThat(log.pinned()).isFalse();
        assertThat(log.iterations())
                .extracting(one -> one.waitedShare, one -> one.operations)
                .containsExactly(tuple(0.4, 11L), tuple(0.0, 15L));
        assertThat(first.counters).isEqualTo(Map.of("retries", 1L));
        assertThat(first.roleTimes).isEqualTo(Map.of(2, new RoleTime(4, 200, 80), 4, new RoleTime(8, -7, 40)));
        assertThat(first.roleTimes.get(2).nanosPerOp()).isEqualTo(50);
        assertThat(first.roleTimes.get(2).resolutionNanos()).isEqualTo(20);
        assertThat(first.roleTimes.get(4).nanosPerOp()).as("at the resolution").isEqualTo(5);
        assertThatThrownBy(() -> ForkLog.read(List.of("0 true 0 1 1"), 2, 1))
                .hasMessageContaining("1 lines, expected 2");
        assertThatThrownBy(() -> ForkLog.read(List.of("0 true 0 1 1", "0 true 0 1 1"), 2, 1))
                .hasMessageContaining("too many");
        assertThatThrownBy(() -> ForkLog.read(List.of("7 true 0 1 1"), 2, 1)).hasMessageContaining("too many");
    }
}
