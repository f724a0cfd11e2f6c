package dev.faultline.offheap.calibrate;

import static dev.faultline.offheap.calibrate.Rounds.number;

import dev.faultline.machine.Costs;
import dev.faultline.machine.Machine;
import dev.faultline.machine.Sourced;
import dev.faultline.offheap.cores.FreeCores;
import dev.faultline.offheap.cores.InconclusiveException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** Turns what was measured into a machine. Touches no clock; the same measurements give the same machine. */
public final class Analysis {

    private static final String WHO = "faultline calibrate: ";

    /** Quartiles further apart than this say that it was not one thing that was measured. */
    private static final double MOST_SPREAD = 3;

    private final Measurements measured;
    private final Map<Distance, Sourced<Double>> transfers = new EnumMap<>(Distance.class);

    private Analysis(Measurements measured) {
        this.measured = measured;
        Sourced<Double> nearer = null;
        for (Distance distance : Distance.values()) {
            nearer = transfer(distance, Optional.ofNullable(nearer));
            transfers.put(distance, nearer);
        }
    }

    /**
     * Turns measurements into a machine.
     *
     * @param measured what was measured
     * @param machine what is known of the machine otherwise; costs that are not measured are its
     * @param model what retention is fitted with, when there is a model
     * @return the machine with the costs measured, each with its median, quartiles and number of rounds as its source
     * @throws InconclusiveException when the cores were not free or the rounds do not agree
     */
    public static Machine machine(Measurements measured, Machine machine, Optional<RetryModel> model) {
        FreeCores.check(measured.spins(), measured.stolenShare());
        measured.transferNanos().forEach(Analysis::checkSpread);
        return machine.withCosts(new Analysis(measured).costs(machine.costs(), model));
    }

    private static void checkSpread(Distance distance, Rounds rounds) {
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
                        transfers.get(Distance.CLUSTER),
                        transfers.get(Distance.SOCKET),
                        transfers.get(Distance.REMOTE)),
                occupancy(),
                unmeasured(known.lineTouchNanos()),
                unmeasured(known.splitAtomicNanos()),
                unmeasured(known.pairFactor()),
                Retention.fit(crowd(), model));
    }

    private static Sourced<Double> figure(Rounds rounds, String what) {
        return new Sourced<>(rounded(rounds.median()), WHO + rounds.describe("ns") + what);
    }

    /** Measured where CPUs are that far apart; else as the nearer, since no CPU will ask. */
    private Sourced<Double> transfer(Distance distance, Optional<Sourced<Double>> nearer) {
        String pinned = measured.pinned() ? "" : ", threads not pinned, so that distances are not told apart";
        Rounds rounds = measured.transferNanos().get(distance);
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
        Distance least = measured.transferNanos().keySet().stream()
                .min(Distance::compareTo)
                .orElseThrow();
        Rounds rounds = measured.transferNanos().get(least);
        return new Sourced<>(
                rounded(rounds.median()),
                "no CPUs that near were measured; " + WHO + rounds.describe("ns") + " (" + least.word() + ")");
    }

    private Contention crowd() {
        return measured.contention().get(measured.contention().size() - 1);
    }

    /** A line that all write is busy for as long as an add takes; as a part of the transfer between those CPUs. */
    private Sourced<Double> occupancy() {
        Contention crowd = crowd();
        double pairs = 0;
        double nanos = 0;
        for (Map.Entry<Distance, Integer> each : crowd.pairs().entrySet()) {
            pairs += each.getValue();
            nanos += each.getValue() * transfers.get(each.getKey()).value();
        }
        double transfer = nanos / pairs;
        double raw = crowd.addNanos().median() / transfer;
        String source = WHO + crowd.addNanos().describe("ns") + " an add by " + crowd.threads() + " threads, against "
                + number(transfer) + " ns a transfer: " + number(raw);
        double least = 0.001; // something is always occupied
        return new Sourced<>(rounded(Math.min(1, Math.max(least, raw))), source);
    }

    private static Sourced<Double> unmeasured(Sourced<Double> known) {
        return new Sourced<>(known.value(), "not measured by calibrate; " + known.source());
    }

    /** Three places are more than a clock gives. */
    private static double rounded(double value) {
        return Math.max(0.001, Math.round(value * 1000) / 1000.0);
    }
}
