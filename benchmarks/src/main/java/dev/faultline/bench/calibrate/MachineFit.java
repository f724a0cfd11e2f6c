package dev.faultline.bench.calibrate;

import static dev.faultline.bench.calibrate.RoundValues.number;

import dev.faultline.bench.cores.CpuDistance;
import dev.faultline.bench.cores.FreeCores;
import dev.faultline.bench.cores.InconclusiveException;
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
     * @param model the model that retention is fitted with, when there is one
     * @return the machine with the measured costs; the source of each is its median, quartiles and number of rounds
     * @throws InconclusiveException when the cores were not free or the rounds do not agree
     */
    public static Machine machine(Measurements measured, Machine machine, Optional<RetryModel> model) {
        FreeCores.check(measured.spins(), measured.stolenShare());
        measured.transferNanos().forEach(MachineFit::checkSpread);
        return machine.withCosts(new MachineFit(measured).costs(machine.costs(), model));
    }

    private static void checkSpread(CpuDistance distance, RoundValues rounds) {
        if (!(rounds.median() > 0) || rounds.upperQuartile() > MOST_SPREAD * rounds.lowerQuartile()) {
            throw new InconclusiveException("inconclusive: the rounds do not agree on a transfer (" + distance.word()
                    + ": " + rounds.describe("ns") + "); end what else runs here, or give more --seconds");
        }
    }

    private Costs costs(Costs known, Optional<RetryModel> model) {
        return new Costs(
                figure(measured.hitNanos(), ", a load whose address depends on the one before"),
                figure(measured.atomicNanos(), ", an add by one thread"),
                new Costs.Transfers(
                        transfers.get(CpuDistance.CLUSTER),
                        transfers.get(CpuDistance.SOCKET),
                        transfers.get(CpuDistance.REMOTE)),
                occupancy(),
                unmeasured(known.lineTouchNanos()),
                unmeasured(known.splitAtomicNanos()),
                unmeasured(known.pairFactor()),
                RetentionFit.fit(allThreads(), model));
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
        Sourced<Double> figure = figure(rounds, ", handing a line over by compare-and-set" + pinned);
        if (nearer.isPresent() && nearer.get().value() > figure.value()) {
            return new Sourced<>(nearer.get().value(), figure.source() + ", taken as no less than the nearer");
        }
        return figure;
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

    private Contention allThreads() {
        return measured.contention().get(measured.contention().size() - 1);
    }

    /** How long an add keeps a contended line busy, as a share of a transfer between those CPUs. */
    private Sourced<Double> occupancy() {
        Contention all = allThreads();
        double pairs = 0;
        double nanos = 0;
        for (Map.Entry<CpuDistance, Integer> each : all.pairs().entrySet()) {
            pairs += each.getValue();
            nanos += each.getValue() * transfers.get(each.getKey()).value();
        }
        double transfer = nanos / pairs;
        double raw = all.addNanos().median() / transfer;
        String source = WHO + all.addNanos().describe("ns") + " an add by " + all.threads() + " threads, against "
                + number(transfer) + " ns a transfer: " + number(raw);
        double least = 0.001; // a line is never free at once
        return new Sourced<>(rounded(Math.min(1, Math.max(least, raw))), source);
    }

    private static Sourced<Double> unmeasured(Sourced<Double> known) {
        return new Sourced<>(known.value(), "not measured by calibrate; " + known.source());
    }

    /** Three places are more than the clock resolves. */
    private static double rounded(double value) {
        return Math.max(0.001, Math.round(value * 1000) / 1000.0);
    }
}
