package dev.faultline.cli.command;

import dev.faultline.bench.calibrate.CalibrationPlan;
import dev.faultline.bench.calibrate.MachineFit;
import dev.faultline.bench.calibrate.Measurements;
import dev.faultline.bench.cores.InconclusiveException;
import dev.faultline.cli.option.OutputFile;
import dev.faultline.cli.option.UsageException;
import dev.faultline.cli.output.ReportFile;
import dev.faultline.cli.run.CliContext;
import dev.faultline.cli.run.ExitStatus;
import dev.faultline.cli.run.Progress;
import dev.faultline.cost.chain.RetryChain;
import dev.faultline.machine.Costs;
import dev.faultline.machine.Machine;
import dev.faultline.machine.MachineWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code faultline calibrate}: what moving a cache line costs on this machine. */
@Command(
        name = "calibrate",
        description = {
            "Measure what moving a cache line between CPUs costs on this machine.",
            "The result is printed as a machine file. Nothing else should run meanwhile."
        },
        customSynopsis = "faultline calibrate [OPTIONS]",
        footer = {
            "  faultline calibrate > box.yaml",
            "  faultline calibrate --rounds 31 --seconds 60 --name buildbox",
            "",
            "'faultline inspect rtable --machine box.yaml' analyses for that machine.",
            "",
            "Exit status: 0 measured, 2 wrong usage, 3 inconclusive, because the CPUs were not",
            "free or there is only one; then nothing is written."
        })
final class CalibrateCommand implements Callable<Integer> {

    private static final double LEAST_SECONDS = 0.01;

    private final CliContext context;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            description = "How often each figure is measured; the median counts. Default: 15.")
    private int rounds = 15;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            description = "About how long the whole measurement may take; many CPUs need more. Default: 10.")
    private double seconds = 10;

    @Option(names = "--name", paramLabel = "NAME", description = "The name of the machine. Default: this machine.")
    private String name;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            converter = OutputFile.class,
            description = "Write the machine to FILE. An existing file is replaced when the machine is measured.")
    private Path file;

    CalibrateCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        checkValues();
        try (ReportFile output = context.open(file)) {
            Machine known = context.machine().get();
            Measurements measured;
            try (Progress progress = Progress.of(rounds, "rounds", context)) {
                measured = context.measurer()
                        .measure(known.topology(), rounds, seconds, (done, of) -> progress.done(done));
            }
            Machine machine = MachineFit.machine(measured, known, Optional.of(CalibrateCommand::retries));
            output.writer().write(MachineWriter.write(name == null ? machine : machine.withName(name)));
            output.commit();
            context.say(summary(measured, machine.costs()));
            return ExitStatus.CLEAN;
        } catch (InconclusiveException inconclusive) {
            context.say(inconclusive.getMessage());
            return ExitStatus.FAILED;
        }
    }

    private static double retries(int cpus, double retention) {
        return RetryChain.pureLoopRetries(Math.min(cpus, RetryChain.MOST_CPUS), retention);
    }

    private void checkValues() {
        if (rounds < 1 || rounds > CalibrationPlan.MOST_ROUNDS) {
            throw UsageException.ofValue("--rounds", "a number from 1 to " + CalibrationPlan.MOST_ROUNDS, rounds);
        }
        if (!(seconds >= LEAST_SECONDS && seconds <= CalibrationPlan.MOST_SECONDS)) {
            throw UsageException.ofValue(
                    "--seconds", "from " + LEAST_SECONDS + " to " + (int) CalibrationPlan.MOST_SECONDS, seconds);
        }
        if (name != null && name.isBlank()) {
            throw UsageException.ofValue("--name", "a name", name);
        }
    }

    /** Tells only what was measured; other costs come from another machine. */
    private static String summary(Measurements measured, Costs costs) {
        Set<String> names = new HashSet<>(List.of("hit", "atomic", "occupancy"));
        measured.transferNanos().keySet().forEach(distance -> names.add(distance.word()));
        return "measured on " + measured.threads() + " CPUs"
                + (measured.pinned() ? "" : ", threads could not be pinned")
                + costs.named().stream()
                        .filter(cost -> names.contains(cost.name()))
                        .map(CalibrateCommand::words)
                        .collect(Collectors.joining(", ", ": ", ""));
    }

    private static String words(Costs.Named cost) {
        String unit = cost.isTime() ? " ns" : "";
        return String.format(
                Locale.ROOT, "%s %.3g%s", cost.name(), cost.figure().value(), unit);
    }
}
