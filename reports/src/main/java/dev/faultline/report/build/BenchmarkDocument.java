package dev.faultline.report.build;

import dev.faultline.measure.Benchmark;
import dev.faultline.measure.Contestant;
import dev.faultline.measure.Environment;
import dev.faultline.measure.Predicted;
import dev.faultline.measure.Published;
import dev.faultline.measure.RankInterval;
import dev.faultline.measure.RunEffort;
import dev.faultline.measure.Scenario;
import dev.faultline.measure.Score;
import dev.faultline.measure.SpeedupVerdict;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * The document of a benchmark: how it was measured, a table for each scenario, published figures beside measured ones.
 */
public final class BenchmarkDocument {

    /** Smaller numbers are not shown as zero. */
    private static final double LEAST_SHOWN = 0.001;

    private BenchmarkDocument() {}

    /** {@return the document} */
    public static Document of(Benchmark benchmark) {
        List<DocumentBlock> blocks = new ArrayList<>();
        blocks.add(new Facts(facts(benchmark)));
        for (Scenario scenario : benchmark.scenarios()) {
            blocks.add(new Heading(scenario.name() + ", " + scenario.threads()
                    + (scenario.threads() == 1 ? " thread: " : " threads: ") + scenario.operation()));
            if (scenario.inconclusive().isPresent()) {
                blocks.add(new Paragraph(
                        Tone.MIXED, "inconclusive: " + scenario.inconclusive().get()));
                predictions(scenario).forEach(line -> blocks.add(Paragraph.of(line)));
            } else {
                blocks.add(chart(scenario));
                blocks.addAll(tables(scenario));
            }
            counts(scenario).forEach(line -> blocks.add(Paragraph.of(line)));
            scenario.published().forEach(figure -> blocks.add(Paragraph.of(words(figure, scenario))));
        }
        return Document.of(
                benchmark.suite() + ": " + benchmark.summary(),
                benchmark.isConclusive()
                        ? Optional.empty()
                        : Optional.of(Headline.verdict(Tone.MIXED, "some scenarios are inconclusive")),
                blocks);
    }

