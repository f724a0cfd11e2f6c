package dev.faultline.bench.validation;

import dev.faultline.access.Role;
import dev.faultline.bench.harness.BenchRunner;
import dev.faultline.bench.plan.BenchComparison;
import dev.faultline.machine.Machines;
import dev.faultline.measure.Benchmark;
import dev.faultline.measure.Environment;
import dev.faultline.measure.RunEffort;
import dev.faultline.measure.Scenario;
import dev.faultline.measure.Score;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Measures layout pairs as {@code faultline bench} measures layouts, and writes a table. A case that cannot be
 * measured is reported as inconclusive, with the reason.
 *
 * <p>Settings, as system properties: {@code faultline.pairs.forks} (5, of each variant), {@code .warmups} (2),
 * {@code .iterations} (3), {@code .millis} (1000, of an iteration).
 */
public final class LayoutPairs {

    private static final String PREFIX = "faultline.pairs.";
    private static final List<Integer> CPUS = List.of(0, 1);

    private LayoutPairs() {}

    /**
     * Runs cases.
     *
     * @param args the file the table goes to, then names of cases; without any, all
     * @throws IOException when the file cannot be written
     */
    public static void main(String[] args) throws IOException {
        List<String> names = args.length > 1 ? List.of(args).subList(1, args.length) : LayoutPair.NAMES;
        if (args.length == 0 || !LayoutPair.NAMES.containsAll(names)) {
            System.err.println("usage: LayoutPairs TABLE.md [CASE...]; cases: " + String.join(", ", LayoutPair.NAMES));
            System.exit(2);
        }
        run(Path.of(args[0]), names);
    }

    private static void run(Path table, List<String> names) throws IOException {
        RunEffort effort = new RunEffort(
                Integer.getInteger(PREFIX + "forks", 5),
                Integer.getInteger(PREFIX + "warmups", 2),
                Integer.getInteger(PREFIX + "iterations", 3),
                Integer.getInteger(PREFIX + "millis", 1000));
        StringBuilder text = new StringBuilder();
        for (String name : names) {
            LayoutPair pair = LayoutPair.load(name);
            // predictions for the machine are in another table
            Benchmark found = BenchComparison.of(
                    BenchRunner.run(pair.suite(Machines.x86()).plan(effort, true), CPUS, new ErrorListener(name)));
            String more = (text.isEmpty() ? settings(found) + PairResult.heading() : "") + rows(pair, found);
            System.out.print(more);
            // after every case: a run that is stopped leaves what it has
            Files.writeString(table, text.append(more));
        }
    }

    private static String settings(Benchmark found) {
        Environment on = found.environment();
        RunEffort effort = found.effort();
        return String.format(
                Locale.ROOT,
                "%s, %s. Two %sthreads; of each variant %d forks, alternating, of %d x %d ms after %d warm-ups;"
                        + " ns/op: the median of the forks' medians.%n%n",
                on.processor(),
                on.java(),
                on.pinned() ? "pinned " : "",
                effort.forks(),
                effort.iterations(),
                effort.millis(),
                effort.warmups());
    }

    private static String rows(LayoutPair pair, Benchmark found) {
        Scenario scenario = found.scenarios().get(0);
        List<String> rows = new ArrayList<>();
        for (Role role : pair.profile().roles()) {
            rows.add(new PairResult(
                            pair.name(),
                            role.name(),
                            forks(scenario, "before", pair.operation(role).label()),
                            forks(scenario, "after", pair.operation(role).label()),
                            scenario.inconclusive())
                    .row());
        }
        return String.join("", rows);
    }

    private static double[] forks(Scenario scenario, String variant, String row) {
        return scenario.contestant(variant)
                .flatMap(one -> one.score(row))
                .map(Score::forkNanosPerOp)
                .orElse(new double[0]);
    }

    /** Reports disturbances. */
    private record ErrorListener(String name) implements BenchRunner.Listener {
        @Override
        public void done(int forks, int of) {}

        @Override
        public void disturbed(String why) {
            System.err.println(name + ": " + why);
        }
    }
}
