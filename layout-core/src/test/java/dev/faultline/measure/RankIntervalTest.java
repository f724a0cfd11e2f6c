package dev.faultline.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RankIntervalTest {

    /** Cuts are one above the critical values of U in the printed tables, two-sided 5 %. */
    @Test
    void cuts_are_those_of_the_tables() {
        assertThat(RankInterval.cut(3, 3)).isZero();
        assertThat(RankInterval.cut(4, 4)).isEqualTo(1);
        assertThat(RankInterval.cut(5, 5)).isEqualTo(3);
        assertThat(RankInterval.cut(10, 10)).isEqualTo(24);
        assertThat(RankInterval.cut(5, 8)).isEqualTo(7);
    }

    @Test
    void too_few_samples_give_no_interval() {
        assertThat(RankInterval.ofRatios(new double[] {1, 2, 3}, new double[] {1, 2, 3}))
                .isEmpty();
        assertThat(RankInterval.ofRatios(new double[0], new double[0])).isEmpty();
    }

    @Test
    void one_wild_sample_does_not_hide_a_ratio_of_two() {
        Optional<RankInterval> ratio =
                RankInterval.ofRatios(new double[] {20, 20, 20, 20, 900}, new double[] {10, 10, 10, 10, 10});

        assertThat(ratio)
                .hasValueSatisfying(two -> assertThat(List.of(two.low(), two.estimate(), two.high()))
                        .containsExactly(2.0, 2.0, 90.0));
        assertThat(RankInterval.ofRatios(new double[] {10, 11, 12, 13, 14}, new double[] {10, 11, 12, 13, 14})
                        .orElseThrow())
                .satisfies(same -> {
                    assertThat(same.estimate()).isEqualTo(1);
                    assertThat(same.low()).isLessThan(1);
                    assertThat(same.high()).isGreaterThan(1);
                });
    }

    /** The ranks and confidences of the sign test for 5, 6, 9 and 12 values, as printed in tables. */
    @Test
    void the_median_lies_between_two_of_the_values_as_often_as_the_sign_test_says() {
        assertMedian(1, 1, 0);
        assertMedian(4, 1, 0.875);
        assertMedian(5, 1, 0.9375);
        assertMedian(6, 1, 0.96875);
        assertMedian(9, 2, 0.9609375);
        assertMedian(12, 3, 0.961426);
    }

    private static void assertMedian(int n, int rank, double confidence) {
        double[] values =
                IntStream.rangeClosed(1, n).mapToDouble(i -> n + 1 - i).toArray();
        RankInterval median = RankInterval.ofMedian(values);
        assertThat(median.low()).as("n=" + n).isEqualTo(rank);
        assertThat(median.high()).as("n=" + n).isEqualTo(n + 1 - rank);
        assertThat(median.estimate()).isEqualTo((n + 1) / 2.0);
        assertThat(median.confidence()).isCloseTo(confidence, within(1e-6));
    }

    @Test
    void the_confidence_of_a_ratio_is_what_the_ranks_give() {
        double[] four = {1, 2, 3, 4};
        assertThat(RankInterval.ofRatios(four, four).orElseThrow().confidence()).isCloseTo(1 - 2 / 70.0, within(1e-9));
    }
}
