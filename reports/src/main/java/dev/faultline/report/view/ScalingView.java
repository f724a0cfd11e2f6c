package dev.faultline.report.view;

import dev.faultline.analysis.ScalingCurve;
import dev.faultline.cost.OperationCost;
import dev.faultline.cost.simulate.Simulation;
import dev.faultline.hazard.Saving;
import dev.faultline.report.document.Block;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** One or two scalings, made ready for showing: tables by operation, bars by CPUs. */
public final class ScalingView {

    private static final String NOT_PLAYED = "-";
    /** Fewer than these say little about their mean. */
    private static final long FEW = 100;

    private final List<ScalingCurve> scalings;

    /** A view of one struct, or of one before and after. */
    public ScalingView(List<ScalingCurve> scalings) {
        this.scalings = List.copyOf(scalings);
    }

    /**
     * An operation with its rows.
     *
     * @param name role and operation
     * @param heads of the columns
     * @param rows one for each number of CPUs
     */
    public record Table(String name, List<String> heads, List<List<String>> rows) {
        /** Copies the lists. */
        public Table {
            heads = List.copyOf(heads);
            rows = List.copyOf(rows);
        }
    }

    /**
     * One bar of a chart.
     *
     * @param label what it stands for
     * @param series number of the struct, from 0
     * @param part of the longest bar, from 0 to 1
     * @param value in words
     */
    public record Bar(String label, int series, double part, String value) {}

    /** {@return the names of the structs} */
    public List<String> names() {
        return scalings.stream().map(one -> one.subject().reference()).toList();
    }

    /** {@return role and operation of all that is done, what loses most on most CPUs first} */
    public List<String> operations() {
        Set<String> names = new LinkedHashSet<>();
        for (ScalingCurve scaling : scalings) {
            List<OperationCost> last = last(scaling).bill().cost().operations();
            IntStream.range(0, last.size())
                    .boxed()
                    .sorted(Comparator.comparingDouble(
                            (Integer i) -> -last.get(i).cpusLost()))
                    .forEach(i -> names.add(name(last.get(i).role(), last.get(i).operation())));
        }
        return List.copyOf(names);
    }

    private static ScalingCurve.Point last(ScalingCurve scaling) {
        return scaling.points().get(scaling.points().size() - 1);
    }

    private static String name(String role, String operation) {
        return role + ": " + operation;
    }

    /** {@return the table of an operation} */
    public Table table(String operation) {
        return scalings.size() == 1 ? alone(operation, scalings.get(0)) : compared(operation);
    }

    private Table alone(String operation, ScalingCurve scaling) {
        List<List<String>> rows = new ArrayList<>();
        for (ScalingCurve.Point point : scaling.points()) {
            int i = index(point, operation);
            if (i >= 0) {
                Simulation.Played played = point.played().operations().get(i);
                OperationCost cost = point.bill().cost().operations().get(i);
                rows.add(List.of(
                        Integer.toString(point.cpus()),
                        nanos(played),
                        Saving.nanos(cost.totalNanos() - cost.touchNanos()),
                        number(played, played.trueMisses()),
                        number(played, played.falseMisses()),
                        number(played, played.upgrades()),
                        number(played, played.retries()),
                        perSecond(played, cost)));
            }
        }
        return new Table(
                operation,
                List.of("CPUs", "played", "predicted", "true", "false", "upgrades", "retries", "in all"),
                rows);
    }

    private Table compared(String operation) {
        List<List<String>> rows = new ArrayList<>();
        ScalingCurve before = scalings.get(0);
        ScalingCurve after = scalings.get(1);
        for (int p = 0; p < before.points().size(); p++) {
            ScalingCurve.Point a = before.points().get(p);
            ScalingCurve.Point b = after.points().get(p);
            int i = index(a, operation);
            int j = index(b, operation);
            if (i >= 0 && j >= 0) {
                Simulation.Played playedA = a.played().operations().get(i);
                Simulation.Played playedB = b.played().operations().get(j);
                OperationCost costA = a.bill().cost().operations().get(i);
                OperationCost costB = b.bill().cost().operations().get(j);
                double predictedA = costA.totalNanos() - costA.touchNanos();
                double predictedB = costB.totalNanos() - costB.touchNanos();
                rows.add(List.of(
                        Integer.toString(a.cpus()),
                        nanos(playedA),
                        nanos(playedB),
                        isFew(playedA) || isFew(playedB)
                                ? NOT_PLAYED
                                : ratio(playedA.nanosPerOp() / playedB.nanosPerOp()),
                        ratio(predictedA / predictedB),
                        perSecond(playedA, costA),
                        perSecond(playedB, costB)));
            }
        }
        return new Table(
                operation, List.of("CPUs", "before", "after", "ratio", "predicted", "before/s", "after/s"), rows);
    }

