package dev.faultline.cli.command;

import dev.faultline.bench.calibrate.CalibrationPlan;
import dev.faultline.bench.calibrate.MachineFit;
import dev.faultline.bench.calibrate.Measurements;
import dev.faultline.bench.cores.InconclusiveException;
import dev.faultline.bench.grid.GridComparison;
import dev.faultline.bench.grid.SharingModel;
import dev.faultline.bench.grid.SharingSimulator;
import dev.faultline.cli.option.MachineOptions.FileFormat;
import dev.faultline.cli.option.OutputFile;
import dev.faultline.cli.option.UsageException;
import dev.faultline.cli.output.ReportFile;
import dev.faultline.cli.run.CliContext;
import dev.faultline.cli.run.ExitStatus;
import dev.faultline.cli.run.Progress;
import dev.faultline.machine.Costs;
import dev.faultline.machine.Machine;
import dev.faultline.machine.MachineWriter;
import dev.faultline.measure.Calibration;
import dev.faultline.measure.SharingGrid;
import dev.faultline.report.ReportWriter;
import dev.faultline.report.build.SharingGridDocument;
import dev.faultline.report.document.Document;
import dev.faultline.report.json.JsonCalibrationWriter;
import dev.faultline.report.text.TextStyle;
import dev.faultline.report.text.TextWriter;
import java.io.IOException;
import java.io.StringWriter;
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
            "The result is printed as a machine file, with a table of how well the model fits",
            "as comments. Nothing else should run meanwhile."
        },
        customSynopsis = "faultline calibrate [OPTIONS]",
        footer = {
            "  faultline calibrate > box.yaml",
            "  faultline calibrate --rounds 31 --seconds 60 --name buildbox",
            "  faultline calibrate --format json",
            "",
            "'faultline inspect rtable --machine box.yaml' analyses for that machine, and",
            "'faultline bench grid --machine box.yaml' shows how well it predicts other times.",
            "",
            "Exit status: 0 measured, 2 wrong usage, 3 inconclusive, because the CPUs were not",
            "free or there is only one; then nothing is written."
        })
final class CalibrateCommand implements Callable<Integer> {

    private static final double LEAST_SECONDS = 0.01;
    private static final SharingModel MODEL = new SharingSimulator();
    private static final int COLUMNS = 110;

    private final CliContext context;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            description = "How often each figure is measured; the median counts. Default: 15.")
    private int rounds = 15;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            description = "About how long the whole measurement may take; many CPUs need more. Default: 20.")
    private double seconds = 20;

    @Option(names = "--name", paramLabel = "NAME", description = "The name of the machine. Default: this machine.")
    private String name;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            converter = OutputFile.class,
            description = "Write the machine to FILE. An existing file is replaced when the machine is measured.")
    private Path file;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "How to write the machine: yaml, which --machine reads, or json. Default: yaml.")
    private FileFormat format = FileFormat.YAML;

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
            Machine fitted = MachineFit.machine(measured, known, MODEL);
            Machine machine = name == null ? fitted : fitted.withName(name);
            Calibration calibration = new Calibration(machine, fit(measured, machine));
            if (format == FileFormat.JSON) {
                JsonCalibrationWriter json = new JsonCalibrationWriter(output.writer());
                json.write(calibration);
                json.end();
            } else {
                output.writer().write(MachineWriter.write(machine));
                output.writer().write(comments(calibration.fit()));
            }
            output.commit();
            context.say(summary(measured, machine.costs())
                    + calibration.fit().map(CalibrateCommand::fitWords).orElse(""));
            return ExitStatus.CLEAN;
        } catch (InconclusiveException inconclusive) {
            context.say(inconclusive.getMessage());
            return ExitStatus.FAILED;
        }
    }

    private static Optional<SharingGrid> fit(Measurements measured, Machine machine) {
        return measured.sharing().isEmpty()
                ? Optional.empty()
                : Optional.of(GridComparison.of(measured.sharing(), measured.environment(), MODEL, machine));
    }

    /** {@return how well the model fits, as comments of a machine file} */
    private static String comments(Optional<SharingGrid> fit) throws IOException {
        if (fit.isEmpty()) {
            return "";
        }
        StringWriter text = new StringWriter();
        ReportWriter<Document> report = new TextWriter(text, new TextStyle(false, COLUMNS));
        report.write(SharingGridDocument.of(fit.get()));
        report.end();
        return text.toString()
                .lines()
                .map(line -> line.isBlank() ? "#\n" : "# " + line + "\n")
                .collect(Collectors.joining());
    }

    private static String fitWords(SharingGrid fit) {
        SharingGrid.Cell worst = fit.worst().orElseThrow();
        return String.format(
                Locale.ROOT,
                "; the model has %d of %d measured times within %s times; farthest off: %s, %s, at a gap of %.0f ns%s,"
                        + " %.3g ns measured, %.3g ns by the model",
                SharingGrid.close(fit.cells()),
                fit.cells().size(),
                SharingGrid.CLOSE,
                worst.row().kind(),
                worst.row().role(),
                worst.row().gapNanos(),
                worst.isApart() ? " apart" : "",
                worst.time().measured().estimate(),
                worst.time().predictedNanos());
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
        Set<String> names = new HashSet<>(List.of("hit", "atomic"));
        if (!measured.sharing().isEmpty()) {
            names.addAll(List.of("hold", "store", "outstanding"));
        }
        measured.transferNanos().keySet().forEach(distance -> names.add(distance.word()));
        return "measured on " + measured.threads() + " CPUs"
                + (measured.pinned() ? "" : ", threads could not be pinned")
                + costs.named().stream()
                        .filter(cost -> names.contains(cost.name()))
                        .map(CalibrateCommand::words)
                        .collect(Collectors.joining(", ", ": ", ""));
    }

    private static String words(Costs.Named cost) {
        return switch (cost.unit()) {
            case NANOS ->
                String.format(
                        Locale.ROOT, "%s %.3g ns", cost.name(), cost.figure().value());
            case SHARE ->
                String.format(Locale.ROOT, "%s %.3g", cost.name(), cost.figure().value());
            case ENTRIES ->
                String.format(Locale.ROOT, "%s %.0f", cost.name(), cost.figure().value());
        };
    }
}
