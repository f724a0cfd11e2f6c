package dev.faultline.report.build;

import dev.faultline.analysis.ScalingCurve;
import dev.faultline.cost.OperationCost;
import dev.faultline.cost.simulate.Simulation;
import dev.faultline.hazard.Saving;
import dev.faultline.report.document.Document;
import dev.faultline.report.document.DocumentBlock;
import dev.faultline.report.document.DocumentBlock.Chart;
import dev.faultline.report.document.DocumentBlock.Column;
import dev.faultline.report.document.DocumentBlock.Fact;
import dev.faultline.report.document.DocumentBlock.Facts;
import dev.faultline.report.document.DocumentBlock.Heading;
import dev.faultline.report.document.DocumentBlock.Paragraph;
import dev.faultline.report.document.DocumentBlock.Point;
import dev.faultline.report.document.DocumentBlock.Row;
import dev.faultline.report.document.DocumentBlock.Series;
import dev.faultline.report.document.DocumentBlock.Table;
import dev.faultline.report.document.Headline;
import dev.faultline.report.document.Tone;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The document of what structs cost as CPUs are added: of one struct, or of two to compare. */
public final class ScalingDocument {

    private static final String NOT_PLAYED = "-";
    /** Fewer operations than these say little about their mean. */
    private static final long FEW = 100;

    private final List<ScalingCurve> scalings;
    private final List<String> names;

    /** A ratio of times up to this is no difference. */
    private static final double SAME = 1.005;

    private ScalingDocument(List<ScalingCurve> scalings) {
        this.scalings = List.copyOf(scalings);
        this.names = scalings.stream().map(one -> one.subject().reference()).toList();
    }

    /** {@return the document; of two structs the first is before, the second after} */
    public static Document of(List<ScalingCurve> scalings) {
        return new ScalingDocument(scalings).build();
    }

    private Document build() {
        List<DocumentBlock> blocks = new ArrayList<>();
        blocks.add(new Facts(facts()));
        boolean isFirst = true;
        for (String operation : operations()) {
            blocks.add(new Heading(operation));
            List<List<Shown>> played = played(operation);
            if (played.stream().flatMap(List::stream).allMatch(Shown::isFew)) {
                blocks.add(Paragraph.of("too rare to be played; --accesses plays more"));
            } else {
                blocks.add(nanosChart(operation, played));
                blocks.add(scalings.size() == 1 ? alone(played.get(0)) : compared(played.get(0), played.get(1)));
                if (isFirst) {
                    blocks.add(rateChart(operation, played));
                }
            }
            isFirst = false;
        }
        List<DocumentBlock> culprits = culprits();
        if (!culprits.isEmpty()) {
            blocks.add(new Heading("Where most false sharing is"));
            blocks.addAll(culprits);
        }
        String title =
                String.join(" and ", names) + " on " + scalings.get(0).machine().name();
        return Document.of(title, verdict(), blocks);
    }

    /** What becomes of the operation that loses most, on most CPUs; nothing when it was not played there. */
    private Optional<Headline> verdict() {
        Optional<List<List<Shown>>> costliest = operations().stream()
                .findFirst()
                .map(this::played)
                .filter(all -> all.stream()
                        .allMatch(one ->
                                !one.isEmpty() && !one.get(one.size() - 1).isFew()));
        return costliest.map(all -> {
            List<Shown> first = all.get(0);
            Shown one = first.get(first.size() - 1);
            if (all.size() == 1) {
                Shown least = first.get(0);
                String rise = first.size() == 1 || least.isFew()
                        ? ""
                        : least.nanos() + " on " + FindingWords.many(least.cpus(), "CPU", "CPUs") + ", ";
                return Headline.verdict(
                        Tone.PLAIN, rise + one.nanos() + " on " + FindingWords.many(one.cpus(), "CPU", "CPUs"));
            }
            Shown other = all.get(1).get(all.get(1).size() - 1);
            double ratio = one.played().nanosPerOp() / other.played().nanosPerOp();
            return Headline.verdict(
                    ratio > SAME ? Tone.GOOD : ratio < 1 / SAME ? Tone.BAD : Tone.PLAIN,
                    one.nanos() + " -> " + other.nanos() + " on " + FindingWords.many(one.cpus(), "CPU", "CPUs") + " ("
                            + ratio(ratio) + ")");
        });
    }

    private List<Fact> facts() {
        List<Fact> facts = new ArrayList<>();
        for (ScalingCurve scaling : scalings) {
            facts.add(new Fact(facts.isEmpty() ? "access" : "", scaling.access().source()));
        }
        facts.add(new Fact(
                "transfers",
                scalings.get(0).machine().costs().transfers().socketNanos().source()));
        facts.add(new Fact("played", simulation()));
        boolean isSaturated = scalings.stream()
                .flatMap(one -> one.points().stream())
                .anyMatch(point -> point.breakdown().cost().isSaturated());
        facts.add(new Fact(
                "predicted", "by the closed form" + (isSaturated ? "; where a line is saturated, a lower bound" : "")));
        return facts;
    }

    private String simulation() {
        ScalingCurve one = scalings.get(0);
        return String.format(
                Locale.ROOT,
                "%,d accesses a point, seed %d, %s, %s arbitration%s, retention %s",
                one.options().accesses(),
                one.options().seed(),
                one.options().protocol(),
                one.options().arbitration().name().toLowerCase(Locale.ROOT),
                one.options().socketBias() > 0 ? " (" + one.options().socketBias() + ")" : "",
                one.options().retention());
    }

    /** Role and operation of all that is done; what loses most on most CPUs first. */
    private Set<String> operations() {
        Set<String> operations = new LinkedHashSet<>();
        for (ScalingCurve scaling : scalings) {
            last(scaling).breakdown().cost().operations().stream()
                    .sorted(Comparator.comparingDouble(one -> -one.cpusLost()))
                    .forEach(one -> operations.add(name(one)));
        }
        return operations;
    }

