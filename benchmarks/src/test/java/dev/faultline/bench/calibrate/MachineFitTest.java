package dev.faultline.bench.calibrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.faultline.bench.cores.CpuDistance;
import dev.faultline.bench.cores.FreeCores;
import dev.faultline.bench.cores.InconclusiveException;
import dev.faultline.bench.cores.SpinSample;
import dev.faultline.machine.Costs;
import dev.faultline.machine.Machine;
import dev.faultline.machine.MachineFiles;
import dev.faultline.machine.MachineReader;
import dev.faultline.machine.MachineWriter;
import dev.faultline.machine.Machines;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** Made-up figures, so that what must come out is known. */
class MachineFitTest {

    private static final List<SpinSample> FREE =
            List.of(new SpinSample(0, 1000, 1, 1000), new SpinSample(1, 1000, 1, 1000));

    private static RoundValues rounds(double... values) {
        return new RoundValues(Arrays.stream(values).boxed().toList());
    }

    private static Contention contention(
            int threads, Map<CpuDistance, Integer> pairs, double addNanos, double retries) {
        return new Contention(threads, pairs, rounds(addNanos), rounds(2 * addNanos), rounds(retries));
    }

    private static Measurements measured(
            Map<CpuDistance, RoundValues> transfers, List<SpinSample> spins, Contention... crowds) {
        return new Measurements(
                2, true, rounds(1.5), rounds(6, 7, 8), transfers, List.of(crowds), spins, OptionalDouble.empty());
    }

    private static Costs costs(Measurements measured, RetryModel model) {
        return MachineFit.machine(measured, Machines.x86(), Optional.ofNullable(model))
                .costs();
    }

    @Test
    void figures_are_medians_and_say_where_they_are_from() {
        Measurements measured = measured(
                Map.of(CpuDistance.CLUSTER, rounds(47, 41, 44)),
                FREE,
                contention(2, Map.of(CpuDistance.CLUSTER, 1), 22, 0.1));

        Costs costs = costs(measured, null);

        assertThat(costs.hitNanos().value()).isEqualTo(1.5);
        assertThat(costs.atomicNanos().value()).isEqualTo(7);
        assertThat(costs.transfers().clusterNanos().value()).isEqualTo(44);
        assertThat(costs.transfers().clusterNanos().source())
                .isEqualTo("faultline calibrate: median of 3 rounds, 42.5..45.5 ns,"
                        + " handing a line over by compare-and-set");
        assertThat(costs.occupancyShare().value()).isEqualTo(0.5);
        assertThat(costs.occupancyShare().source()).contains("2 threads").endsWith("44.0 ns a transfer: 0.500");
    }

    @Test
    void distances_that_the_machine_has_not_are_as_the_nearest_and_say_so() {
        Costs near = costs(
                measured(
                        Map.of(CpuDistance.CLUSTER, rounds(44)),
                        FREE,
                        contention(2, Map.of(CpuDistance.CLUSTER, 1), 22, 0)),
                null);
        assertThat(near.transfers().socketNanos().value()).isEqualTo(44);
        assertThat(near.transfers().remoteNanos().value()).isEqualTo(44);
        assertThat(near.transfers().remoteNanos().source())
                .startsWith("no CPUs that far apart were measured; faultline calibrate: median of 1 round,");

        Costs far = costs(
                measured(
                        Map.of(CpuDistance.REMOTE, rounds(144)),
                        FREE,
                        contention(2, Map.of(CpuDistance.REMOTE, 1), 72, 0)),
                null);
        assertThat(far.transfers().clusterNanos().value()).isEqualTo(144);
        assertThat(far.transfers().clusterNanos().source()).startsWith("no CPUs that near were measured; ");
        assertThat(far.transfers().remoteNanos().source()).startsWith("faultline calibrate: ");
    }

    @Test
    void a_transfer_never_costs_less_the_farther_it_goes() {
        Costs costs = costs(
                measured(
                        Map.of(CpuDistance.CLUSTER, rounds(50), CpuDistance.SOCKET, rounds(48)),
                        FREE,
                        contention(3, Map.of(CpuDistance.CLUSTER, 1, CpuDistance.SOCKET, 2), 22, 0)),
                null);
        assertThat(costs.transfers().socketNanos().value()).isEqualTo(50);
        assertThat(costs.transfers().socketNanos().source())
                .contains("48.0..48.0 ns")
                .endsWith("taken as no less than the nearer");
    }

    @Test
    void occupancy_is_a_part_of_the_transfers_between_those_cpus_and_is_clamped() {
        Map<CpuDistance, RoundValues> transfers =
                Map.of(CpuDistance.CLUSTER, rounds(20), CpuDistance.REMOTE, rounds(110));
        Map<CpuDistance, Integer> pairs = Map.of(CpuDistance.CLUSTER, 2, CpuDistance.REMOTE, 4); // on average 80 ns
        Contention two =
                contention(2, Map.of(CpuDistance.CLUSTER, 1), 1000, 0); // the contention of most threads counts

        assertThat(costs(measured(transfers, FREE, two, contention(4, pairs, 20, 0)), null)
                        .occupancyShare()
                        .value())
                .isEqualTo(0.25);
        Costs slow = costs(measured(transfers, FREE, two, contention(4, pairs, 120, 0)), null);
        assertThat(slow.occupancyShare().value()).isEqualTo(1);
        assertThat(slow.occupancyShare().source()).endsWith(": 1.50");
        assertThat(costs(measured(transfers, FREE, two, contention(4, pairs, 0, 0)), null)
                        .occupancyShare()
                        .value())
                .isPositive();
    }

