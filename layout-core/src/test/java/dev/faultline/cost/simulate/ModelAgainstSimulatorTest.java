package dev.faultline.cost.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.faultline.cost.Cost;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Compares the closed form with the simulator on random workloads.
 *
 * <p>The closed form assumes that tasks of other CPUs arrive at random times, as if no task delayed another. Two tasks
 * that overlap on a line do delay each other, and take the line from each other once for each of their accesses. So
 * the error grows with how often tasks overlap, that is with the rate, and vanishes at small rates: there, misses,
 * upgrades, distances and gaps are shown to be right.
 */
@Tag("slow")
class ModelAgainstSimulatorTest {

    private static final int WORLDS = 200;
    private static final double RARE = 0.002;
    private static final double LIGHT = 0.045;
    private static final long ACCESSES = 200_000;

    @Test
    void where_tasks_seldom_overlap_both_agree_on_every_world() {
        int compared = 0;
        for (int seed = 0; seed < WORLDS + 40; seed++) {
            RandomWorkloads random = new RandomWorkloads(seed);
            TestWorkloads world = random.loaded(random.any(), RARE);
            Cost cost = world.cost();
            Simulation played = world.play(seed, ACCESSES);
            if (world.servicesPerSecond(cost) == 0) {
                assertThat(world.playedServicesPerSecond(played))
                        .as("seed %d", seed)
                        .isZero();
                continue;
            }
            compared++;
            assertThat(cost.utilisation()).isLessThan(0.05);
            assertThat(nanos(world, cost) / world.playedNanosPerSecond(played))
                    .as("seed %d: ns", seed)
                    .isCloseTo(1, within(0.05));
            assertThat(world.servicesPerSecond(cost) / world.playedServicesPerSecond(played))
                    .as("seed %d: misses and upgrades", seed)
                    .isCloseTo(1, within(0.05));
        }
        assertThat(compared).isGreaterThanOrEqualTo(WORLDS);
    }

    @Test
    void what_the_simulator_itself_varies_by_is_far_less_than_that() {
        for (int seed = 0; seed < 20; seed++) {
            RandomWorkloads random = new RandomWorkloads(seed);
            TestWorkloads world = random.loaded(random.any(), RARE);
            if (world.cost().utilisation() == 0) {
                continue;
            }
            double sum = 0;
            double squares = 0;
            int plays = 4;
            for (int i = 0; i < plays; i++) {
                double nanos = world.playedNanosPerSecond(world.play(1000 + i, ACCESSES));
                sum += nanos;
                squares += nanos * nanos;
            }
            double mean = sum / plays;
            double spread = Math.sqrt(Math.max(0, squares / plays - mean * mean) * plays / (plays - 1));
            assertThat(spread / mean).as("seed %d", seed).isLessThan(0.02);
        }
    }

    /**
     * The median error is 1 %, one workload in twenty is off by 7 %, the worst by 31 %: overlaps give an error of the
     * first order.
     */
    @Test
    void where_the_busiest_line_is_used_for_a_twentieth_of_the_time_overlaps_begin_to_show() {
        List<Double> off = new ArrayList<>();
        for (int seed = 0; seed < WORLDS; seed++) {
            RandomWorkloads random = new RandomWorkloads(seed);
            TestWorkloads world = random.loaded(random.any(), LIGHT);
            Cost cost = world.cost();
            if (cost.utilisation() > 0) {
                double played = world.playedNanosPerSecond(world.play(seed, ACCESSES / 2));
                off.add(Math.abs(nanos(world, cost) / played - 1));
            }
        }
        Collections.sort(off);
        assertThat(off.get(off.size() / 2)).isLessThan(0.02);
        assertThat(off.get(off.size() * 19 / 20)).isLessThan(0.10);
        assertThat(off.get(off.size() - 1)).isLessThan(0.35);
    }

    @Test
    void where_tasks_seldom_overlap_layouts_that_differ_by_two_percent_rank_alike() {
        int pairs = 0;
        for (int seed = 0; seed < 60; seed++) {
            pairs += ranksAlike(seed, RARE, 0.02, ACCESSES);
        }
        assertThat(pairs).isGreaterThan(180);
    }

    /**
     * Under load the closed form cannot distinguish layouts with different overlaps: differences of up to 27 % were
     * predicted the other way round, in 48 of 544 pairs at a fifth of the time and in 23 at half of it.
     */
    @ParameterizedTest
    @ValueSource(doubles = {0.2, 0.5})
    void under_load_layouts_that_differ_by_a_third_rank_alike(double utilisation) {
        int pairs = 0;
        for (int seed = 0; seed < 30; seed++) {
            pairs += ranksAlike(seed, utilisation, 1.0 / 3, ACCESSES / 4);
        }
        assertThat(pairs).isGreaterThan(15);
    }

    /** Asserts that both models rank layouts alike whose simulated costs differ by more than the noise. */
    private static int ranksAlike(int seed, double utilisation, double noise, long accesses) {
        RandomWorkloads random = new RandomWorkloads(seed);
        List<String> structs = List.of(random.packed(), random.spread(), random.scattered(), random.scattered());
        double factor = structs.stream()
                .mapToDouble(struct -> random.factor(struct, utilisation))
                .min()
                .orElseThrow();
        List<double[]> costs = new ArrayList<>();
        for (String struct : structs) {
            TestWorkloads world = random.at(struct, factor);
            double played = world.playedNanosPerSecond(world.play(seed, accesses));
            costs.add(new double[] {nanos(world, world.cost()), played});
        }
        int pairs = 0;
        for (double[] one : costs) {
            for (double[] other : costs) {
                // The simulator counts one first touch even of lines that are not shared.
                boolean somethingIsShared = one[0] > 0 || other[0] > 0;
                if (somethingIsShared && one[1] < other[1] * (1 - noise)) {
                    pairs++;
                    assertThat(one[0]).as("seed %d", seed).isLessThan(other[0]);
                }
            }
        }
        return pairs;
    }

    private static double nanos(TestWorkloads world, Cost cost) {
        return cost.coherenceNanosPerSecond(world.workload());
    }
}
