package dev.faultline.bench.calibrate;

import static dev.faultline.bench.calibrate.RoundValues.number;

import dev.faultline.bench.grid.SharingKind;
import dev.faultline.bench.grid.SharingModel;
import dev.faultline.bench.grid.SharingScenario;
import dev.faultline.bench.grid.SharingSeries;
import dev.faultline.machine.Costs;
import dev.faultline.machine.Machine;
import dev.faultline.machine.Sourced;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Finds the costs at which a model has the times that were measured of threads that share lines. They are searched one
 * after the other, since the model cannot be solved for them.
 */
final class SharingFit {

    private static final String WHO = "faultline calibrate: ";
    /** A line is never free at once. */
    private static final double LEAST_OCCUPANCY = 0.001;
    /** As many lines as the summing reader loads; more at a time make no difference to it. */
    private static final int MOST_OUTSTANDING = 16;

    private static final int HALVINGS = 20;
    private static final double LONGEST_GAP =
            SharingScenario.CALIBRATED_GAPS.get(SharingScenario.CALIBRATED_GAPS.size() - 1);

    private final Measurements measured;
    private final SharingModel model;
    private final Machine known;

    /**
     * @param measured what was measured
     * @param model predicts the same times
     * @param known the machine, with the costs that need no search
     */
    SharingFit(Measurements measured, SharingModel model, Machine known) {
        this.measured = measured;
        this.model = model;
        this.known = known;
    }

    /** {@return the costs with those that need a search: hold, occupancy and outstanding misses, then retention} */
    Costs costs() {
        Sourced<Double> hold = hold();
        Machine machine = with(known, hold.value());
        machine = machine.withCosts(machine.costs().withHold(hold.value(), hold.source()));
        machine = machine.withCosts(machine.costs().withOccupancy(occupancy(machine)));
        machine = machine.withCosts(machine.costs().withOutstanding(outstanding(machine)));
        Sourced<Double> retention = retention(machine);
        return machine.costs().withRetention(retention.value(), retention.source());
    }

    /** {@return a machine that holds lines so long, and whose lines are not occupied longer than that} */
    private static Machine with(Machine machine, double hold) {
        Sourced<Double> occupancy = machine.costs().occupancyShare();
        double least = Math.min(occupancy.value(), Math.max(LEAST_OCCUPANCY, hold));
        return machine.withCosts(machine.costs()
                .withHold(hold, machine.costs().holdShare().source())
                .withOccupancy(new Sourced<>(least, occupancy.source())));
    }

    private Sourced<Double> hold() {
        List<SharingSeries> series = shared();
        if (series.isEmpty()) {
            Sourced<Double> before = known.costs().holdShare();
            return new Sourced<>(before.value(), "not measured by calibrate; " + before.source());
        }
        double coarse = best(steps(0, 1, 0.05), hold -> error(series, with(known, hold)));
        double fine = best(
                steps(Math.max(0, coarse - 0.04), Math.min(1, coarse + 0.04), 0.01),
                hold -> error(series, with(known, hold)));
        Machine machine = with(known, fine);
        return new Sourced<>(
                fine,
                WHO + "fitted to adds by two threads and a reader beside a writer, on one line: "
                        + words(series, machine));
    }

    /** {@return times on one line that depend on how long a holder keeps it} */
    private List<SharingSeries> shared() {
        return measured.sharing().stream()
                .filter(one -> !one.scenario().isApart())
                .filter(one -> one.scenario().kind() == SharingKind.ADD
                        || one.scenario().kind() == SharingKind.WRITER_BESIDE_READER
                                && one.role().equals("reader"))
                .toList();
    }

    private Sourced<Integer> outstanding(Machine machine) {
        Sourced<Integer> before = machine.costs().pipeline().outstandingMisses();
        // only at the longest gap has the other thread written all lines before the next sum
        SharingScenario sums = new SharingScenario(SharingKind.SUMMING_READER, LONGEST_GAP, true);
        List<SharingSeries> series = measured.sharing().stream()
                .filter(one -> one.scenario().equals(sums) && one.role().equals("reader"))
                .toList();
        if (series.isEmpty()) {
            return new Sourced<>(before.value(), "not measured by calibrate; " + before.source());
        }
        double best = best(
                IntStream.rangeClosed(1, MOST_OUTSTANDING).asDoubleStream(),
                lines -> error(series, with(machine, (int) lines)));
        String more = best < MOST_OUTSTANDING ? "" : " or more";
        return new Sourced<>(
                (int) best,
                WHO + "fitted to a reader that sums 16 lines which another thread writes: " + (int) best + more + "; "
                        + words(series, with(machine, (int) best)));
    }

    private static Machine with(Machine machine, int outstanding) {
        String source = machine.costs().pipeline().outstandingMisses().source();
        return machine.withCosts(machine.costs().withOutstanding(new Sourced<>(outstanding, source)));
    }

