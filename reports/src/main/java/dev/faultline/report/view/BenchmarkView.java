package dev.faultline.report.view;

import dev.faultline.measure.Benchmark;
import dev.faultline.measure.Contestant;
import dev.faultline.measure.Environment;
import dev.faultline.measure.Predicted;
import dev.faultline.measure.Published;
import dev.faultline.measure.RankInterval;
import dev.faultline.measure.RunEffort;
import dev.faultline.measure.Scenario;
import dev.faultline.measure.Score;
import dev.faultline.report.document.Block;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** What a benchmark found, made ready for showing: how it was measured, a table a scenario, published beside measured. */
public final class BenchmarkView {

    /** The heads of a table's columns. */
    public static final List<String> HEADS = List.of("contestant", "ns/op", "interval", "as fast", "interval");

    /** The heads of a table's columns where something is predicted. */
    public static final List<String> HEADS_BESIDE_PREDICTED =
            List.of("", "ns/op", "interval", "as fast", "interval", "predicted", "as fast");

    private final Benchmark benchmark;

    /** A view. */
    public BenchmarkView(Benchmark benchmark) {
        this.benchmark = benchmark;
    }

    /**
     * A line of a table: one role of one contestant.
     *
     * @param cells as many as {@link #HEADS}
     * @param verdict 1 when it is faster than the first contestant, -1 when slower, 0 when neither was shown
     */
    public record Row(List<String> cells, int verdict) {
        /** Copies the list. */
        public Row {
            cells = List.copyOf(cells);
        }
    }

    /** {@return what it was measured on and how, each with a word that names it, in order} */
    public Map<String, String> facts() {
        Environment on = benchmark.environment();
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("machine", on.processor() + ", " + cpus(on) + (isMeasured() ? pinned(on) : ""));
        facts.put("java", on.java() + " on " + on.system());
        facts.put("measured", how(benchmark.effort()) + confidence());
        facts.putAll(benchmark.remarks());
        return facts;
    }

    private static String cpus(Environment on) {
        List<String> numbers = on.cpus().stream().map(String::valueOf).toList();
        return (numbers.size() == 1 ? "CPU " : "CPUs ") + String.join(", ", numbers);
    }

    private static String pinned(Environment on) {
        return on.pinned() ? ", threads pinned" : ", threads not pinned";
    }

    private boolean isMeasured() {
        return benchmark.scenarios().stream().anyMatch(one -> one.inconclusive().isEmpty());
    }

    private static String how(RunEffort effort) {
        return String.format(
                Locale.ROOT,
                "%d fork%s of each, alternating, of %d x %d ms after %d x %d ms; ns of one thread, the median of the"
                        + " forks' medians",
                effort.forks(),
                effort.forks() == 1 ? "" : "s",
                effort.iterations(),
                effort.millis(),
                effort.warmups(),
                effort.millis());
    }

    /** What the intervals hold; the same for all, since all have as many forks. */
    private String confidence() {
        OptionalDouble confidence = benchmark.scenarios().stream()
                .flatMap(scenario -> scenario.contestants().stream())
                .mapToDouble(one -> one.scores().get(0).interval().confidence())
                .findFirst();
        if (confidence.isEmpty()) {
            return "";
        }
        String times = String.format(Locale.ROOT, ", in an interval of %.0f %%", 100 * confidence.getAsDouble());
        return times
                + (benchmark.effort().forks() < RunEffort.FEWEST_FOR_RATIOS
                        ? "; too few forks for ratios, which need " + RunEffort.FEWEST_FOR_RATIOS
                        : "; ratios, by ranks, in one of at least 95 %");
    }

    /** {@return name, threads and operation of a scenario} */
    public static String heading(Scenario scenario) {
        return scenario.name() + ", " + scenario.threads() + (scenario.threads() == 1 ? " thread: " : " threads: ")
                + scenario.operation();
    }

    /** {@return the lines of its table} */
    public static List<Row> rows(Scenario scenario) {
        List<Row> rows = new ArrayList<>();
        for (Contestant one : scenario.contestants()) {
            for (Score score : one.scores()) {
                rows.add(row(scenario, one, score));
            }
        }
        return rows;
    }

    private static Row row(Scenario scenario, Contestant one, Score score) {
        boolean isBaseline = scenario.baseline(score.role()).orElseThrow() == one;
        RankInterval nanos = score.interval();
        Optional<RankInterval> ratio = scenario.measuredSpeedup(one.name(), score.role());
        return new Row(
                List.of(
                        one.scores().size() == 1 ? one.name() : one.name() + ", " + score.role(),
                        number(nanos.estimate()),
                        range(nanos),
                        isBaseline
                                ? "1x"
                                : ratio.map(times -> times(times.estimate())).orElse("-"),
                        ratio.map(BenchmarkView::range).orElse("")),
                ratio.map(RankInterval::sign).orElse(0));
    }

    /**
     * A role as measured of all contestants beside what is predicted of them.
     *
     * @param role its name
     * @param rows with as many cells as {@link #HEADS_BESIDE_PREDICTED}
     * @param remarks what comes of it, in words
     */
    public record RoleTable(String role, List<Row> rows, List<String> remarks) {
        /** Copies the lists. */
        public RoleTable {
            rows = List.copyOf(rows);
            remarks = List.copyOf(remarks);
        }
    }

