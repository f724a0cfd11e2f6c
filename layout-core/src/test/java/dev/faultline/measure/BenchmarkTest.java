package dev.faultline.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The validity rules of benchmark results, and the values derived from them. */
class BenchmarkTest {

    private static final Contestant SLOW = contestant("slow", 20, 22, 24, 26);
    private static final Contestant FAST = contestant("fast", 10, 11, 12, 13);

    private static Contestant contestant(String name, double... forks) {
        List<List<Double>> scores = java.util.Arrays.stream(forks)
                .mapToObj(one -> List.of(one, one, 1000.0))
                .toList();
        return new Contestant(name, "a test", List.of(new Score("all", scores)), Map.of("retries", 0.5));
    }

    private static Scenario scenario(List<Contestant> contestants, Optional<String> inconclusive) {
        return new Scenario("contended", "get, put", 2, contestants, inconclusive, List.of());
    }

    @Test
    void a_fork_counts_once_by_the_median_of_its_iterations() {
        assertThat(SLOW.scores().get(0).forkNanosPerOp()).containsExactly(20, 22, 24, 26);
        assertThat(SLOW.scores().get(0).interval()).isEqualTo(new RankInterval(20, 23, 26, 0.875));
    }

    @Test
    void a_speedup_is_the_others_time_by_ones_own() {
        assertThat(FAST.speedup(SLOW, "all").orElseThrow().estimate()).isBetween(1.9, 2.1);
        assertThat(SLOW.speedup(FAST, "all").orElseThrow().estimate()).isBetween(0.48, 0.52);
        assertThat(FAST.speedup(SLOW, "producer")).isEmpty();
        assertThat(FAST.speedup(contestant("few", 1, 2, 3), "all"))
                .as("too few forks")
                .isEmpty();
    }

    @Test
    void what_is_below_three_resolutions_is_too_briefand_has_no_ratio() {
        List<List<Double>> forks = List.of(List.of(10.0), List.of(11.0), List.of(12.0), List.of(13.0));
        Score brief = new Score("all", forks, 4);
        Contestant quick = new Contestant("quick", "a test", List.of(brief), Map.of());

        assertThat(brief.isTooShort()).isTrue();
        assertThat(brief.shortestNanos()).isEqualTo(12);
        assertThat(new Score("all", forks, 3.8).isTooShort()).isFalse();
        assertThat(quick.speedup(SLOW, "all")).isEmpty();
        assertThat(SLOW.speedup(quick, "all")).isEmpty();
        assertThatThrownBy(() -> new Score("all", forks, Double.NaN)).hasMessageContaining("resolution");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1.9|2.0|2.1|2.0|faster, as predicted (within 1.5 times)",
                "1.9|2.0|2.1|3.0|faster, as predicted (within 1.5 times)",
                "4.9|5.2|5.5|17.6|faster, 3.4 times less than predicted",
                "4.9|5.2|5.5|2.6|faster, 2.0 times more than predicted",
                "100|200|300|1.5|faster, 133 times more than predicted",
                "0.4|0.5|0.6|0.1|slower, 5.0 times less than predicted",
                "0.1|0.1|0.1|0.5|slower, 5.0 times more than predicted",
                "0.9|1.0|1.1|1.01|no difference shown, as predicted",
                "0.9|1.0|1.1|1.3|no difference shown; predicted was faster",
                "0.7|1.0|1.4|1.3|no difference shown; predicted was faster, which the interval does not exclude",
                "0.7|0.8|0.9|1.0|slower; predicted was no difference",
                "0.7|0.8|0.9|1.3|slower; predicted was faster",
            })
    void a_verdict_says_how_far_the_measured_ratio_is_from_the_predicted(
            double low, double estimate, double high, double predicted, String words) {
        assertThat(new SpeedupVerdict(new RankInterval(low, estimate, high, 0.95), predicted).words())
                .isEqualTo(words);
    }

    @Test
    void a_time_that_is_off_by_more_than_half_is_said_to_be() {
        Scenario both = new Scenario(
                "contended",
                "get, put",
                2,
                List.of(SLOW, FAST),
                Optional.empty(),
                List.of(),
                List.of(new Predicted("slow", "all", 92), new Predicted("fast", "all", 15)));
        assertThat(both.timeOff("slow", "all")).contains("4.0 times less time than predicted");
        assertThat(both.timeOff("fast", "all")).isEmpty();
    }

    @Test
    void a_published_figure_finds_what_was_measured_of_it() {
        Scenario both = scenario(List.of(SLOW, FAST), Optional.empty());
        Published ratio = Published.speedup("fast", "slow", 1.2, 4.7, "112 CPUs", "a mail");

        assertThat(both.measured(ratio).orElseThrow().estimate()).isBetween(1.9, 2.1);
        assertThat(both.measured(Published.nanos("fast", 9.5, "E5-2695", "a mail")))
                .contains(FAST.scores().get(0).interval());
        assertThat(both.measured(Published.count("fast", "retries", 8, "112 CPUs", "a mail"))
                        .orElseThrow()
                        .estimate())
                .isEqualTo(0.5);
        assertThat(both.measured(Published.count("fast", "locks", 8, "112 CPUs", "a mail")))
                .isEmpty();
        assertThat(scenario(List.of(FAST), Optional.empty()).measured(ratio)).isEmpty();
        assertThat(scenario(List.of(SLOW), Optional.empty()).measured(ratio)).isEmpty();
    }

    @Test
    void a_scenario_has_scores_or_a_reason_and_never_both() {
        assertThatThrownBy(() -> scenario(List.of(), Optional.empty())).hasMessageContaining("either scores or why");
        assertThatThrownBy(() -> scenario(List.of(SLOW), Optional.of("busy")))
                .hasMessageContaining("either scores or why");
        assertThat(scenario(List.of(), Optional.of("busy")).baseline()).isEmpty();
        assertThat(scenario(List.of(SLOW, FAST), Optional.empty()).baseline()).contains(SLOW);
    }

    @Test
    void nonsense_is_refused_by_name() {
        assertThatThrownBy(() -> contestant("x", 0))
                .hasMessageContaining("nanosPerOp")
                .hasMessageContaining("above 0");
        assertThatThrownBy(() -> contestant("x", Double.NaN)).hasMessageContaining("nanosPerOp");
        assertThatThrownBy(() -> contestant("x")).hasMessageContaining("at least one fork");
        assertThatThrownBy(() -> contestant(" ", 1)).hasMessageContaining("contestant");
        assertThatThrownBy(() -> scenario(List.of(SLOW, SLOW), Optional.empty()))
                .hasMessageContaining("named twice: slow");
        assertThatThrownBy(() -> new Contestant("x", "y", SLOW.scores(), Map.of("retries", -1.0)))
                .hasMessageContaining("retries");
        assertThatThrownBy(() -> Published.speedup("a", "b", 2, 1, "c", "d")).hasMessageContaining("range");
        assertThatThrownBy(() -> new RunEffort(0, 1, 1, 1)).hasMessageContaining("forks");
        assertThatThrownBy(() -> new Environment("cpu", "java", "os", List.of(), true))
                .hasMessageContaining("cpus");
    }
}
