package dev.faultline.bench.harness;

import dev.faultline.bench.cores.CpuTimes;
import dev.faultline.bench.plan.ContestantSpec;
import dev.faultline.bench.plan.ForkSample;
import dev.faultline.bench.plan.PlannedScenario;
import dev.faultline.bench.plan.ScenarioSpec;
import dev.faultline.measure.RunEffort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs forks by JMH. JMH's own output goes to a file, and only a failure is quoted from JMH. */
final class JmhForkRunner implements ForkRunner {

    /**
     * No thread of the VM may take a CPU from the threads that are measured: the collector is serial, and compilation
     * blocks the thread that needs it; in the background it would go on for as long as a brief run lasts. The exports
     * keep libraries from writing warnings.
     */
    private static final List<String> VM_OPTIONS = List.of(
            "-Xbatch",
            "-XX:+UseSerialGC",
            "-XX:-UsePerfData",
            "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED",
            "--add-exports=java.base/sun.nio.ch=ALL-UNNAMED",
            "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED");

    static final String FORK_LOG = "fork-log";
    private static final String JMH_OUTPUT = "jmh-output";
    private static final List<String> FILES = List.of(FORK_LOG, JMH_OUTPUT);

    private static final int UNSAFE_WARNS_FROM = 24; // JEP 498

    private final List<Integer> cpus;
    private final double mostStolen;
    private final double mostWaited;

    /**
     * Runs forks on these CPUs.
     *
     * @param cpus numbers of CPUs, in the order of threads
     * @param mostStolen the largest share of a fork's time that the hypervisor may take
     * @param mostWaited the largest share of an iteration that a thread may wait for its CPU
     */
    JmhForkRunner(List<Integer> cpus, double mostStolen, double mostWaited) {
        this.cpus = List.copyOf(cpus);
        this.mostStolen = mostStolen;
        this.mostWaited = mostWaited;
    }

    @Override
    public ForkSample run(PlannedScenario scenario, ContestantSpec contestant, RunEffort effort)
            throws DisturbedException {
        try {
            Path folder = Files.createTempDirectory("faultline-bench");
            folder.toFile().deleteOnExit(); // deleted last, so after its files, when a signal ends the run
            for (String name : FILES) {
                folder.resolve(name).toFile().deleteOnExit();
            }
            try {
                return run(scenario, contestant, effort, folder);
            } finally {
                for (String name : FILES) {
                    Files.deleteIfExists(folder.resolve(name));
                }
                Files.deleteIfExists(folder);
            }
        } catch (IOException unwritten) {
            throw DisturbedException.lasting("the fork's log cannot be kept: " + unwritten.getMessage());
        }
    }

    private ForkSample run(PlannedScenario scenario, ContestantSpec contestant, RunEffort effort, Path folder)
            throws DisturbedException, IOException {
        Path log = folder.resolve(FORK_LOG);
        ChainedOptionsBuilder options = options(scenario, contestant, effort, log)
                .output(folder.resolve(JMH_OUTPUT).toString());
        CpuTimes before = CpuTimes.now(cpus);
        Collection<RunResult> results;
        try {
            results = new Runner(options.build()).run();
        } catch (RunnerException failed) {
            throw DisturbedException.lasting(contestant.name() + ": the fork failed: " + reason(failed));
        }
        double stolen = before.stolenShare(CpuTimes.now(cpus)).orElse(0);
        if (stolen > mostStolen) {
            throw DisturbedException.passing(
                    String.format(Locale.ROOT, "the hypervisor took %.1f %% of the time", stolen * 100));
        }
        if (results.size() != 1) {
            throw DisturbedException.lasting(contestant.name() + ": expected one benchmark "
                    + scenario.spec().method() + ", found " + results.size());
        }
        List<IterationResult> iterations =
                List.copyOf(results.iterator().next().getAggregatedResult().getIterationResults());
        return sample(scenario.spec(), iterations, read(log, scenario.threads(), effort.iterations()));
    }

