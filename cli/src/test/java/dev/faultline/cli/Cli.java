package dev.faultline.cli;

import dev.faultline.bench.calibrate.Contention;
import dev.faultline.bench.calibrate.Measurements;
import dev.faultline.bench.calibrate.RoundValues;
import dev.faultline.bench.cores.CpuDistance;
import dev.faultline.bench.cores.SpinSample;
import dev.faultline.bench.grid.SharingScenario;
import dev.faultline.cli.measure.Bencher;
import dev.faultline.cli.measure.GridPlayer;
import dev.faultline.cli.measure.Measurer;
import dev.faultline.cli.run.CliContext;
import dev.faultline.machine.Machine;
import dev.faultline.machine.Machines;
import dev.faultline.machine.Sourced;
import dev.faultline.machine.Topology;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** Runs whole commands inside the test's VM, always for the same machine. */
final class Cli {

    /** What a small Linux machine says of itself: two CPUs, 64-byte lines fetched in pairs. */
    static final Machine MACHINE = new Machine(
            "this machine",
            new Sourced<>(64, "/sys/devices/system/cpu/cpu0/cache/index0/coherency_line_size"),
            new Sourced<>(128, "Intel's spatial prefetcher fetches pairs (/proc/cpuinfo)"),
            new Sourced<>(4096, "usual page size, not read"),
            new Topology(
                    new Sourced<>(2, "CPUs available to this process"),
                    new Sourced<>(1, "physical_package_id in sysfs"),
                    new Sourced<>(1, "cache/index3/id in sysfs")),
            Machines.x86().costs().withRetention(0, "not calibrated: `faultline calibrate` measures this machine"));

    /** What calibration measures there: a transfer takes 40 ns, and an add by both CPUs half of that. */
    static final Measurements MEASURED = new Measurements(
            2,
            Grids.ENVIRONMENT,
            new RoundValues(List.of(1.5)),
            new RoundValues(List.of(7.0)),
            Map.of(CpuDistance.CLUSTER, new RoundValues(List.of(39.0, 40.0, 41.0))),
            List.of(new Contention(
                    2,
                    Map.of(CpuDistance.CLUSTER, 1),
                    new RoundValues(List.of(20.0)),
                    new RoundValues(List.of(30.0)),
                    new RoundValues(List.of(0.5)))),
            Grids.series(SharingScenario.all(SharingScenario.CALIBRATED_GAPS), 1),
            List.of(new SpinSample(0, 1000, 0, 1000), new SpinSample(1, 1000, 0, 1000)),
            OptionalDouble.empty());

    private Cli() {}

    /** What a run left behind. */
    record Run(int status, String out, String err) {}

    static Run run(String... words) {
        return run(Map.of(), "", words);
    }

    static Run withInput(String input, String... words) {
        return run(Map.of(), input, words);
    }

    static Run run(Map<String, String> environment, String input, String... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Run run = into(out, environment, input, words);
        return new Run(run.status(), out.toString(StandardCharsets.UTF_8), run.err());
    }

    static Run into(OutputStream out, Map<String, String> environment, String input, String... words) {
        return into(out, environment, input, (topology, rounds, seconds, steps) -> MEASURED, words);
    }

    /** As the others, on a machine that measures otherwise. */
    static Run measuring(Measurer measurer, String... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Run run = into(out, Map.of(), "", measurer, words);
        return new Run(run.status(), out.toString(StandardCharsets.UTF_8), run.err());
    }

    /** As the others, on a machine where grids come out otherwise. */
    static Run playing(GridPlayer player, String... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Measurer measurer = (topology, rounds, seconds, steps) -> MEASURED;
        Run run = into(out, Map.of(), "", measurer, Benches::fake, player, words);
        return new Run(run.status(), out.toString(StandardCharsets.UTF_8), run.err());
    }

    /** As the others, on a machine where benchmarks come out otherwise. */
    static Run benching(Bencher bencher, Map<String, String> environment, String... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Run run =
                into(out, environment, "", (topology, rounds, seconds, steps) -> MEASURED, bencher, Grids::fake, words);
        return new Run(run.status(), out.toString(StandardCharsets.UTF_8), run.err());
    }

    static Run into(
            OutputStream out, Map<String, String> environment, String input, Measurer measurer, String... words) {
        return into(out, environment, input, measurer, Benches::fake, Grids::fake, words);
    }

    private static Run into(
            OutputStream out,
            Map<String, String> environment,
            String input,
            Measurer measurer,
            Bencher bencher,
            GridPlayer player,
            String... words) {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int status = Main.run(
                words,
                new CliContext(
                        new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                        out,
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        environment,
                        () -> MACHINE,
                        measurer,
                        bencher,
                        player));
        return new Run(status, "", err.toString(StandardCharsets.UTF_8));
    }
}
