package dev.faultline.offheap.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.faultline.measure.Benchmark;
import dev.faultline.measure.Effort;
import dev.faultline.measure.Scenario;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Which forks run, when they count, and what becomes of disturbances; nothing is measured. */
class RoundsTest {

    private static final Effort FOUR = new Effort(4, 0, 1, 1);
    private static final Shape SHAPE = Shape.of("contended", "test", Crowd.ALL, "None.none");
    private static final List<Entry> ENTRIES = List.of(Entry.own("a", "a", "A"), Entry.own("b", "b", "B"));
    private static final Suite SUITE =
            new Suite("test", "a test", ENTRIES, List.of(SHAPE, Shape.of("alone", "test", Crowd.ONE, "None.none")));

    private final List<String> ran = new ArrayList<>();
    private final List<String> said = new ArrayList<>();
    private final List<String> progress = new ArrayList<>();
    private final Deque<Optional<String>> gate = new ArrayDeque<>();
    private final Deque<DisturbedException> failures = new ArrayDeque<>();

    private final Bench.Listener listener = new Bench.Listener() {
        @Override
        public void done(int forks, int of) {
            progress.add(forks + "/" + of);
        }

        @Override
        public void disturbed(String why) {
            said.add(why);
        }
    };

    private Rounds rounds(long patienceMillis) {
        return new Rounds(
                () -> gate.isEmpty() ? Optional.empty() : gate.remove(),
                (shape, entry, threads, effort) -> {
                    ran.add(entry.name());
                    if (!failures.isEmpty()) {
                        throw failures.remove();
                    }
                    double nanos = entry.name().equals("a") ? 20 + ran.size() : 10 + ran.size() / 2.0;
                    return new Sample(
                            Map.of("each", List.of(nanos, nanos)), Map.of("operations", 10L, "retries", 5L), true);
                },
                patienceMillis,
                0,
                listener);
    }

    private Scenario play(long patienceMillis) {
        return rounds(patienceMillis).play(SHAPE, ENTRIES, 2, FOUR);
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
        Rounds rounds = rounds(0);
        gate.add(Optional.of("busy"));
        Benchmark benchmark = Bench.run(
                new Bench.Request(SUITE, 2, FOUR, false, List.of("a", "b"), List.of("contended", "alone")),
                List.of(0, 1),
                rounds);

        assertThat(benchmark.isConclusive()).isFalse();
        assertThat(benchmark.scenarios())
                .extracting(one -> one.inconclusive().isPresent())
                .containsExactly(true, false);
        assertThat(benchmark.scenarios()).extracting(Scenario::threads).containsExactly(2, 1);
        assertThat(progress.get(progress.size() - 1)).isEqualTo("16/16");
    }

    @Test
    void requests_that_ask_for_nothing_are_refused() {
        List<String> a = List.of("a");
        List<String> alone = List.of("alone");
        assertThatThrownBy(() -> new Bench.Request(SUITE, 1, FOUR, false, a, alone))
                .hasMessageContaining("threads");
        assertThatThrownBy(() -> new Bench.Request(SUITE, 2, FOUR, false, List.of(), alone))
                .hasMessageContaining("contestants");
        assertThatThrownBy(() -> new Bench.Request(SUITE, 2, FOUR, false, a, List.of("together")))
                .hasMessageContaining("scenarios");
    }

    @Test
    void notes_are_added_up_by_iteration() {
        Notes notes = Notes.read(
                List.of(
                        "0 true 10 100 operations=5 retries=1",
                        "1 true 40 100 operations=6",
                        "1 false 0 100 operations=7",
                        "0 true 0 100 operations=8"),
                2,
                2);

        assertThat(notes.pinned()).isFalse();
        assertThat(notes.waitedShares()).containsExactly(0.4, 0.0);
        assertThat(notes.counts()).containsExactly(Map.of("operations", 11L, "retries", 1L), Map.of("operations", 15L));
        assertThatThrownBy(() -> Notes.read(List.of("0 true 0 1"), 2, 1)).hasMessageContaining("1 notes, expected 2");
        assertThatThrownBy(() -> Notes.read(List.of("0 true 0 1", "0 true 0 1"), 2, 1))
                .hasMessageContaining("too many");
        assertThatThrownBy(() -> Notes.read(List.of("7 true 0 1"), 2, 1)).hasMessageContaining("too many");
    }
}
