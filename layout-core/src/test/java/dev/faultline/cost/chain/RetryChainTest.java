package dev.faultline.cost.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryChainTest {

    private static final double CALIBRATED = 0.0862;

    @ParameterizedTest
    @CsvSource({"4, 1.62", "8, 2.97", "16, 4.89", "28, 7.00", "56, 10.58", "112, 15.64", "224, 22.8"})
    void without_retention_retries_grow_with_the_root_of_the_cpus(int cpus, double retries) {
        double places = cpus == 224 ? 0.05 : 0.005;

        assertThat(RetryChain.solve(cpus, 0).retriesPerIncrement()).isCloseTo(retries, within(places));
    }

    @ParameterizedTest
    @CsvSource({"4, 0.0862, 1.50", "16, 0.0862, 3.86", "112, 0.0862, 7.98", "112, 0.08, 8.31", "112, 0.09, 7.79"})
    void retention_saves_retries(int cpus, double retention, double retries) {
        assertThat(RetryChain.solve(cpus, retention).retriesPerIncrement()).isCloseTo(retries, within(0.005));
    }

    @Test
    void a_pair_is_served_nine_times_where_the_retention_was_calibrated() {
        RetryChain.Solution solution = RetryChain.solve(112, CALIBRATED);

        assertThat(solution.cpus()).isEqualTo(112);
        assertThat(solution.retention()).isEqualTo(CALIBRATED);
        assertThat(solution.servicesPerPair()).isCloseTo(9.30, within(0.005));
    }

    @Test
    void services_are_an_increment_a_decrement_and_the_retries_that_were_not_retained() {
        for (int cpus : new int[] {1, 2, 5, 112}) {
            for (double retention : new double[] {0, 0.3, 1}) {
                RetryChain.Solution solution = RetryChain.solve(cpus, retention);

                assertThat(solution.servicesPerPair())
                        .as("%d CPUs, retention %s", cpus, retention)
                        .isCloseTo(2 + solution.retriesPerIncrement() * (1 - retention), within(1e-9));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.0862, 0.3, 0.9, 1})
    void the_walk_along_d_gives_what_the_equations_of_all_states_give(double retention) {
        for (int cpus = 1; cpus <= 12; cpus++) {
            RetryChain.Solution quick = RetryChain.solve(cpus, retention);
            double[] slow = allStates(cpus, retention);

            assertThat(quick.retriesPerIncrement()).as("%d CPUs", cpus).isCloseTo(slow[0], within(1e-9));
            assertThat(quick.servicesPerPair()).as("%d CPUs", cpus).isCloseTo(slow[1], within(1e-9));
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.0862, 0.5, 1})
    void the_pure_loop_gives_what_the_equations_of_all_its_states_give(double retention) {
        for (int cpus = 1; cpus <= 12; cpus++) {
            // States 1..N: the number of CPUs that know the value. After a success only the winner knows it.
            double[][] moves = new double[cpus][cpus];
            double[] failed = new double[cpus];
            double[] succeeded = new double[cpus];
            for (int known = 1; known <= cpus; known++) {
                double fail = (double) (cpus - known) / cpus;
                failed[known - 1] = fail;
                succeeded[known - 1] = 1 - fail + fail * retention;
                moves[known - 1][0] += succeeded[known - 1];
                if (known < cpus) {
                    moves[known - 1][known] += fail * (1 - retention);
                }
            }
            double[] weight = stationary(moves);

            assertThat(RetryChain.pureLoopRetries(cpus, retention))
                    .as("%d CPUs", cpus)
                    .isCloseTo(dot(weight, failed) / dot(weight, succeeded), within(1e-9));
        }
    }

    @Test
    void the_pure_loop_follows_the_birthday_law() {
        assertThat(RetryChain.pureLoopRetries(112, 0) + 1).isCloseTo(12.940, within(0.0005));
        for (int cpus : new int[] {64, 256, 1024, 4096}) {
            double law = Math.sqrt(Math.PI * cpus / 2) - 1.0 / 3;

            assertThat(RetryChain.pureLoopRetries(cpus, 0) + 1)
                    .as("%d CPUs", cpus)
                    .isCloseTo(law, within(0.12 / Math.sqrt(cpus)));
        }
    }

    @Test
    void the_mean_field_is_near_the_chain() {
        assertThat(RetryChain.meanFieldRetries(111, 0.08)).isCloseTo(8.15, within(0.005));
        for (int cpus = 4; cpus <= 1024; cpus = cpus * 3 / 2) {
            for (double retention : new double[] {0, 0.05, CALIBRATED, 0.15, 0.5, 1}) {
                double exact = RetryChain.solve(cpus, retention).retriesPerIncrement();
                double mean = RetryChain.meanFieldRetries(cpus - 1, retention);

                // Without retention f varies widely, and the mean of its root is not the root of its mean.
                assertThat(mean / exact)
                        .as("%d CPUs, retention %s", cpus, retention)
                        .isCloseTo(1, within(retention < CALIBRATED ? 0.13 : 0.035));
            }
        }
    }

    @Test
    void nobody_else_means_no_retry_and_each_more_means_more() {
        double before = -1;
        for (double others = 0; others < 200; others += 0.25) {
            double retries = RetryChain.meanFieldRetries(others, CALIBRATED);
            assertThat(retries).isGreaterThan(before);
            before = retries;
        }
        assertThat(RetryChain.meanFieldRetries(0, 0)).isZero();
        assertThat(RetryChain.meanFieldRetries(0, CALIBRATED)).isZero();
        assertThat(RetryChain.meanFieldRetries(0, 1)).isZero();
    }

    @Test
    void with_full_retention_a_loser_fails_once_at_most() {
        double before = 0;
        for (int cpus = 2; cpus <= 4096; cpus *= 2) {
            double retries = RetryChain.solve(cpus, 1).retriesPerIncrement();

            assertThat(retries).isLessThan(1).isGreaterThan(before);
            assertThat(retries).isCloseTo(1 - 1.0 / cpus, within(1e-9));
            before = retries;
        }
        assertThat(before).isGreaterThan(0.98);
    }

    @Test
    void with_retention_retries_stay_below_its_inverse_however_many_cpus() {
        assertThat(RetryChain.solve(4096, 0.2).retriesPerIncrement()).isBetween(4.5, 5.0);
    }

    @Test
    void one_cpu_never_fails_and_the_most_cpus_are_solved() {
        assertThat(RetryChain.solve(1, 0)).isEqualTo(new RetryChain.Solution(1, 0, 0, 2));
        assertThat(RetryChain.pureLoopRetries(1, 0)).isZero();
        RetryChain.Solution most = RetryChain.solve(RetryChain.MOST_CPUS, 0);
        assertThat(most.retriesPerIncrement()).isBetween(95.0, 105.0);
        assertThat(most.servicesPerPair() / Math.sqrt(RetryChain.MOST_CPUS)).isCloseTo(1.65, within(0.02));
    }

    @Test
    void what_is_no_machine_or_no_chance_is_refused() {
        assertThatThrownBy(() -> RetryChain.solve(0, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("cpus must be from 1 to 4096, got 0");
        assertThatThrownBy(() -> RetryChain.pureLoopRetries(4097, 0)).hasMessageContaining("got 4097");
        for (double wrong : new double[] {-0.1, 1.1, Double.NaN}) {
            assertThatThrownBy(() -> RetryChain.solve(2, wrong))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("retention must be from 0 to 1, got " + wrong);
        }
    }

    /** Retries per increment and services per pair, from the stationary weights of all states (f, d). */
    private static double[] allStates(int cpus, double retention) {
        int side = cpus + 1;
        double[][] moves = new double[side * side][side * side];
        double[] failed = new double[side * side];
        double[] succeeded = new double[side * side];
        double[] served = new double[side * side];
        for (int f = 0; f < side; f++) {
            for (int d = 0; d < side; d++) {
                int here = f * side + d;
                if (f + d > cpus) {
                    moves[here][1] = 1; // not a state: leave it at once
                    continue;
                }
                double fail = (double) (cpus - f - d) / cpus;
                double success = (double) f / cpus + fail * retention;
                if (d > 0) {
                    moves[here][side + d - 1] += (double) d / cpus;
                }
                if (success > 0) {
                    moves[here][d + 1] += success;
                }
                if (fail > 0) {
                    moves[here][here + side] += fail * (1 - retention);
                }
                failed[here] = fail;
                succeeded[here] = success;
                served[here] = 1;
            }
        }
        double[] weight = stationary(moves);
        double successes = dot(weight, succeeded);
        return new double[] {dot(weight, failed) / successes, dot(weight, served) / successes};
    }

    /** The weights that the moves leave unchanged, by elimination; the last equation is that they sum to 1. */
    private static double[] stationary(double[][] moves) {
        int n = moves.length;
        double[][] equations = new double[n][n + 1];
        for (int to = 0; to < n - 1; to++) {
            for (int from = 0; from < n; from++) {
                equations[to][from] = moves[from][to] - (from == to ? 1 : 0);
            }
        }
        java.util.Arrays.fill(equations[n - 1], 1);
        for (int column = 0; column < n; column++) {
            int pivot = column;
            for (int row = column + 1; row < n; row++) {
                pivot = Math.abs(equations[row][column]) > Math.abs(equations[pivot][column]) ? row : pivot;
            }
            double[] swap = equations[column];
            equations[column] = equations[pivot];
            equations[pivot] = swap;
            for (int row = 0; row < n; row++) {
                double factor = equations[row][column] / equations[column][column];
                for (int i = column; row != column && factor != 0 && i <= n; i++) {
                    equations[row][i] -= factor * equations[column][i];
                }
            }
        }
        double[] weight = new double[n];
        for (int i = 0; i < n; i++) {
            weight[i] = equations[i][n] / equations[i][i];
        }
        return weight;
    }

    private static double dot(double[] one, double[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += one[i] * other[i];
        }
        return sum;
    }
}
