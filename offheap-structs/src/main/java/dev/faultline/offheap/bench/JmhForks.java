package dev.faultline.offheap.bench;

import dev.faultline.measure.Effort;
import dev.faultline.offheap.cores.CpuTimes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs forks by JMH. What JMH has to say goes to a file, of which only a failure is quoted. */
final class JmhForks implements Forks {

    /**
     * Nothing that a contestant loads is warned about, and no thread of the VM takes a CPU from those that are measured: no
     * collector beside them, and the compiler works while they wait for it, or it would for as long as a brief run lasts.
     */
    private static final List<String> VM_OPTIONS = List.of(
            "-Xbatch",
            "-XX:+UseSerialGC",
            "-XX:-UsePerfData",
            "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED",
            "--add-exports=java.base/sun.nio.ch=ALL-UNNAMED",
            "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED");

    private static final String NOTES = "notes";
    private static final String LOG = "log";
    private static final List<String> FILES = List.of(NOTES, LOG);

    private static final int UNSAFE_WARNS_FROM = 24; // JEP 498

    private final List<Integer> cpus;
    private final double mostStolen;
    private final double mostWaited;

    /**
     * Forks on some CPUs.
     *
     * @param cpus numbers of CPUs, in the order of threads
     * @param mostStolen the largest share of a fork's time that the hypervisor may take
     * @param mostWaited the largest share of an iteration that a thread may wait for its CPU
     */
    JmhForks(List<Integer> cpus, double mostStolen, double mostWaited) {
        this.cpus = List.copyOf(cpus);
        this.mostStolen = mostStolen;
        this.mostWaited = mostWaited;
    }

    @Override
    public Sample run(Shape shape, Entry entry, int threads, Effort effort) throws DisturbedException {
        try {
            Path folder = Files.createTempDirectory("faultline-bench");
            folder.toFile().deleteOnExit(); // last, and all of them when the run is ended by a signal
            for (String name : FILES) {
                folder.resolve(name).toFile().deleteOnExit();
            }
            try {
                return run(shape, entry, threads, effort, folder);
            } finally {
                for (String name : FILES) {
                    Files.deleteIfExists(folder.resolve(name));
                }
                Files.deleteIfExists(folder);
            }
        } catch (IOException unwritten) {
            throw DisturbedException.lasting("notes cannot be kept: " + unwritten.getMessage());
        }
    }

    private Sample run(Shape shape, Entry entry, int threads, Effort effort, Path folder)
            throws DisturbedException, IOException {
        Path notes = folder.resolve(NOTES);
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include("\\." + Pattern.quote(shape.method()) + "$")
                .param("contestant", entry.className())
                .forks(1)
                .warmupIterations(effort.warmups())
                .warmupTime(TimeValue.milliseconds(effort.millis()))
                .measurementIterations(effort.iterations())
                .measurementTime(TimeValue.milliseconds(effort.millis()))
                .jvmArgs(vmOptions(notes).toArray(String[]::new))
                .shouldFailOnError(true)
                .verbosity(VerboseMode.NORMAL)
                .output(folder.resolve(LOG).toString());
        shape.params().forEach(options::param);
        if (shape.isGroup()) {
            options.threadGroups(threads / 2, threads / 2);
        } else {
            options.threads(threads);
        }
        CpuTimes before = CpuTimes.now(cpus);
        Collection<RunResult> results;
        try {
            results = new Runner(options.build()).run();
        } catch (RunnerException failed) {
            throw DisturbedException.lasting(entry.name() + ": the fork failed: " + reason(failed));
        }
        double stolen = before.stolenShare(CpuTimes.now(cpus)).orElse(0);
        if (stolen > mostStolen) {
            throw DisturbedException.passing(
                    String.format(Locale.ROOT, "the hypervisor took %.1f %% of the time", stolen * 100));
        }
        if (results.size() != 1) {
            throw DisturbedException.lasting(
                    entry.name() + ": expected one benchmark " + shape.method() + ", found " + results.size());
        }
        return sample(shape, results.iterator().next(), read(notes, threads, effort.iterations()));
    }

    private List<String> vmOptions(Path notes) {
        List<String> options = new ArrayList<>(VM_OPTIONS);
        if (Runtime.version().feature() >= UNSAFE_WARNS_FROM) {
            options.add("--sun-misc-unsafe-memory-access=allow");
        }
        options.add("-D" + Seat.NOTES + "=" + notes);
        options.add("-D" + Seat.CPUS + "=" + cpus.stream().map(String::valueOf).collect(Collectors.joining(",")));
        return options;
    }

    /** {@return what a contestant complained of, which JMH wraps several times, in a line} */
    private static String reason(Throwable failed) {
        Throwable deepest = failed;
        while (deepest.getCause() != null || deepest.getSuppressed().length > 0) {
            deepest = deepest.getCause() != null ? deepest.getCause() : deepest.getSuppressed()[0];
        }
        return String.valueOf(deepest.getMessage())
                .lines()
                .findFirst()
                .orElse("")
                .strip();
    }

    private static Notes read(Path notes, int threads, int iterations) throws DisturbedException, IOException {
        try {
            return Notes.read(Files.exists(notes) ? Files.readAllLines(notes) : List.of(), threads, iterations);
        } catch (IllegalArgumentException wrong) {
            throw DisturbedException.lasting(wrong.getMessage());
        }
    }

    /** Takes the iterations in which every thread had its CPU: a compiler that is late disturbs the first, seldom all. */
    private Sample sample(Shape shape, RunResult result, Notes notes) throws DisturbedException {
        List<IterationResult> iterations =
                List.copyOf(result.getAggregatedResult().getIterationResults());
        int[] quiet = IntStream.range(0, iterations.size())
                .filter(i -> notes.waitedShares().get(i) <= mostWaited)
                .toArray();
        if (2 * quiet.length < iterations.size() || quiet.length == 0) {
            throw DisturbedException.passing(String.format(
                    Locale.ROOT,
                    "threads waited for their CPU up to %.0f %% of the time",
                    100
                            * notes.waitedShares().stream()
                                    .mapToDouble(one -> one)
                                    .max()
                                    .orElse(0)));
        }
        Map<String, List<Double>> scores = new TreeMap<>();
        Map<String, Long> counts = new TreeMap<>();
        for (int i : quiet) {
            Map<String, Long> told = notes.counts().get(i);
            for (int role = 0; role < shape.roles().size(); role++) {
                String name = shape.roles().get(role);
                score(shape, role, iterations.get(i), told)
                        .ifPresent(score -> scores.computeIfAbsent(name, any -> new ArrayList<>())
                                .add(score));
            }
            told.forEach((name, count) -> {
                if (!name.startsWith(Shape.TOLD)) {
                    counts.merge(name, count, Long::sum);
                }
            });
        }
        return new Sample(scores, counts, notes.pinned());
    }

    /** {@return ns an operation; nothing when no thread timed that role} */
    private static OptionalDouble score(Shape shape, int role, IterationResult iteration, Map<String, Long> told) {
        if (shape.isTold() && role > 0) {
            long times = told.getOrDefault(Shape.times(role), 0L);
            long nanos = Math.max(1, told.getOrDefault(Shape.nanos(role), 0L)); // the clock's own time was taken off
            return times == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) nanos / times);
        }
        double score = shape.isGroup()
                ? iteration.getSecondaryResults().get(shape.roles().get(role)).getScore()
                : iteration.getPrimaryResult().getScore();
        return OptionalDouble.of(score / shape.opsPerInvocation());
    }
}