    private static List<Fact> facts(Benchmark benchmark) {
        Environment on = benchmark.environment();
        boolean isMeasured = benchmark.scenarios().stream()
                .anyMatch(one -> one.inconclusive().isEmpty());
        String pinned = on.pinned() ? ", threads pinned" : ", threads not pinned";
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("machine", on.processor() + ", " + cpus(on) + (isMeasured ? pinned : "")));
        facts.add(new Fact("java", on.java() + " on " + on.system()));
        facts.add(new Fact("measured", effort(benchmark.effort()) + confidence(benchmark)));
        benchmark.remarks().forEach((name, text) -> facts.add(new Fact(name, text)));
        return facts;
    }

    private static String cpus(Environment on) {
        List<String> numbers = on.cpus().stream().map(String::valueOf).toList();
        return (numbers.size() == 1 ? "CPU " : "CPUs ") + String.join(", ", numbers);
    }

    private static String effort(RunEffort effort) {
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
    private static String confidence(Benchmark benchmark) {
        OptionalDouble confidence = benchmark.scenarios().stream()
                .flatMap(scenario -> scenario.contestants().stream())
                .mapToDouble(one -> one.scores().get(0).interval().confidence())
                .findFirst();
        if (confidence.isEmpty()) {
            return "";
        }
        return String.format(Locale.ROOT, ", in an interval of %.0f %%", 100 * confidence.getAsDouble())
                + (benchmark.effort().forks() < RunEffort.FEWEST_FOR_RATIOS
                        ? "; too few forks for ratios, which need " + RunEffort.FEWEST_FOR_RATIOS
                        : "; ratios, by ranks, in one of at least 95 %");
    }

    private static List<DocumentBlock> tables(Scenario scenario) {
        List<String> heads = new ArrayList<>(List.of("contestant", "ns/op", "interval", "as fast", "interval"));
        if (scenario.predicted().isEmpty()) {
            List<Row> rows = new ArrayList<>();
            for (Contestant one : scenario.contestants()) {
                for (Score score : one.scores()) {
                    String name = one.scores().size() == 1 ? one.name() : one.name() + ", " + score.role();
                    rows.add(new Row(tone(scenario, one, score.role()), cells(scenario, one, score.role(), name)));
                }
            }
            return List.of(table("", heads, rows));
        }
        heads.addAll(List.of("predicted", "as fast"));
        List<DocumentBlock> blocks = new ArrayList<>();
        for (String role :
                scenario.predicted().stream().map(Predicted::role).distinct().toList()) {
            List<Contestant> playing = scenario.contestants().stream()
                    .filter(one -> one.score(role).isPresent())
                    .toList();
            if (!playing.isEmpty()) {
                blocks.add(table(
                        role,
                        heads,
                        playing.stream()
                                .map(one -> besidePredicted(scenario, one, role))
                                .toList()));
                playing.forEach(
                        one -> verdict(scenario, one, role).ifPresent(words -> blocks.add(Paragraph.of(words))));
                if (scenario.contestants().size() > 1 && playing.size() == 1) {
                    blocks.add(Paragraph.of("only in " + playing.get(0).name()));
                }
            }
        }
        return blocks;
    }

    private static Table table(String caption, List<String> heads, List<Row> rows) {
        List<Column> columns = new ArrayList<>();
        for (String head : heads) {
            columns.add(columns.isEmpty() ? Column.text(head) : Column.number(head));
        }
        return new Table(caption, columns, rows);
    }

    /** What was measured of one role of one contestant, and how many times as fast it is as the first. */
    private static List<String> cells(Scenario scenario, Contestant one, String role, String name) {
        Score score = one.score(role).orElseThrow();
        if (score.isTooShort()) {
            return List.of(name, "<" + number(score.shortestNanos()), "too short", "-", "");
        }
        RankInterval nanos = score.interval();
        Optional<RankInterval> ratio = scenario.measuredSpeedup(one.name(), role);
        return List.of(
                name,
                number(nanos.estimate()),
                range(nanos),
                isBaseline(scenario, one, role)
                        ? "1x"
                        : ratio.map(times -> times(times.estimate())).orElse("-"),
                ratio.map(BenchmarkDocument::range).orElse(""));
    }

    private static boolean isBaseline(Scenario scenario, Contestant one, String role) {
        return scenario.baseline(role).orElseThrow() == one;
    }

    private static Tone tone(Scenario scenario, Contestant one, String role) {
        int sign = scenario.measuredSpeedup(one.name(), role)
                .map(RankInterval::sign)
                .orElse(0);
        return sign > 0 ? Tone.GOOD : sign < 0 ? Tone.BAD : Tone.PLAIN;
    }

    private static Row besidePredicted(Scenario scenario, Contestant one, String role) {
        List<String> cells = new ArrayList<>(cells(scenario, one, role, one.name()));
        cells.add(scenario.predicted(one.name(), role)
                .map(beside -> number(beside.nanosPerOp()))
                .orElse("-"));
        cells.add(
                isBaseline(scenario, one, role)
                        ? "1x"
                        : scenario.predictedSpeedup(one.name(), role)
                                .map(BenchmarkDocument::times)
                                .orElse("-"));
        return new Row(tone(scenario, one, role), cells);
    }

    /** Whether what was measured is what was predicted; nothing when there is nothing to compare or to warn of. */
    private static Optional<String> verdict(Scenario scenario, Contestant one, String role) {
        if (one.score(role).orElseThrow().isTooShort()) {
            return Optional.of(one.name() + ": too short to be timed alone; no ratio is told");
        }
        Optional<String> speedup = scenario.verdict(one.name(), role).map(SpeedupVerdict::words);
        Optional<String> time = scenario.timeOff(one.name(), role).map(off -> "takes " + off);
        List<String> words = Stream.of(speedup, time).flatMap(Optional::stream).toList();
        return words.isEmpty() ? Optional.empty() : Optional.of(one.name() + ": " + String.join("; ", words));
    }

    private static List<String> predictions(Scenario scenario) {
        return scenario.predicted().stream()
                .map(one ->
                        "predicted: " + one.contestant() + ", " + one.role() + ": " + number(one.nanosPerOp()) + " ns"
                                + scenario.predictedSpeedup(one.contestant(), one.role())
                                        .map(times -> ", " + times(times))
                                        .orElse(""))
                .toList();
    }

    /** The time of each contestant and role, with its interval. */
    private static Chart chart(Scenario scenario) {
        Map<String, List<Point>> byRole = new LinkedHashMap<>();
        for (Contestant one : scenario.contestants()) {
            for (Score score : one.scores()) {
                byRole.computeIfAbsent(score.role(), any -> new ArrayList<>()).add(point(one.name(), score));
            }
        }
        List<Series> series = new ArrayList<>();
        byRole.forEach((role, points) -> series.add(new Series(role, points)));
        return new Chart(scenario.name(), "contestant", "ns per operation", true, series);
    }

    private static Point point(String name, Score score) {
        double shortest = score.shortestNanos();
        if (score.isTooShort()) {
            return new Point(
                    name, shortest, shortest, shortest, "below " + number(shortest) + " ns, too short to be timed");
        }
        RankInterval nanos = score.interval();
        return new Point(
                name,
                nanos.estimate(),
                nanos.low(),
                nanos.high(),
                number(nanos.estimate()) + " ns, from " + number(nanos.low()) + " to " + number(nanos.high()));
    }

    private static List<String> counts(Scenario scenario) {
        List<String> lines = new ArrayList<>();
        for (Contestant one : scenario.contestants()) {
            one.countsPerOp()
                    .forEach((name, count) ->
                            lines.add(one.name() + ": " + number(count) + " " + name + " an operation"));
        }
        return lines;
    }

    /** A published figure with what was measured of it. */
    private static String words(Published figure, Scenario scenario) {
        return "published: " + figure.contestant() + " " + words(figure) + " (" + figure.conditions() + "; "
                + figure.source() + "); here "
                + scenario.measured(figure)
                        .map(interval -> measured(figure, interval))
                        .orElse("not measured");
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
        if (value < LEAST_SHOWN) {
            return value == 0 ? "0" : "<" + LEAST_SHOWN;
        }
        return String.format(
                Locale.ROOT,
                value >= 1000 ? "%,.0f" : value >= 100 ? "%.0f" : value >= 10 ? "%.1f" : value >= 1 ? "%.2f" : "%.3f",
                value);
    }
}
