package dev.faultline.cli.command;

import dev.faultline.input.VisibleText;
import dev.faultline.machine.Machine;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * What a run has around it beside its words.
 *
 * @param in standard input
 * @param out standard output; the report and nothing else; its errors are not swallowed
 * @param err standard error; everything else
 * @param environment variables of the environment
 * @param machine describes the machine the run is on; asked only when no preset is named
 * @param measurer measures it
 * @param bencher runs benchmarks on it
 */
public record Surroundings(
        InputStream in,
        OutputStream out,
        PrintStream err,
        Map<String, String> environment,
        Supplier<Machine> machine,
        Measurer measurer,
        Bencher bencher) {

    /** Where the launcher says which streams are terminals, since a Java program cannot tell: {@code "out err"}. */
    public static final String TERMINALS = "FAULTLINE_TERMINAL";

    /** Refuses nulls. */
    public Surroundings {
        Objects.requireNonNull(in);
        Objects.requireNonNull(out);
        Objects.requireNonNull(err);
        environment = Map.copyOf(environment);
        Objects.requireNonNull(machine);
        Objects.requireNonNull(measurer);
        Objects.requireNonNull(bencher);
    }

    /** Surroundings in which the machine at hand is measured. */
    public Surroundings(
            InputStream in,
            OutputStream out,
            PrintStream err,
            Map<String, String> environment,
            Supplier<Machine> machine) {
        this(in, out, err, environment, machine, Measurer.here(), Bencher.here());
    }

    /** {@return whether standard output is a terminal that shows colours and nobody asked for none} */
    boolean wantsColor() {
        return terminals().contains("out")
                && environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !environment.getOrDefault("TERM", "").equals("dumb");
    }

    /** {@return whether somebody looks at standard error} */
    boolean wantsProgress() {
        return terminals().contains("err");
    }

    private String terminals() {
        return environment.getOrDefault(TERMINALS, "");
    }

    /** Says one line to the user, whatever is in it. */
    void say(String line) {
        err.println("faultline: " + VisibleText.of(line));
    }
}
