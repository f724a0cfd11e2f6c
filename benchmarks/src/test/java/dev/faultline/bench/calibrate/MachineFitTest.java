package dev.faultline.bench.calibrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.faultline.bench.cores.CpuDistance;
import dev.faultline.bench.cores.FreeCores;
import dev.faultline.bench.cores.InconclusiveException;
import dev.faultline.bench.cores.SpinSample;
import dev.faultline.bench.grid.GridComparison;
import dev.faultline.bench.grid.SharingKind;
import dev.faultline.bench.grid.SharingModel;
import dev.faultline.bench.grid.SharingScenario;
import dev.faultline.bench.grid.SharingSeries;
import dev.faultline.bench.grid.SharingSimulator;
import dev.faultline.machine.Costs;
import dev.faultline.machine.Machine;
import dev.faultline.machine.MachineFiles;
import dev.faultline.machine.MachineReader;
import dev.faultline.machine.MachineWriter;
import dev.faultline.machine.Machines;
import dev.faultline.machine.Sourced;
import dev.faultline.measure.Environment;
import dev.faultline.measure.SharingGrid;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.DoubleUnaryOperator;
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
        return measured(transfers, spins, List.of(), crowds);
    }

    private static Measurements measured(
            Map<CpuDistance, RoundValues> transfers,
            List<SpinSample> spins,
            List<SharingSeries> sharing,
            Contention... crowds) {
        return new Measurements(
                2,
                environment(true),
                rounds(1.5),
                rounds(6, 7, 8),
                transfers,
                List.of(crowds),
                sharing,
                spins,
                OptionalDouble.empty());
    }

    private static Environment environment(boolean isPinned) {
        return new Environment("processor", "java", "system", List.of(0, 1), isPinned);
    }

    private static Costs costs(Measurements measured) {
        return MachineFit.machine(measured, Machines.x86(), new Formula()).costs();
    }

    /** A model that needs no simulation: adds take as long as the line is occupied, and no more. */
    private static final class Formula implements SharingModel {
        @Override
        public Map<String, Double> nanos(SharingScenario scenario, Machine machine) {
            throw new AssertionError("nothing was measured of " + scenario);
        }

        @Override
        public double addNanos(int threads, Machine machine) {
            return machine.costs().occupancyShare().value()
                    * machine.costs().transfers().clusterNanos().value();
        }

        @Override
        public double retries(int threads, Machine machine) {
            return 0;
        }
    }

    @Test
    void figures_are_medians_and_say_where_they_are_from() {
        Measurements measured = measured(
                Map.of(CpuDistance.CLUSTER, rounds(47, 41, 44)),
                FREE,
                contention(2, Map.of(CpuDistance.CLUSTER, 1), 22, 0.1));

        Costs costs = costs(measured);

        assertThat(costs.hitNanos().value()).isEqualTo(1.5);
        assertThat(costs.atomicNanos().value()).isEqualTo(7);
        assertThat(costs.transfers().clusterNanos().value()).isEqualTo(44);
        assertThat(costs.transfers().clusterNanos().source())
                .isEqualTo("faultline calibrate: median of 3 rounds, 42.5..45.5 ns,"
                        + " handing a line over by compare-and-set");
        assertThat(costs.holdShare())
                .isEqualTo(new Sourced<>(
                        Machines.x86().costs().holdShare().value(),
                        "not measured by calibrate; "
                                + Machines.x86().costs().holdShare().source()));
        assertThat(costs.occupancyShare().source()).contains("two CPUs cannot show more than the hold");
    }

    @Test
    void distances_that_the_machine_has_not_are_as_the_nearest_and_say_so() {
        Costs near = costs(measured(
                Map.of(CpuDistance.CLUSTER, rounds(44)), FREE, contention(2, Map.of(CpuDistance.CLUSTER, 1), 22, 0)));
        assertThat(near.transfers().socketNanos().value()).isEqualTo(44);
        assertThat(near.transfers().remoteNanos().value()).isEqualTo(44);
        assertThat(near.transfers().remoteNanos().source())
                .startsWith("no CPUs that far apart were measured; faultline calibrate: median of 1 round,");

        Costs far = costs(measured(
                Map.of(CpuDistance.REMOTE, rounds(144)), FREE, contention(2, Map.of(CpuDistance.REMOTE, 1), 72, 0)));
        assertThat(far.transfers().clusterNanos().value()).isEqualTo(144);
        assertThat(far.transfers().clusterNanos().source()).startsWith("no CPUs that near were measured; ");
        assertThat(far.transfers().remoteNanos().source()).startsWith("faultline calibrate: ");
    }

    @Test
    void a_transfer_never_costs_less_the_farther_it_goes() {
        Costs costs = costs(measured(
                Map.of(CpuDistance.CLUSTER, rounds(50), CpuDistance.SOCKET, rounds(48)),
                FREE,
                contention(3, Map.of(CpuDistance.CLUSTER, 1, CpuDistance.SOCKET, 2), 22, 0)));
        assertThat(costs.transfers().socketNanos().value()).isEqualTo(50);
        assertThat(costs.transfers().socketNanos().source())
                .contains("48.0..48.0 ns")
                .endsWith("taken as no less than the nearer");
    }

    @Test
    void occupancy_is_fitted_to_the_adds_of_three_threads_and_more() {
        Map<CpuDistance, RoundValues> transfers = Map.of(CpuDistance.CLUSTER, rounds(80));
        Contention two = contention(2, Map.of(CpuDistance.CLUSTER, 1), 1000, 0); // that of most threads counts
        Map<CpuDistance, Integer> pairs = Map.of(CpuDistance.CLUSTER, 6);

        Costs costs = costs(measured(transfers, FREE, two, contention(4, pairs, 20, 0)));
        assertThat(costs.occupancyShare().value()).isEqualTo(0.25);
        assertThat(costs.occupancyShare().source()).contains("20.0..20.0 ns an add by 4 threads, fitted (20.0 ns");

        assertThat(costs(measured(transfers, FREE, two, contention(4, pairs, 120, 0)))
                        .occupancyShare()
                        .value())
                .isEqualTo(1);
        Costs quick = costs(measured(transfers, FREE, two, contention(4, pairs, 0, 0)));
        assertThat(quick.occupancyShare().value()).isPositive();
        assertThat(quick.occupancyShare().source()).contains("which the hold explains");
    }

    @Test
    void a_simulated_machine_is_found_again_from_the_times_it_has() {
        SharingModel model = new SharingSimulator(6_000);
        Costs x86 = Machines.x86().costs();
        Sourced<Double> transfer = new Sourced<>(88.0, "made up");
        Machine made = Machines.x86()
                .withCpus(2, "made up")
                .withCosts(new Costs(
                        new Sourced<>(1.5, "made up"),
                        new Sourced<>(7.0, "made up"),
                        new Costs.Transfers(transfer, transfer, transfer),
                        new Sourced<>(0.62, "made up"),
                        x86.lineTouchNanos(),
                        x86.splitAtomicNanos(),
                        x86.pairFactor(),
                        new Sourced<>(0.0, "made up"),
                        new Sourced<>(0.62, "made up"),
                        new Costs.Pipeline(
                                new Sourced<>(0.5, "made up"),
                                x86.pipeline().storeBufferEntries(),
                                new Sourced<>(4, "made up"))));
        List<SharingSeries> sharing = new ArrayList<>();
        for (SharingScenario scenario : SharingScenario.all(SharingScenario.CALIBRATED_GAPS)) {
            model.nanos(scenario, made)
                    .forEach((role, nanos) -> sharing.add(new SharingSeries(scenario, role, List.of(nanos))));
        }
        Measurements measured = measured(
                Map.of(CpuDistance.CLUSTER, rounds(88)),
                FREE,
                sharing,
                contention(2, Map.of(CpuDistance.CLUSTER, 1), 22, model.retries(2, made)));
        Machine before = Machines.x86().withCpus(2, "made up");

        Machine fitted = MachineFit.machine(measured, before, model);

        assertThat(fitted.costs().holdShare().value()).isCloseTo(0.62, within(0.03));
        assertThat(fitted.costs().holdShare().source())
                .contains("fitted to adds by two threads", "at gaps of 0, 50, 500");
        assertThat(fitted.costs().pipeline().storeNanos().value())
                .isEqualTo(Math.round(1e3
                                * model.nanos(new SharingScenario(SharingKind.STORE, 0, true), made)
                                        .get("each"))
                        / 1e3);
        assertThat(fitted.costs().pipeline().outstandingMisses().value()).isBetween(3, 5);
        assertThat(fitted.costs().retention().value()).isZero();
        assertThat(fitted.costs().retention().source()).startsWith("none needed");
        assertThat(fitted.costs().transfers().clusterNanos().source()).contains("with gaps of 500 ns an add takes");
        assertThat(MachineFit.machine(measured, before, model)).isEqualTo(fitted);
        assertThat(GridComparison.of(sharing, environment(true), model, fitted).cells())
                .filteredOn(cell -> cell.row().kind().equals(SharingKind.ADD.title()))
                .allMatch(SharingGrid.Cell::isClose);
    }

    @Test
    void retention_is_that_with_which_the_model_has_the_retries_that_were_counted() {
        DoubleUnaryOperator falling = retention -> 1 - retention * retention;
        DoubleUnaryOperator rising = retention -> 4 * retention;

        assertThat(retention(falling, 0.5)).isCloseTo(Math.sqrt(0.5), within(1e-5));
        assertThat(retention(rising, 1)).isCloseTo(0.25, within(1e-5));
        assertThat(retention(falling, 3)).isZero();
        assertThat(retention(rising, 5)).isEqualTo(1);
        assertThat(retention(rising, 0)).isZero();
    }

    @Test
    void retention_that_the_model_does_not_need_is_none_and_says_so() {
        Contention contention = contention(2, Map.of(CpuDistance.CLUSTER, 1), 20, 0.5);
        Sourced<Double> none = RetentionFit.fit(contention, retention -> 0.6 - retention / 2);
        assertThat(none.value()).isZero();
        assertThat(none.source())
                .startsWith("none needed, the model has 0.600 retries without")
                .contains("0.500 retries an update by 2 threads, 40.0 ns an update against 20.0 ns an add");
    }

    @Test
    void retention_that_cannot_be_fitted_is_none_and_says_so() {
        Contention contention = contention(2, Map.of(CpuDistance.CLUSTER, 1), 20, 0.5);
        for (DoubleUnaryOperator silent : List.<DoubleUnaryOperator>of(retention -> Double.NaN, retention -> 1)) {
            assertThat(RetentionFit.fit(contention, silent).value()).isZero();
            assertThat(RetentionFit.fit(contention, silent).source()).startsWith("could not be fitted");
        }
        assertThat(RetentionFit.fit(contention, retention -> 3 + retention).source())
                .startsWith("outside what the model");
    }

    private static double retention(DoubleUnaryOperator model, double retries) {
        return RetentionFit.fit(contention(2, Map.of(CpuDistance.CLUSTER, 1), 20, retries), model)
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
                new Formula());

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
                environment(false),
                rounds(1.5),
                rounds(7),
                Map.of(CpuDistance.CLUSTER, rounds(44)),
                List.of(contention(2, Map.of(CpuDistance.CLUSTER, 1), 22, 0)),
                List.of(),
                FREE,
                OptionalDouble.empty());
        assertThat(costs(loose).transfers().clusterNanos().source()).contains("threads not pinned");
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
        assertThatThrownBy(() -> costs(measured))
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