    private static ScalingCurve.Point last(ScalingCurve scaling) {
        return scaling.points().get(scaling.points().size() - 1);
    }

    private static String name(OperationCost cost) {
        return cost.role() + ": " + cost.operation();
    }

    /** An operation on some number of CPUs: simulated, and predicted. */
    private record Shown(int cpus, Simulation.Played played, OperationCost cost) {

        boolean isFew() {
            return played.count() < FEW;
        }

        double predictedNanos() {
            return cost.totalNanos() - cost.touchNanos();
        }

        /** By all CPUs together. */
        double perSecond() {
            return played.perSecond() * cost.cpus();
        }

        String words(Function<Simulation.Played, String> figure) {
            return isFew() ? NOT_PLAYED : figure.apply(played);
        }

        String nanos() {
            return words(one -> Saving.nanos(one.nanosPerOp()));
        }

        String rate() {
            return words(one -> rateWords(perSecond()));
        }
    }

    /** The operation of each struct on each number of CPUs. */
    private List<List<Shown>> played(String operation) {
        return scalings.stream()
                .map(scaling -> scaling.points().stream()
                        .flatMap(point -> shown(point, operation))
                        .toList())
                .toList();
    }

    private static Stream<Shown> shown(ScalingCurve.Point point, String operation) {
        List<OperationCost> costs = point.breakdown().cost().operations();
        return IntStream.range(0, costs.size())
                .filter(i -> name(costs.get(i)).equals(operation))
                .limit(1)
                .mapToObj(
                        i -> new Shown(point.cpus(), point.played().operations().get(i), costs.get(i)));
    }

    private static Table alone(List<Shown> played) {
        return table(
                List.of("CPUs", "played", "predicted", "true", "false", "upgrades", "retries", "in all"),
                played.stream()
                        .map(one -> Row.of(
                                Integer.toString(one.cpus()),
                                one.nanos(),
                                Saving.nanos(one.predictedNanos()),
                                one.words(of -> twoDigits(of.misses().trueSharing())),
                                one.words(of -> twoDigits(of.misses().falseSharing())),
                                one.words(of -> twoDigits(of.upgrades())),
                                one.words(of -> twoDigits(of.retries())),
                                one.rate()))
                        .toList());
    }

    private static Table compared(List<Shown> before, List<Shown> after) {
        List<Row> rows = new ArrayList<>();
        for (Shown old : before) {
            for (Shown young : after) {
                if (old.cpus() == young.cpus()) {
                    rows.add(Row.of(
                            Integer.toString(old.cpus()),
                            old.nanos(),
                            young.nanos(),
                            old.isFew() || young.isFew()
                                    ? NOT_PLAYED
                                    : ratio(old.played().nanosPerOp()
                                            / young.played().nanosPerOp()),
                            ratio(old.predictedNanos() / young.predictedNanos()),
                            old.rate(),
                            young.rate()));
                }
            }
        }
        return table(List.of("CPUs", "before", "after", "ratio", "predicted", "before/s", "after/s"), rows);
    }

    private static Table table(List<String> heads, List<Row> rows) {
        return new Table("", heads.stream().map(Column::number).toList(), rows);
    }

    private Chart nanosChart(String operation, List<List<Shown>> played) {
        return new Chart(
                operation,
                "CPUs",
                "ns per operation",
                true,
                series(played, one -> one.played().nanosPerOp(), Saving::nanos));
    }

    private Chart rateChart(String operation, List<List<Shown>> played) {
        return new Chart(
                operation,
                "CPUs",
                "total operations per second",
                false,
                series(played, Shown::perSecond, ScalingDocument::rateWords));
    }

    private List<Series> series(
            List<List<Shown>> played, Function<Shown, Double> value, Function<Double, String> words) {
        return IntStream.range(0, names.size())
                .mapToObj(i -> new Series(
                        names.get(i),
                        played.get(i).stream()
                                .filter(one -> !one.isFew())
                                .map(one -> Point.exactly(
                                        Integer.toString(one.cpus()), value.apply(one), words.apply(value.apply(one))))
                                .toList()))
                .toList();
    }

    private List<DocumentBlock> culprits() {
        List<DocumentBlock> culprits = new ArrayList<>();
        for (int i = 0; i < scalings.size(); i++) {
            String name = names.get(i);
            worstCulprit(scalings.get(i)).ifPresent(words -> culprits.add(Paragraph.of(name + ": " + words)));
        }
        return culprits;
    }

    /** Who takes most lines from whom without need, on most CPUs. */
    private static Optional<String> worstCulprit(ScalingCurve scaling) {
        ScalingCurve.Point point = last(scaling);
        long all = point.played().culprits().stream()
                .mapToLong(Simulation.Culprit::misses)
                .sum();
        return point.played().culprits().stream()
                .findFirst()
                .map(culprit -> String.format(
                        Locale.ROOT,
                        "at %d CPUs %.0f %% of the false-sharing misses are on %s, caused by writes to %s",
                        point.cpus(),
                        100.0 * culprit.misses() / all,
                        culprit.victim(),
                        culprit.culprit()));
    }

    private static String twoDigits(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    private static String ratio(double value) {
        return String.format(Locale.ROOT, "%.2fx", value);
    }

    private static String rateWords(double perSecond) {
        if (perSecond >= 1e6) {
            return String.format(Locale.ROOT, "%.1f M/s", perSecond / 1e6);
        }
        return perSecond >= 1e3
                ? String.format(Locale.ROOT, "%.1f k/s", perSecond / 1e3)
                : String.format(Locale.ROOT, "%.0f /s", perSecond);
    }
}