    private Sourced<Double> occupancy(Machine machine) {
        Contention all = measured.contention().get(measured.contention().size() - 1);
        Sourced<Double> least = machine.costs().occupancyShare();
        double nanos = all.addNanos().median();
        String source = WHO + all.addNanos().describe("ns") + " an add by " + all.threads() + " threads";
        if (all.threads() < 3) {
            double transfer = machine.costs().transfers().clusterNanos().value();
            double share = Math.min(least.value(), Math.max(LEAST_OCCUPANCY, nanos / transfer));
            return new Sourced<>(
                    Math.round(1e3 * share) / 1e3,
                    source + ", against " + number(transfer)
                            + " ns a transfer; two CPUs cannot show more than the hold, which counts where it is longer");
        }
        double shortest = model.addNanos(all.threads(), withOccupancy(machine, LEAST_OCCUPANCY));
        if (nanos <= shortest) {
            return new Sourced<>(
                    least.value(), source + ", which the hold explains (" + number(shortest) + " ns in the model)");
        }
        double low = LEAST_OCCUPANCY;
        double high = 1;
        for (int i = 0; i < HALVINGS; i++) {
            double middle = (low + high) / 2;
            if (model.addNanos(all.threads(), withOccupancy(machine, middle)) < nanos) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return new Sourced<>(
                Math.round(1e3 * high) / 1e3,
                source + ", fitted (" + number(model.addNanos(all.threads(), withOccupancy(machine, high)))
                        + " ns in the model)");
    }

    private static Machine withOccupancy(Machine machine, double share) {
        String source = machine.costs().occupancyShare().source();
        return machine.withCosts(machine.costs().withOccupancy(new Sourced<>(share, source)));
    }

    /** {@return what is left to explain of the retries of all threads, when lines are held as long as was found} */
    private Sourced<Double> retention(Machine machine) {
        Contention all = measured.contention().get(measured.contention().size() - 1);
        return RetentionFit.fit(
                all,
                retention -> model.retries(
                        all.threads(), machine.withCosts(machine.costs().withRetention(retention, "fitted"))));
    }

    private static DoubleStream steps(double from, double to, double by) {
        return IntStream.rangeClosed(0, (int) Math.round((to - from) / by))
                .mapToDouble(i -> Math.round(1e3 * (from + i * by)) / 1e3);
    }

    /** {@return the value of least error; of several the first} */
    private static double best(DoubleStream values, DoubleUnaryOperator error) {
        double best = Double.NaN;
        double least = Double.POSITIVE_INFINITY;
        for (double value : values.toArray()) {
            double one = error.applyAsDouble(value);
            if (one < least || Double.isNaN(best)) {
                best = value;
                least = one;
            }
        }
        return best;
    }

    /** {@return the mean square of the logarithm of predicted to measured times} */
    private double error(List<SharingSeries> series, Machine machine) {
        return series.stream()
                .mapToDouble(one -> {
                    double log = Math.log(predicted(one, machine) / median(one));
                    return log * log;
                })
                .average()
                .orElseThrow();
    }

    private double predicted(SharingSeries one, Machine machine) {
        return model.nanos(one.scenario(), machine).get(one.role());
    }

    private static double median(SharingSeries one) {
        return new RoundValues(one.roundNanos()).median();
    }

    /** {@return such as {@code "26.0 (25.1 in the model), 148 (142) and 577 (590) ns at gaps of 0, 50 and 500 ns"}} */
    private String words(List<SharingSeries> series, Machine machine) {
        List<Double> gaps = series.stream()
                .map(one -> one.scenario().gapNanos())
                .distinct()
                .sorted()
                .toList();
        return series.stream()
                        .collect(Collectors.groupingBy(
                                one -> one.scenario().kind(), java.util.LinkedHashMap::new, Collectors.toList()))
                        .values()
                        .stream()
                        .map(ofKind -> ofKind.stream()
                                .map(one -> number(median(one)) + " (model " + number(predicted(one, machine)) + ")")
                                .collect(Collectors.joining(", ")))
                        .collect(Collectors.joining("; "))
                + (gaps.size() == 1 ? " ns at a gap of " : " ns at gaps of ")
                + gaps.stream().map(gap -> String.valueOf(Math.round(gap))).collect(Collectors.joining(", ")) + " ns";
    }

    /** {@return how much longer an operation of a kind takes on one line, at the longest gap; when it was measured} */
    static Optional<Double> extraNanos(Measurements measured, SharingKind kind, String role) {
        return measured.sharing(new SharingScenario(kind, LONGEST_GAP, false), role)
                .flatMap(together -> measured.sharing(new SharingScenario(kind, LONGEST_GAP, true), role)
                        .map(apart -> together.median() - apart.median()));
    }
}