    @Test
    void retention_is_that_with_which_the_model_has_the_retries_that_were_counted() {
        RetryModel falling = (cpus, retention) -> (cpus - 1) * (1 - retention * retention);
        RetryModel rising = (cpus, retention) -> cpus * retention;

        assertThat(retention(falling, 2, 0.75)).isCloseTo(0.5, within(1e-5));
        assertThat(retention(falling, 16, 15)).isCloseTo(0, within(1e-5));
        assertThat(retention(rising, 4, 1)).isCloseTo(0.25, within(1e-5));
        assertThat(retention(falling, 2, 3)).isZero();
        assertThat(retention(rising, 2, 3)).isEqualTo(1);
        assertThat(retention(rising, 2, 0)).isZero();
    }

    @Test
    void retention_that_cannot_be_fitted_is_none_and_says_so() {
        Contention contention = contention(2, Map.of(CpuDistance.CLUSTER, 1), 20, 0.5);
        assertThat(RetentionFit.fit(contention, Optional.empty()).value()).isZero();
        assertThat(RetentionFit.fit(contention, Optional.empty()).source())
                .startsWith("not fitted")
                .contains("0.500 retries an update by 2 threads, 40.0 ns an update against 20.0 ns an add");
        for (RetryModel silent : List.<RetryModel>of((cpus, h) -> Double.NaN, (cpus, h) -> 1)) {
            assertThat(RetentionFit.fit(contention, Optional.of(silent)).value())
                    .isZero();
            assertThat(RetentionFit.fit(contention, Optional.of(silent)).source())
                    .startsWith("could not be fitted");
        }
        assertThat(RetentionFit.fit(contention, Optional.of((cpus, h) -> 3 + h)).source())
                .startsWith("outside what the model");
    }

    private static double retention(RetryModel model, int threads, double retries) {
        return costs(
                        measured(
                                Map.of(CpuDistance.CLUSTER, rounds(40)),
                                FREE,
                                contention(threads, Map.of(CpuDistance.CLUSTER, 1), 20, retries)),
                        model)
                .retention()
                .value();
    }

    @Test
    void what_is_not_measured_is_the_other_machines_and_the_whole_can_be_written_and_read() {
        Machine machine = MachineFit.machine(
                measured(
                        Map.of(CpuDistance.CLUSTER, rounds(44)),
                        FREE,
                        contention(2, Map.of(CpuDistance.CLUSTER, 1), 22, 0)),
                Machines.milan(),
                Optional.empty());

        assertThat(machine.costs().pairFactor().source()).startsWith("not measured by calibrate; ");
        assertThat(machine.costs().lineTouchNanos().value())
                .isEqualTo(Machines.milan().costs().lineTouchNanos().value());
        assertThat(machine.topology()).isEqualTo(Machines.milan().topology());
        assertThat(MachineReader.read("m", MachineWriter.write(machine), MachineFiles.none()))
                .isEqualTo(machine);
    }

    @Test
    void threads_that_were_not_pinned_are_told() {
        Measurements loose = new Measurements(
                2,
                false,
                rounds(1.5),
                rounds(7),
                Map.of(CpuDistance.CLUSTER, rounds(44)),
                List.of(contention(2, Map.of(CpuDistance.CLUSTER, 1), 22, 0)),
                FREE,
                OptionalDouble.empty());
        assertThat(costs(loose, null).transfers().clusterNanos().source()).contains("threads not pinned");
    }

    @Test
    void cores_that_were_not_free_are_worth_nothing() {
        assertInconclusive(
                "inconclusive: CPU 1 was not free: others had it for 10.0 % of the time",
                OptionalDouble.empty(),
                new SpinSample(0, 1000, 0, 1000),
                new SpinSample(1, 900, 200, 1000),
                new SpinSample(1, 1000, 0, 1000));
        assertInconclusive(
                "inconclusive: CPU 0 did only 35.0 % of the work of others",
                OptionalDouble.empty(),
                new SpinSample(0, 350, 0, 1000),
                new SpinSample(1, 1000, 0, 1000),
                new SpinSample(2, 1000, 0, 1000));
        assertInconclusive(
                "inconclusive: the hypervisor gave 12.0 % of the CPUs' time to other machines",
                OptionalDouble.of(0.12), new SpinSample(0, 1000, 0, 1000));
        FreeCores.check(FREE, OptionalDouble.of(0.01));
    }

    private static void assertInconclusive(String reason, OptionalDouble stolen, SpinSample... spins) {
        assertThatThrownBy(() -> FreeCores.check(new ArrayList<>(List.of(spins)), stolen))
                .isInstanceOf(InconclusiveException.class)
                .hasMessageStartingWith(reason);
    }

    @Test
    void rounds_that_do_not_agree_are_worth_nothing() {
        Measurements measured = measured(
                Map.of(CpuDistance.CLUSTER, rounds(10, 10, 100, 100)),
                FREE,
                contention(2, Map.of(CpuDistance.CLUSTER, 1), 22, 0));
        assertThatThrownBy(() -> costs(measured, null))
                .isInstanceOf(InconclusiveException.class)
                .hasMessageStartingWith(
                        "inconclusive: the rounds do not agree on a transfer (cluster: median of 4 rounds,");
    }

    @Test
    void medians_and_quartiles_are_those_of_the_sorted_rounds() {
        RoundValues five = rounds(5, 1, 4, 2, 3);
        assertThat(List.of(five.lowerQuartile(), five.median(), five.upperQuartile()))
                .containsExactly(2.0, 3.0, 4.0);
        assertThat(rounds(1, 2).median()).isEqualTo(1.5);
        assertThat(rounds(7).upperQuartile()).isEqualTo(7);
        assertThatThrownBy(() -> new RoundValues(List.of())).isInstanceOf(IllegalArgumentException.class);
        for (double nonsense : new double[] {Double.NaN, -1, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> rounds(1, nonsense)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
