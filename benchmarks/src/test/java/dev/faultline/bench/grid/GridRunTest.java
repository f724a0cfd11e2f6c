package dev.faultline.bench.grid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.faultline.bench.cores.CpuThreads;
import dev.faultline.bench.cores.InconclusiveException;
import dev.faultline.offheap.memory.Block;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which rounds count. Times are not looked at. */
class GridRunTest {

    private static final long PATIENT = 60_000_000_000L;

    private final List<String> happened = new ArrayList<>();
    private final Deque<String> gate = new ArrayDeque<>();
    private final Deque<String> plays = new ArrayDeque<>();

    private final GridRun.Listener listener = new GridRun.Listener() {
        @Override
        public void done(int rounds, int of) {
            happened.add("done " + rounds + " of " + of);
        }

        @Override
        public void disturbed(String why) {
            happened.add("disturbed: " + why);
        }
    };

    private final GridRun.Rounds rounds = new GridRun.Rounds() {
        @Override
        public Optional<String> play(int round) {
            happened.add("play " + round);
            return next(plays);
        }

        @Override
        public void keep() {
            happened.add("keep");
        }
    };

    private Optional<String> next(Deque<String> answers) {
        return Optional.ofNullable(answers.poll()).filter(answer -> !answer.isEmpty());
    }

    private GridRun run() {
        return new GridRun(
                () -> {
                    happened.add("check");
                    return next(gate);
                },
                rounds,
                listener,
                0);
    }

    @Test
    void a_check_between_two_rounds_is_for_both() {
        GridRun run = run();
        assertThat(run.run(2, 0)).isEmpty();
        assertThat(happened)
                .containsExactly(
                        "check", "play 0", "check", "keep", "done 1 of 2", "play 1", "check", "keep", "done 2 of 2");
        assertThat(run.disturbed()).isZero();
    }

    @Test
    void a_disturbed_round_is_played_again() {
        gate.addAll(List.of("", "busy after", ""));
        plays.addAll(List.of("", "stolen"));
        GridRun run = run();
        assertThat(run.run(1, PATIENT)).isEmpty();
        assertThat(happened)
                .containsExactly(
                        "check",
                        "play 0",
                        "check",
                        "disturbed: busy after",
                        "check",
                        "play 0",
                        "disturbed: stolen",
                        "check",
                        "play 0",
                        "check",
                        "keep",
                        "done 1 of 1");
        assertThat(run.disturbed()).isEqualTo(2);
    }

    @Test
    void without_patience_the_reason_is_told() {
        gate.add("busy");
        assertThat(run().run(1, 0)).contains("busy");
        assertThat(happened).containsExactly("check", "disturbed: busy");
    }

    @Test
    void one_cpu_is_not_enough() {
        GridPlan plan = new GridPlan(SharingScenario.all(List.of(0.0)), 1, 1, 0);
        assertThatThrownBy(() -> GridRun.measure(plan, List.of(0), listener))
                .isInstanceOf(InconclusiveException.class)
                .hasMessageContaining("only one CPU");
    }

    @Test
    void scenarios_are_played_by_real_threads_and_leave_nothing_behind() {
        assumeTrue(Runtime.getRuntime().availableProcessors() >= 2, "one CPU only");
        int before = Block.live();
        List<SharingScenario> scenarios = SharingScenario.all(List.of(0.0));
        try (CpuThreads threads = new CpuThreads("grid-test", List.of(0, 1));
                ScenarioSet set = new ScenarioSet(scenarios, threads, List.of(0, 1))) {
            set.round(0, 200_000);
            assertThat(set.series()).as("not kept").isEmpty();
            set.keep(set.round(0, 200_000));
            set.keep(set.round(5, 200_000));
            assertThat(set.series().stream().map(SharingSeries::scenario).distinct())
                    .containsExactlyElementsOf(scenarios);
            assertThat(set.series()).allMatch(one -> one.roundNanos().size() == 2);
            set.clear();
            assertThat(set.series()).isEmpty();
        }
        assertThat(Block.live()).isEqualTo(before);
    }

    @Test
    void windows_share_the_time_within_bounds() {
        List<SharingScenario> ten = SharingScenario.all(List.of(0.0)).subList(0, 10);
        assertThat(new GridPlan(ten, 9, 1, 0).windowNanos()).isEqualTo(10_000_000);
        assertThat(new GridPlan(ten, 1, 3600, 0).windowNanos()).isEqualTo(500_000_000);
        assertThat(new GridPlan(ten, 100, 0.001, 0).windowNanos()).isEqualTo(200_000);
        assertThatThrownBy(() -> new GridPlan(ten, 0, 1, 0)).hasMessageContaining("rounds");
        assertThatThrownBy(() -> new GridPlan(ten, 1, 0, 0)).hasMessageContaining("seconds");
        assertThatThrownBy(() -> new GridPlan(List.of(), 1, 1, 0)).hasMessageContaining("scenarios");
        assertThatThrownBy(() -> new GridPlan(ten, 1, 1, -1)).hasMessageContaining("patience");
    }
}