    /** {@return bars of how often an operation gets done in a second by all CPUs together, as played} */
    public List<Bar> bars(String operation) {
        record Value(int cpus, int series, double perSecond) {}
        List<Value> values = new ArrayList<>();
        for (int p = 0; p < scalings.get(0).points().size(); p++) {
            for (int series = 0; series < scalings.size(); series++) {
                ScalingCurve.Point point = scalings.get(series).points().get(p);
                int i = index(point, operation);
                if (i >= 0) {
                    values.add(new Value(
                            point.cpus(),
                            series,
                            point.played().operations().get(i).perSecond()
                                    * point.bill().cost().operations().get(i).cpus()));
                }
            }
        }
        double highest = values.stream().mapToDouble(Value::perSecond).max().orElse(0);
        return values.stream()
                .map(value -> new Bar(
                        Integer.toString(value.cpus()),
                        value.series(),
                        highest == 0 ? 0 : value.perSecond() / highest,
                        perSecond(value.perSecond())))
                .toList();
    }

    /** {@return who takes lines from whom without need, on most CPUs, in words; of the last struct that has any} */
    public Optional<String> worstCulprit(int series) {
        ScalingCurve.Point point = last(scalings.get(series));
        return point.played().culprits().stream().findFirst().map(culprit -> {
            long all = point.played().culprits().stream()
                    .mapToLong(Simulation.Culprit::misses)
                    .sum();
            return String.format(
                    Locale.ROOT,
                    "at %d CPUs %.0f %% of the useless misses are %s's, taken by writes to %s",
                    point.cpus(),
                    100.0 * culprit.misses() / all,
                    culprit.victim(),
                    culprit.culprit());
        });
    }

    /** {@return who does what, and how it was played; a further line of the one before has no name} */
    public List<Block.Fact> facts() {
        List<Block.Fact> facts = new ArrayList<>();
        for (ScalingCurve scaling : scalings) {
            facts.add(new Block.Fact(
                    facts.isEmpty() ? "access" : "", scaling.access().source()));
        }
        facts.add(new Block.Fact(
                "transfers", scalings.get(0).machine().costs().socketNanos().source()));
        facts.add(new Block.Fact("played", how()));
        facts.add(new Block.Fact(
                "predicted",
                "by the closed form" + (isSaturated() ? "; where a line is saturated, a lower bound" : "")));
        return facts;
    }

    /** {@return what an operation takes as CPUs are added, as played} */
    public Block.Chart chart(String operation) {
        List<Block.Series> series = new ArrayList<>();
        for (int i = 0; i < scalings.size(); i++) {
            List<Block.Point> points = new ArrayList<>();
            for (ScalingCurve.Point point : scalings.get(i).points()) {
                int at = index(point, operation);
                if (at >= 0 && !isFew(point.played().operations().get(at))) {
                    double nanos = point.played().operations().get(at).nanosPerOp();
                    points.add(new Block.Point(Integer.toString(point.cpus()), nanos, nanos, nanos));
                }
            }
            series.add(new Block.Series(names().get(i), points));
        }
        return new Block.Chart(operation, "CPUs", "ns an operation", true, series);
    }

    /** {@return how it was played, in words} */
    private String how() {
        ScalingCurve one = scalings.get(0);
        String arbitration = one.options().arbitration().name().toLowerCase(Locale.ROOT);
        return String.format(
                Locale.ROOT,
                "%,d accesses a point, seed %d, %s, %s arbitration%s, retention %s",
                one.options().accesses(),
                one.options().seed(),
                one.options().protocol(),
                arbitration,
                one.options().socketBias() > 0 ? " (" + one.options().socketBias() + ")" : "",
                one.options().retention());
    }

    /** {@return whether the closed form calls any point saturated} */
    private boolean isSaturated() {
        return scalings.stream()
                .flatMap(one -> one.points().stream())
                .anyMatch(point -> point.bill().cost().isSaturated());
    }

    private static int index(ScalingCurve.Point point, String operation) {
        List<OperationCost> operations = point.bill().cost().operations();
        for (int i = 0; i < operations.size(); i++) {
            if (name(operations.get(i).role(), operations.get(i).operation()).equals(operation)) {
                return i;
            }
        }
        return -1;
    }

    /** {@return the operations that were played too rarely on any number of CPUs for a mean to tell anything} */
    public List<String> rare() {
        return operations().stream()
                .filter(operation -> scalings.stream()
                        .flatMap(one -> one.points().stream())
                        .allMatch(point -> index(point, operation) < 0
                                || isFew(point.played().operations().get(index(point, operation)))))
                .toList();
    }

    private static boolean isFew(Simulation.Played played) {
        return played.count() < FEW;
    }

    private static String nanos(Simulation.Played played) {
        return isFew(played) ? NOT_PLAYED : Saving.nanos(played.nanosPerOp());
    }

    private static String number(Simulation.Played played, double value) {
        return isFew(played) ? NOT_PLAYED : String.format(Locale.ROOT, "%.2f", value);
    }

    private static String ratio(double value) {
        return String.format(Locale.ROOT, "%.2fx", value);
    }

    private static String perSecond(Simulation.Played played, OperationCost cost) {
        return isFew(played) ? NOT_PLAYED : perSecond(played.perSecond() * cost.cpus());
    }

    private static String perSecond(double value) {
        if (value >= 1e6) {
            return String.format(Locale.ROOT, "%.1f M/s", value / 1e6);
        }
        return value >= 1e3
                ? String.format(Locale.ROOT, "%.1f k/s", value / 1e3)
                : String.format(Locale.ROOT, "%.0f /s", value);
    }
}