    private ChainedOptionsBuilder options(
            PlannedScenario scenario, ContestantSpec contestant, RunEffort effort, Path log) {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include("\\." + Pattern.quote(scenario.spec().method()) + "$")
                .param("contestant", contestant.forkParameter())
                .forks(1)
                .warmupIterations(effort.warmups())
                .warmupTime(TimeValue.milliseconds(effort.millis()))
                .measurementIterations(effort.iterations())
                .measurementTime(TimeValue.milliseconds(effort.millis()))
                .jvmArgs(vmOptions(log).toArray(String[]::new))
                .shouldFailOnError(true)
                .verbosity(VerboseMode.NORMAL);
        scenario.spec().params().forEach(options::param);
        return scenario.spec().isGroup()
                ? options.threadGroups(scenario.threads() / 2, scenario.threads() / 2)
                : options.threads(scenario.threads());
    }

    private List<String> vmOptions(Path log) {
        List<String> options = new ArrayList<>(VM_OPTIONS);
        if (Runtime.version().feature() >= UNSAFE_WARNS_FROM) {
            options.add("--sun-misc-unsafe-memory-access=allow");
        }
        options.add("-D" + PinnedThread.LOG + "=" + log);
        options.add("-D" + PinnedThread.CPUS + "="
                + cpus.stream().map(String::valueOf).collect(Collectors.joining(",")));
        return options;
    }

    /** {@return the first line of the contestant's own exception, which JMH wraps several times} */
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

    private static ForkLog read(Path log, int threads, int iterations) throws DisturbedException, IOException {
        try {
            return ForkLog.read(Files.exists(log) ? Files.readAllLines(log) : List.of(), threads, iterations);
        } catch (IllegalArgumentException wrong) {
            throw DisturbedException.lasting(wrong.getMessage());
        }
    }

    /**
     * Takes the iterations in which every thread had its CPU. Late compilation disturbs the first iteration of a
     * fork, seldom all; a fork with too few quiet iterations does not count.
     */
    private ForkSample sample(ScenarioSpec scenario, List<IterationResult> iterations, ForkLog log)
            throws DisturbedException {
        List<List<Double>> scores = new ArrayList<>();
        scenario.roles().forEach(role -> scores.add(new ArrayList<>()));
        double[] resolutions = new double[scores.size()];
        Map<String, Long> counters = new TreeMap<>();
        long operations = 0;
        int quiet = 0;
        double waited = 0;
        for (int i = 0; i < iterations.size(); i++) {
            ForkLog.Iteration logged = log.iterations().get(i);
            waited = Math.max(waited, logged.waitedShare);
            if (logged.waitedShare > mostWaited) {
                continue;
            }
            quiet++;
            operations += logged.operations;
            logged.counters.forEach((name, count) -> counters.merge(name, count, Long::sum));
            for (int role = 0; role < scores.size(); role++) {
                score(scenario, role, iterations.get(i), logged).ifPresent(scores.get(role)::add);
                resolutions[role] = Math.max(resolutions[role], resolution(scenario, role, logged));
            }
        }
        if (2 * quiet < iterations.size() || quiet == 0) {
            throw DisturbedException.passing(
                    String.format(Locale.ROOT, "threads waited for their CPU up to %.0f %% of the time", 100 * waited));
        }
        List<Double> coarsest = Arrays.stream(resolutions).boxed().toList();
        return new ForkSample(scores, coarsest, operations, counters, log.pinned());
    }

    /** {@return ns per operation; nothing when no thread timed that role} */
    private static OptionalDouble score(
            ScenarioSpec scenario, int role, IterationResult iteration, ForkLog.Iteration log) {
        if (isTimedByThreads(scenario, role)) {
            RoleTime time = log.roleTimes.getOrDefault(role, RoleTime.NONE);
            return time.count() == 0 ? OptionalDouble.empty() : OptionalDouble.of(time.nanosPerOp());
        }
        double score = scenario.isGroup()
                ? iteration
                        .getSecondaryResults()
                        .get(scenario.roles().get(role))
                        .getScore()
                : iteration.getPrimaryResult().getScore();
        return OptionalDouble.of(score / scenario.opsPerInvocation());
    }

    private static boolean isTimedByThreads(ScenarioSpec scenario, int role) {
        return scenario.isTimedByThreads() && role > 0;
    }

    /** {@return to how many ns an operation's time is known; 0 for a share of a whole iteration} */
    private static double resolution(ScenarioSpec scenario, int role, ForkLog.Iteration log) {
        RoleTime time = log.roleTimes.getOrDefault(role, RoleTime.NONE);
        return isTimedByThreads(scenario, role) && time.count() > 0 ? time.resolutionNanos() : 0;
    }
}
