package dev.faultline.offheap.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class RankIntervalTest {

    /** Cuts one above the critical values of U in the printed tables, two-sided 5 %. */
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

        assertThat(ratio).contains(new RankInterval(2, 2, 90));
        assertThat(RankInterval.ofRatios(new double[] {10, 11, 12, 13, 14}, new double[] {10, 11, 12, 13, 14})
                        .orElseThrow())
                .satisfies(same -> {
                    assertThat(same.estimate()).isEqualTo(1);
                    assertThat(same.low()).isLessThan(1);
                    assertThat(same.high()).isGreaterThan(1);
                });
    }

    @Test
    void ticks_of_the_asked_cpus_are_added_and_no_others() {
        String stat =
                "cpu  9 9 9 9 9 9 9 9 0 0\ncpu0 1 2 3 4 5 6 7 8 0 0\ncpu1 10 0 0 20 0 0 0 2 5 5\ncpu11 1 1 1 1 1 1 1 1\n";

        assertThat(FreeCores.CpuTimes.parse(stat, 0, 1)).isEqualTo(new FreeCores.CpuTimes(68, 29, 10));
        assertThat(new FreeCores.CpuTimes(0, 0, 0).stolenShare(new FreeCores.CpuTimes(68, 29, 17)))
                .isEqualTo(0.25);
    }
}