    /** {@return a scenario of which something is predicted, role by role} */
    public static List<RoleTable> roleTables(Scenario scenario) {
        List<RoleTable> tables = new ArrayList<>();
        List<String> roles =
                scenario.predicted().stream().map(Predicted::role).distinct().toList();
        for (String role : roles) {
            List<Contestant> playing = scenario.contestants().stream()
                    .filter(one -> one.score(role).isPresent())
                    .toList();
            List<Row> rows = new ArrayList<>();
            List<String> remarks = new ArrayList<>();
            for (Contestant one : playing) {
                Comparison compared = new Comparison(scenario, one, role);
                rows.add(compared.row());
                compared.words().ifPresent(remarks::add);
            }
            if (scenario.contestants().size() > 1 && playing.size() == 1) {
                remarks.add("only in " + playing.get(0).name());
            }
            if (!rows.isEmpty()) {
                tables.add(new RoleTable(role, rows, remarks));
            }
        }
        return tables;
    }

    /** {@return what is predicted of a scenario that was inconclusive, in words} */
    public static List<String> predictions(Scenario scenario) {
        return scenario.predicted().stream()
                .map(one ->
                        "predicted: " + one.contestant() + ", " + one.role() + ": " + number(one.nanosPerOp()) + " ns"
                                + scenario.predictedSpeedup(one.contestant(), one.role())
                                        .map(times -> ", " + times(times))
                                        .orElse(""))
                .toList();
    }

    /** A contestant beside the one it is compared with, in one role. */
    private record Comparison(Scenario scenario, Contestant one, String role) {

        boolean isBaseline() {
            return scenario.baseline(role).orElseThrow() == one;
        }

        Optional<RankInterval> ratio() {
            return scenario.measuredSpeedup(one.name(), role);
        }

        Row row() {
            RankInterval nanos = one.score(role).orElseThrow().interval();
            return new Row(
                    List.of(
                            one.name(),
                            number(nanos.estimate()),
                            range(nanos),
                            isBaseline()
                                    ? "1x"
                                    : ratio().map(times -> times(times.estimate()))
                                            .orElse("-"),
                            ratio().map(BenchmarkView::range).orElse(""),
                            scenario.predicted(one.name(), role)
                                    .map(beside -> number(beside.nanosPerOp()))
                                    .orElse("-"),
                            isBaseline()
                                    ? "1x"
                                    : scenario.predictedSpeedup(one.name(), role)
                                            .map(BenchmarkView::times)
                                            .orElse("-")),
                    ratio().map(RankInterval::sign).orElse(0));
        }

        /** Whether the sign is the predicted one; nothing when there is none to compare. */
        Optional<String> words() {
            Optional<Double> expected = scenario.predictedSpeedup(one.name(), role);
            if (ratio().isEmpty() || expected.isEmpty()) {
                return Optional.empty();
            }
            int measured = ratio().get().sign();
            int predicted = Predicted.sign(expected.get());
            return Optional.of(one.name() + ": " + word(measured, "no difference shown")
                    + (measured == predicted
                            ? ", as predicted"
                            : "; predicted was " + word(predicted, "no difference")));
        }

        private static String word(int sign, String neither) {
            return sign > 0 ? "faster" : sign < 0 ? "slower" : neither;
        }
    }

    /** {@return the time of each contestant and role, with its interval} */
    public static Block.Chart chart(Scenario scenario) {
        Map<String, List<Block.Point>> byRole = new LinkedHashMap<>();
        for (Contestant one : scenario.contestants()) {
            for (Score score : one.scores()) {
                RankInterval nanos = score.interval();
                byRole.computeIfAbsent(score.role(), any -> new ArrayList<>())
                        .add(new Block.Point(one.name(), nanos.estimate(), nanos.low(), nanos.high()));
            }
        }
        List<Block.Series> series = new ArrayList<>();
        byRole.forEach((role, points) -> series.add(new Block.Series(role, points)));
        return new Block.Chart(scenario.name(), "contestant", "ns an operation", true, series);
    }

    /** {@return what contestants counted, in words: {@code "atomic-loop: 0.12 retries an operation"}} */
    public static List<String> counts(Scenario scenario) {
        List<String> lines = new ArrayList<>();
        for (Contestant one : scenario.contestants()) {
            one.countsPerOp()
                    .forEach((name, count) ->
                            lines.add(one.name() + ": " + number(count) + " " + name + " an operation"));
        }
        return lines;
    }

    /** {@return each published figure with what was measured of it, in words} */
    public static List<String> published(Scenario scenario) {
        return scenario.published().stream()
                .map(figure -> "published: " + figure.contestant() + " " + words(figure) + " (" + figure.conditions()
                        + "; " + figure.source() + "); here "
                        + scenario.measured(figure)
                                .map(interval -> measured(figure, interval))
                                .orElse("not measured"))
                .toList();
    }

    private static String words(Published figure) {
        return switch (figure.kind()) {
            case NANOS -> number(figure.low()) + " ns";
            case COUNT -> number(figure.low()) + " " + figure.of() + " an operation";
            case SPEEDUP ->
                (figure.low() == figure.high()
                                ? times(figure.low())
                                : times(figure.low()) + " to " + times(figure.high()))
                        + " as fast as " + figure.of();
        };
    }

    private static String measured(Published figure, RankInterval interval) {
        return switch (figure.kind()) {
            case NANOS -> number(interval.estimate()) + " ns";
            case COUNT -> number(interval.estimate());
            case SPEEDUP -> times(interval.estimate());
        };
    }

    private static String range(RankInterval interval) {
        return number(interval.low()) + ".." + number(interval.high());
    }

    private static String times(double value) {
        return number(value) + "x";
    }

    private static String number(double value) {
        return String.format(
                Locale.ROOT,
                value >= 1000 ? "%,.0f" : value >= 100 ? "%.0f" : value >= 10 ? "%.1f" : value >= 1 ? "%.2f" : "%.3f",
                value);
    }
}
