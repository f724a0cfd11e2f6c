package dev.faultline.offheap.benchmark;

import dev.faultline.access.Cpus;
import dev.faultline.access.Role;
import dev.faultline.measure.RankInterval;
import dev.faultline.offheap.cores.CpuTimes;
import dev.faultline.offheap.cores.FreeCores;
import dev.faultline.offheap.cores.Steps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Measures layout pairs and writes a table.
 *
 * <p>Forks of the two variants alternate, so that what drifts hits both. Before each round, and after it, the two CPUs must
 * be free; an iteration whose threads were kept from their CPU is left out; a round is run again when a fork lost most that
 * way, or when the hypervisor took time from it. What cannot be had is said to be inconclusive, and why.
 *
 * <p>Settings, as system properties: {@code faultline.pairs.forks} (5, of each variant), {@code .warmups} (2),
 * {@code .iterations} (3), {@code .millis} (1000, of an iteration), {@code .attempts} (30, for a round before giving up),
 * {@code .pause} (2000 ms between attempts), {@code .leastRatio} (0.9, of counting together to counting alone),
 * {@code .mostLost} (0.02, of a fork's time, stolen or waited).
 */
public final class LayoutPairs {

    private static final String PREFIX = "faultline.pairs.";
    private static final List<String> VARIANTS = List.of("before", "after");

    private final int forks = Integer.getInteger(PREFIX + "forks", 5);
    private final int warmups = Integer.getInteger(PREFIX + "warmups", 2);
    private final int iterations = Integer.getInteger(PREFIX + "iterations", 3);
    private final int millis = Integer.getInteger(PREFIX + "millis", 1000);
    private final int attempts = Integer.getInteger(PREFIX + "attempts", 30);
    private final int pauseMillis = Integer.getInteger(PREFIX + "pause", 2000);
    private final double leastRatio = number(PREFIX + "leastRatio", 0.9);
    private final double mostLost = number(PREFIX + "mostLost", 0.02);
    /** One figure for the whole run, from the first time both CPUs were free: gaps must not differ between forks. */
    private double stepsPerMicro = number(LayoutPairsBenchmark.STEPS, Double.NaN);

    private LayoutPairs() {}

    private static double number(String property, double otherwise) {
        String given = System.getProperty(property);
        return given == null ? otherwise : Double.parseDouble(given);
    }

    /**
     * Runs cases.
     *
     * @param args the file the table goes to, then names of cases; without any, all
     * @throws Exception when the file cannot be written, or the harness breaks
     */
    public static void main(String[] args) throws Exception {
        List<String> names = args.length > 1 ? List.of(args).subList(1, args.length) : LayoutPair.NAMES;
        if (args.length == 0 || !LayoutPair.NAMES.containsAll(names)) {
            System.err.println("usage: LayoutPairs TABLE.md [CASE...]; cases: " + String.join(", ", LayoutPair.NAMES));
            System.exit(2);
        }
        new LayoutPairs().run(Path.of(args[0]), names);
    }

    private void run(Path table, List<String> names) throws IOException, InterruptedException {
        StringBuilder text = new StringBuilder(settings()).append(PairResult.heading());
        System.out.print(text);
        for (String name : names) {
            for (PairResult result : measure(LayoutPair.load(name))) {
                System.out.print(result.row());
                text.append(result.row());
            }
            // after every case: a run that is stopped leaves what it has
            Files.writeString(table, text + gaps());
        }
    }

    private String gaps() {
        return String.format(
                Locale.ROOT, "%nGaps: %.1f dependent multiply-and-add steps a microsecond.%n", stepsPerMicro);
    }

    private String settings() {
        return String.format(
                Locale.ROOT,
                "%s, Java %s. Two pinned threads; of each variant %d forks, alternating, of %d x %d ms after %d warm-ups;"
                        + " ns/op: the median of the forks' medians.%n%n",
                processor(),
                Runtime.version(),
                forks,
                iterations,
                millis,
                warmups);
    }

    private static String processor() {
        try {
            return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                    .filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("unknown processor");
        } catch (IOException unknown) {
            return "unknown processor";
        }
    }

    private List<PairResult> measure(LayoutPair pair) throws InterruptedException, IOException {
        List<Role> roles = pair.profile().roles();
        Scores scores = new Scores();
        Optional<String> problem = Optional.empty();
        List<Integer> cpus = List.of(cpu(roles.get(0)), cpu(roles.get(1)));
        try (FreeCores cores = new FreeCores(cpus, leastRatio, mostLost)) {
            int failures = 0;
            for (int round = 0; round < forks && problem.isEmpty(); ) {
                Optional<String> trouble = round(pair.name(), round, scores, cores);
                if (trouble.isEmpty()) {
                    round++;
                    failures = 0;
                } else {
                    System.err.println(pair.name() + ", round " + round + ": " + trouble.get());
                    if (++failures == attempts) {
                        problem = Optional.of(trouble.get() + ", " + attempts + " times in a row");
                    } else {
                        Thread.sleep(pauseMillis);
                    }
                }
            }
        }
        List<PairResult> results = new ArrayList<>();
        for (int role = 0; role < roles.size(); role++) {
            results.add(new PairResult(
                    pair.name(), roles.get(role).name(), scores.of("before", role), scores.of("after", role), problem));
        }
        return results;
    }

    private static int cpu(Role role) {
        if (role.cpus() instanceof Cpus.Listed listed && listed.ids().size() == 1) {
            return listed.ids().get(0);
        }
        throw new IllegalArgumentException(
                "role " + role.name() + ": expected one CPU by number, found " + role.cpus());
    }

    /** {@return why neither counts of the two forks this runs, one of each variant, the order turned round every time} */
    private Optional<String> round(String name, int round, Scores scores, FreeCores cores)
            throws InterruptedException, IOException {
        Optional<String> busy = cores.pinned() ? cores.problem() : Optional.of("threads cannot be pinned");
        if (busy.isPresent()) {
            return busy;
        }
        if (Double.isNaN(stepsPerMicro)) {
            stepsPerMicro = cores.crew().on(List.of(0, 1), member -> Steps.perMicro()).stream()
                    .mapToDouble(one -> one)
                    .average()
                    .orElseThrow();
        }
        Scores both = new Scores();
        for (int i = 0; i < VARIANTS.size(); i++) {
            String variant = VARIANTS.get((round + i) % 2);
            Optional<String> trouble = fork(name, variant, both);
            if (trouble.isPresent()) {
                return trouble;
            }
        }
        busy = cores.problem();
        if (busy.isEmpty()) {
            scores.addAll(both);
        }
        return busy;
    }

    private Optional<String> fork(String name, String variant, Scores scores) throws IOException {
        Path notes = Files.createTempFile("pairs", ".notes");
        try {
            CpuTimes before = CpuTimes.now(List.of(0, 1));
            Collection<RunResult> results = new Runner(options(name, variant, notes)).run();
            double stolen = before.stolenShare(CpuTimes.now(List.of(0, 1))).orElse(0);
            if (stolen > mostLost) {
                return Optional.of(String.format(Locale.ROOT, "%.1f %% of the time was stolen", stolen * 100));
            }
            return take(Files.readAllLines(notes), variant, results.iterator().next(), scores);
        } catch (RunnerException failed) {
            return Optional.of("the fork failed: " + failed.getMessage());
        } finally {
            Files.deleteIfExists(notes);
        }
    }

    private Options options(String name, String variant, Path notes) {
        return new OptionsBuilder()
                .include("\\." + LayoutPairsBenchmark.class.getSimpleName() + "\\.pair$")
                .param("pair", name)
                .param("variant", variant)
                .forks(1)
                .warmupIterations(warmups)
                .warmupTime(TimeValue.milliseconds(millis))
                .measurementIterations(iterations)
                .measurementTime(TimeValue.milliseconds(millis))
                .jvmArgsAppend(
                        "-XX:+UseSerialGC",
                        "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED",
                        "--add-exports=java.base/sun.nio.ch=ALL-UNNAMED",
                        "-D" + LayoutPairsBenchmark.STEPS + "=" + stepsPerMicro,
                        "-D" + LayoutPairsBenchmark.NOTES + "=" + notes)
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT)
                .build();
    }

    /**
     * Takes the iterations in which both players had their CPU: a compiler that is late disturbs the first, seldom all.
     *
     * @return why the fork does not count, when less than half of them are left
     */
    private Optional<String> take(List<String> notes, String variant, RunResult result, Scores scores) {
        if (notes.size() != 2 * iterations) {
            return Optional.of("the fork left " + notes.size() + " notes, expected " + 2 * iterations);
        }
        double[] lost = new double[iterations];
        int[] seen = new int[2];
        for (String note : notes) {
            String[] words = note.split(" ");
            if (!words[1].equals("true")) {
                return Optional.of("a thread was not pinned");
            }
            int iteration = seen[Integer.parseInt(words[0])]++;
            double waited = Double.parseDouble(words[2]) / Double.parseDouble(words[3]);
            lost[iteration] = Math.max(lost[iteration], waited);
        }
        int[] quiet = IntStream.range(0, iterations)
                .filter(one -> lost[one] <= mostLost)
                .toArray();
        if (2 * quiet.length < iterations) {
            return Optional.of(
                    "players waited for their CPU in most iterations, by a share of " + Arrays.toString(lost));
        }
        scores.add(variant, result, quiet);
        return Optional.empty();
    }

    /** The median ns/op of each fork, by variant and role. */
    private static final class Scores {
        private final Map<String, List<Double>> byPlace = new TreeMap<>();

        void add(String variant, RunResult result, int[] quiet) {
            List<IterationResult> iterations =
                    List.copyOf(result.getAggregatedResult().getIterationResults());
            for (int role = 0; role < 2; role++) {
                String method = "role" + role;
                double[] scores = Arrays.stream(quiet)
                        .mapToObj(iterations::get)
                        .mapToDouble(iteration ->
                                iteration.getSecondaryResults().get(method).getScore())
                        .toArray();
                list(variant, role).add(RankInterval.median(scores));
            }
        }

        void addAll(Scores more) {
            more.byPlace.forEach((place, forks) ->
                    byPlace.computeIfAbsent(place, any -> new ArrayList<>()).addAll(forks));
        }

        double[] of(String variant, int role) {
            return list(variant, role).stream().mapToDouble(one -> one).toArray();
        }

        private List<Double> list(String variant, int role) {
            return byPlace.computeIfAbsent(variant + role, any -> new ArrayList<>());
        }
    }
}
