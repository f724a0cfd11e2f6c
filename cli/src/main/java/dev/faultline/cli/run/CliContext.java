package dev.faultline.cli.run;

import dev.faultline.cli.measure.Bencher;
import dev.faultline.cli.measure.GridPlayer;
import dev.faultline.cli.measure.Measurer;
import dev.faultline.cli.output.ReportFile;
import dev.faultline.input.VisibleText;
import dev.faultline.machine.Machine;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;

/**
 * Everything a run depends on besides its arguments.
 *
 * @param in standard input
 * @param out standard output; the report and nothing else; does not hide errors, as a {@code PrintStream} would
 * @param err standard error; everything else
 * @param environment variables of the environment
 * @param machine describes the machine the run is on; asked only when no machine is named
 * @param measurer measures it
 * @param bencher runs benchmarks on it
 * @param gridPlayer plays grids of threads that share lines on it
 */
public record CliContext(
        InputStream in,
        OutputStream out,
        PrintStream err,
        Map<String, String> environment,
        Supplier<Machine> machine,
        Measurer measurer,
        Bencher bencher,
        GridPlayer gridPlayer) {

    /** Names the streams that are terminals, {@code "out err"}. The launcher sets it; a Java program cannot tell. */
    public static final String TERMINALS = "FAULTLINE_TERMINAL";

    /** The columns of the terminal that is standard output. The launcher sets it too. */
    public static final String COLUMNS = "FAULTLINE_COLUMNS";

    public CliContext {
        Objects.requireNonNull(in);
        Objects.requireNonNull(out);
        Objects.requireNonNull(err);
        environment = Map.copyOf(environment);
        Objects.requireNonNull(machine);
        Objects.requireNonNull(measurer);
        Objects.requireNonNull(bencher);
        Objects.requireNonNull(gridPlayer);
    }

    /** A context in which this machine is measured. */
    public CliContext(
            InputStream in,
            OutputStream out,
            PrintStream err,
            Map<String, String> environment,
            Supplier<Machine> machine) {
        this(in, out, err, environment, machine, Measurer.here(), Bencher.here(), GridPlayer.here());
    }

    /** {@return whether standard output is a terminal with colours, and the environment does not forbid them} */
    boolean allowsColor() {
        return isTerminal("out")
                && environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !environment.getOrDefault("TERM", "").equals("dumb");
    }

    /** {@return the columns of the terminal that is standard output, when it is one and tells} */
    OptionalInt columns() {
        String columns = environment.getOrDefault(COLUMNS, "");
        return isTerminal("out") && columns.matches("[1-9]\\d{0,3}")
                ? OptionalInt.of(Integer.parseInt(columns))
                : OptionalInt.empty();
    }

    /** {@return whether standard error is a terminal} */
    boolean showsProgress() {
        return isTerminal("err");
    }

    private boolean isTerminal(String stream) {
        return environment.getOrDefault(TERMINALS, "").contains(stream);
    }

    /** Prints one line on standard error, with control characters escaped. */
    public void say(String line) {
        err.println("faultline: " + VisibleText.of(line));
    }

    /**
     * Opens the place a report goes to.
     *
     * @param file a file; null, or {@code -}, for standard output
     * @throws dev.faultline.input.InputException when the file cannot be written
     */
    public ReportFile open(Path file) {
        return ReportFile.open(Optional.ofNullable(file), out);
    }
}
