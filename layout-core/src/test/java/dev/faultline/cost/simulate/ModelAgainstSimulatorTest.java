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
import org.junit.jupiter.params.provider.CsvSource;
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
    /** Differences count relative to the stalls and to this share of the operations' own time. */
    private static final double OWN_SHARE = 0.01;

    /** {@return random worlds on a machine whose holders keep a line for a share of a transfer; 0 when not known} */
    private static RandomWorkloads worlds(long seed, double hold) {
        return new RandomWorkloads(
                seed, RandomWorkloads.KINDS, costs -> hold == 0 ? costs : costs.withHold(hold, "test"));
    }

    /** {@return the stalls by the closed form in parts of those played} */
    private static double ratio(TestWorkloads world, Cost cost, Simulation played) {
        double own = OWN_SHARE * world.playedOwnNanosPerSecond(played);
        return (nanos(world, cost) + own) / (world.playedNanosPerSecond(played) + own);
    }

    /** The worst workload is off by 5.8 %: the distances of several readers of one line. */
    @ParameterizedTest
    @ValueSource(doubles = {0, 0.62})
    void where_tasks_seldom_overlap_both_agree_on_every_world(double hold) {
        int compared = 0;
        List<Double> off = new ArrayList<>();
        for (int seed = 0; seed < WORLDS + 40; seed++) {
            RandomWorkloads random = worlds(seed, hold);
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
            assertThat(ratio(world, cost, played)).as("seed %d: ns", seed).isCloseTo(1, within(0.07));
            assertThat(world.servicesPerSecond(cost) / world.playedServicesPerSecond(played))
                    .as("seed %d: misses and upgrades", seed)
                    .isCloseTo(1, within(0.05));
            off.add(Math.abs(ratio(world, cost, played) - 1));
        }
        assertThat(compared).isGreaterThanOrEqualTo(WORLDS);
        Collections.sort(off);
        assertThat(off.get(off.size() * 19 / 20)).isLessThan(0.025);
    }

    @Test
    void what_the_simulator_itself_varies_by_is_far_less_than_that() {
        for (int seed = 0; seed < 20; seed++) {
            RandomWorkloads random = worlds(seed, 0);
            TestWorkloads world = random.loaded(random.any(), RARE);
            if (nanos(world, world.cost()) == 0) {
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
     * Overlaps give an error of the first order. The median error is 0.8 % where lines are held and 1.5 % where they
     * change hands at once; one workload in twenty is off by 4 and 13 %, the worst by 34 and 30 %: of two CPUs that
     * keep step, or of many whose stores and atomic operations on one line overlap.
     */
    @ParameterizedTest
    @CsvSource({"0, 0.15", "0.62, 0.06"})
    void where_the_busiest_line_is_used_for_a_twentieth_of_the_time_overlaps_begin_to_show(double hold, double mostly) {
        List<Double> off = new ArrayList<>();
        for (int seed = 0; seed < WORLDS; seed++) {
            RandomWorkloads random = worlds(seed, hold);
            TestWorkloads world = random.loaded(random.any(), LIGHT);
            Cost cost = world.cost();
            if (cost.utilisation() > 0) {
                off.add(Math.abs(ratio(world, cost, world.play(seed, ACCESSES / 2)) - 1));
            }
        }
        Collections.sort(off);
        assertThat(off.get(off.size() / 2)).isLessThan(0.02);
        assertThat(off.get(off.size() * 19 / 20)).isLessThan(mostly);
        assertThat(off.get(off.size() - 1)).isLessThan(0.36);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.62})
    void where_tasks_seldom_overlap_layouts_that_differ_by_four_percent_rank_alike(double hold) {
        Ranks ranks = new Ranks();
        for (int seed = 0; seed < 60; seed++) {
            ranks.compare(seed, hold, RARE, 0.04, ACCESSES);
        }
        assertThat(ranks.pairs).isGreaterThan(150);
        assertThat(ranks.differ).isEmpty();
    }

    /**
     * Under load the closed form cannot distinguish layouts with different overlaps. Where lines change hands at once
     * and are used half of the time, 7 of 43 pairs rank differently: atomic operations behind buffered stores wait once
     * more for the CPUs that came meanwhile, and the closed form has these queues too short.
     */
    @ParameterizedTest
    @CsvSource({"0, 0.2, 0", "0, 0.5, 8", "0.62, 0.2, 0", "0.62, 0.5, 0"})
    void under_load_layouts_that_differ_by_a_third_rank_alike(double hold, double utilisation, int mostDiffer) {
        Ranks ranks = new Ranks();
        for (int seed = 0; seed < 30; seed++) {
            ranks.compare(seed, hold, utilisation, 1.0 / 3, ACCESSES / 4);
        }
        assertThat(ranks.pairs).isGreaterThan(15);
        assertThat(ranks.differ).hasSizeLessThanOrEqualTo(mostDiffer);
    }

    /** Pairs of layouts whose simulated costs differ by more than the noise. */
    private static final class Ranks {
        private int pairs;
        /** Seeds of those that the closed form ranks the other way round. */
        private final List<Integer> differ = new ArrayList<>();

        private void compare(int seed, double hold, double utilisation, double noise, long accesses) {
            RandomWorkloads random = worlds(seed, hold);
            List<String> structs = List.of(random.packed(), random.spread(), random.scattered(), random.scattered());
            double factor = structs.stream()
                    .mapToDouble(struct -> random.factor(struct, utilisation))
                    .min()
                    .orElseThrow();
            List<double[]> costs = new ArrayList<>();
            for (String struct : structs) {
                TestWorkloads world = random.at(struct, factor);
                Simulation simulated = world.play(seed, accesses);
                double played = world.playedNanosPerSecond(simulated);
                double own = OWN_SHARE * world.playedOwnNanosPerSecond(simulated);
                costs.add(new double[] {nanos(world, world.cost()), played, own});
            }
            for (double[] one : costs) {
                for (double[] other : costs) {
                    // The simulator counts one first touch even of lines that are not shared.
                    boolean somethingIsShared = one[0] > 0 || other[0] > 0;
                    if (somethingIsShared && one[1] + one[2] < (other[1] + other[2]) * (1 - noise)) {
                        pairs++;
                        if (one[0] >= other[0]) {
                            differ.add(seed);
                        }
                    }
                }
            }
        }
    }

    private static double nanos(TestWorkloads world, Cost cost) {
        return cost.coherenceNanosPerSecond(world.workload());
    }
}
