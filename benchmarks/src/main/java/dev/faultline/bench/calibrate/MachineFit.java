package dev.faultline.bench.calibrate;

import static dev.faultline.bench.calibrate.RoundValues.number;

import dev.faultline.bench.cores.CpuDistance;
import dev.faultline.bench.cores.FreeCores;
import dev.faultline.bench.cores.InconclusiveException;
import dev.faultline.bench.grid.SharingKind;
import dev.faultline.bench.grid.SharingModel;
import dev.faultline.bench.grid.SharingScenario;
import dev.faultline.machine.Costs;
import dev.faultline.machine.Machine;
import dev.faultline.machine.Sourced;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** Turns measurements into a machine, without reading a clock: the same measurements give the same machine. */
public final class MachineFit {

    private static final String WHO = "faultline calibrate: ";

    /** The largest ratio of upper to lower quartile: beyond it the rounds measured different things. */
    private static final double MOST_SPREAD = 3;

    private final Measurements measured;
    private final Map<CpuDistance, Sourced<Double>> transfers = new EnumMap<>(CpuDistance.class);

    private MachineFit(Measurements measured) {
        this.measured = measured;
        Sourced<Double> nearer = null;
        for (CpuDistance distance : CpuDistance.values()) {
            nearer = transfer(distance, Optional.ofNullable(nearer));
            transfers.put(distance, nearer);
        }
    }

    /**
     * Turns measurements into a machine.
     *
     * @param measured what was measured
     * @param machine the machine as known before; costs that are not measured are taken from it
     * @param model the model that is searched for the costs at which it has the measured times
     * @return the machine with the measured costs; the source of each is its median, quartiles and number of rounds
     * @throws InconclusiveException when the cores were not free or the rounds do not agree
     */
    public static Machine machine(Measurements measured, Machine machine, SharingModel model) {
        FreeCores.check(measured.spins(), measured.stolenShare());
        measured.transferNanos().forEach(MachineFit::checkSpread);
        Machine direct = machine.withCosts(new MachineFit(measured).costs(machine.costs()));
        return machine.withCosts(new SharingFit(measured, model, direct).costs());
    }

    private static void checkSpread(CpuDistance distance, RoundValues rounds) {
        if (!(rounds.median() > 0) || rounds.upperQuartile() > MOST_SPREAD * rounds.lowerQuartile()) {
            throw new InconclusiveException("inconclusive: the rounds do not agree on a transfer (" + distance.word()
                    + ": " + rounds.describe("ns") + "); end what else runs here, or give more --seconds");
        }
    }

    /** {@return the costs that need no search} */
    private Costs costs(Costs known) {
        return new Costs(
                figure(measured.hitNanos(), ", a load whose address depends on the one before"),
                figure(measured.atomicNanos(), ", an add by one thread"),
                new Costs.Transfers(
                        transfers.get(CpuDistance.CLUSTER),
                        transfers.get(CpuDistance.SOCKET),
                        transfers.get(CpuDistance.REMOTE)),
                known.occupancyShare(),
                unmeasured(known.lineTouchNanos()),
                unmeasured(known.splitAtomicNanos()),
                unmeasured(known.pairFactor()),
                known.retention(),
                known.holdShare(),
                new Costs.Pipeline(
                        store(known.pipeline().storeNanos()),
                        unmeasured(known.pipeline().storeBufferEntries()),
                        known.pipeline().outstandingMisses()));
    }

    private Sourced<Double> store(Sourced<Double> known) {
        return measured.sharing(new SharingScenario(SharingKind.STORE, 0, true), "each")
                .map(rounds -> figure(rounds, ", a store by each of two threads to a line of its own"))
                .orElseGet(() -> unmeasured(known));
    }

    private static Sourced<Double> figure(RoundValues rounds, String what) {
        return new Sourced<>(rounded(rounds.median()), WHO + rounds.describe("ns") + what);
    }

    /** A transfer is measured where there are CPUs that far apart; otherwise that of nearer CPUs stands in. */
    private Sourced<Double> transfer(CpuDistance distance, Optional<Sourced<Double>> nearer) {
        String pinned = measured.pinned() ? "" : ", threads not pinned, so that distances are not told apart";
        RoundValues rounds = measured.transferNanos().get(distance);
        if (rounds == null) {
            return nearer.map(
                            near -> new Sourced<>(near.value(), "no CPUs that far apart were measured; " + bare(near)))
                    .orElseGet(this::nearest);
        }
        Sourced<Double> figure = figure(rounds, ", handing a line over by compare-and-set" + pinned + check(distance));
        if (nearer.isPresent() && nearer.get().value() > figure.value()) {
            return new Sourced<>(nearer.get().value(), figure.source() + ", taken as no less than the nearer");
        }
        return figure;
    }

    /** {@return what another measurement says of the nearest transfer: threads that add, with long gaps} */
    private String check(CpuDistance distance) {
        boolean isNearest =
                measured.transferNanos().keySet().stream().noneMatch(other -> other.compareTo(distance) < 0);
        return SharingFit.extraNanos(measured, SharingKind.ADD, "each")
                .filter(any -> isNearest)
                .map(extra ->
                        "; with gaps of 500 ns an add takes " + number(Math.max(0, extra)) + " ns longer on one line")
                .orElse("");
    }

    private static String bare(Sourced<Double> nearer) {
        return nearer.source().replaceFirst("^no CPUs that far apart were measured; ", "");
    }

    private Sourced<Double> nearest() {
        CpuDistance least = measured.transferNanos().keySet().stream()
                .min(CpuDistance::compareTo)
                .orElseThrow();
        RoundValues rounds = measured.transferNanos().get(least);
        return new Sourced<>(
                rounded(rounds.median()),
                "no CPUs that near were measured; " + WHO + rounds.describe("ns") + " (" + least.word() + ")");
    }

    private static <T> Sourced<T> unmeasured(Sourced<T> known) {
        return new Sourced<>(known.value(), "not measured by calibrate; " + known.source());
    }

    /** Three places are more than the clock resolves. */
    private static double rounded(double value) {
        return Math.max(0.001, Math.round(value * 1000) / 1000.0);
    }
}
