package dev.faultline.bench.calibrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.bench.cores.CpuDistance;
import dev.faultline.bench.cores.CpuPlace;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which CPUs take part, in which pairs and numbers, and for how long. */
class CalibrationPlanTest {

    private static List<CpuPlace> places(int cpus, int clusters, int sockets) {
        return IntStream.range(0, cpus)
                .mapToObj(cpu -> new CpuPlace(cpu, cpu * clusters / cpus, cpu * sockets / cpus))
                .toList();
    }

    @Test
    void few_cpus_are_all_paired_and_of_many_each_distance_gets_its_share() {
        assertThat(CpuPair.sample(places(2, 1, 1))).containsExactly(new CpuPair(0, 1, CpuDistance.CLUSTER));
        assertThat(CpuPair.sample(places(12, 2, 1))).hasSize(66);

        List<CpuPair> sample = CpuPair.sample(places(192, 12, 2));

        assertThat(sample).hasSizeLessThanOrEqualTo(CpuPair.MOST).doesNotHaveDuplicates();
        assertThat(sample.stream().collect(Collectors.groupingBy(CpuPair::distance, Collectors.counting())))
                .isEqualTo(Map.of(CpuDistance.CLUSTER, 22L, CpuDistance.SOCKET, 22L, CpuDistance.REMOTE, 22L));
        assertThat(CpuPair.sample(places(192, 12, 2))).isEqualTo(sample);
        assertThat(CpuPair.count(places(4, 2, 2))).isEqualTo(Map.of(CpuDistance.CLUSTER, 2, CpuDistance.REMOTE, 4));
    }

    @Test
    void thread_counts_double_up_to_all() {
        assertThat(new CalibrationPlan(places(2, 1, 1), 1, 1).threadCounts()).containsExactly(2);
        assertThat(new CalibrationPlan(places(8, 1, 1), 1, 1).threadCounts()).containsExactly(2, 4, 8);
        assertThat(new CalibrationPlan(places(12, 1, 1), 1, 1).threadCounts()).containsExactly(2, 4, 8, 12);
    }

    @Test
    void a_huge_machine_is_sampled_evenly() {
        List<CpuPlace> chosen = CalibrationPlan.spread(places(2048, 16, 4));
        assertThat(chosen).hasSize(CalibrationPlan.MOST_CPUS);
        assertThat(chosen.stream().map(CpuPlace::cluster).distinct()).hasSize(16);
        assertThat(CalibrationPlan.spread(places(3, 1, 1))).hasSize(3);
    }

    @Test
    void windows_share_the_time_within_bounds() {
        assertThat(new CalibrationPlan(places(2, 1, 1), 9, 1).windowNanos(10)).isEqualTo(10_000_000);
        assertThat(new CalibrationPlan(places(2, 1, 1), 1, 3600).windowNanos(1)).isEqualTo(200_000_000);
        assertThat(new CalibrationPlan(places(2, 1, 1), 1001, 0.01).windowNanos(100))
                .isEqualTo(200_000);
    }

    @Test
    void plans_that_cannot_be_are_refused() {
        List<CpuPlace> two = places(2, 1, 1);
        assertThatThrownBy(() -> new CalibrationPlan(two, 0, 1)).hasMessageContaining("rounds");
        assertThatThrownBy(() -> new CalibrationPlan(two, 1002, 1)).hasMessageContaining("rounds");
        for (double seconds : new double[] {0, -1, Double.NaN, 1e9}) {
            assertThatThrownBy(() -> new CalibrationPlan(two, 1, seconds)).hasMessageContaining("seconds");
        }
        assertThatThrownBy(() -> new CalibrationPlan(places(257, 1, 1), 1, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new CalibrationPlan(List.of(two.get(0), two.get(0)), 1, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new CpuPlace(-1, 0, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
