package dev.faultline.cli;

import dev.faultline.cli.command.Complaints;
import dev.faultline.cli.command.ExitStatus;
import dev.faultline.cli.command.FaultlineCommand;
import dev.faultline.cli.command.Surroundings;
import dev.faultline.machine.MachineDetection;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TraceLevel;

/** The program: words in, exit status out. */
public final class Main {

    static {
        CommandLine.tracer().setLevel(TraceLevel.OFF); // it would write words as they are to standard error
    }

    private Main() {}

    /**
     * Runs once and exits.
     *
     * @param arguments the words
     */
    public static void main(String[] arguments) {
        // a plain stream, since a PrintStream swallows that the reader has gone
        OutputStream out = new FileOutputStream(FileDescriptor.out);
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        InputStream in = new StandardInput(System.in, System.getenv());
        int status = run(arguments, in, out, err, System.getenv());
        err.flush();
        System.exit(status);
    }

    /**
     * Runs once on the machine at hand. Touches nothing but what it is given, files and this machine's description.
     *
     * @param arguments the words
     * @param in standard input
     * @param out standard output
     * @param err standard error
     * @param environment variables of the environment
     * @return the exit status, one of {@link ExitStatus}
     */
    public static int run(
            String[] arguments, InputStream in, OutputStream out, PrintStream err, Map<String, String> environment) {
        return run(
                arguments,
                new Surroundings(
                        in,
                        out,
                        err,
                        environment,
                        () -> MachineDetection.detect(
                                Path.of("/sys"),
                                Path.of("/proc/cpuinfo"),
                                Runtime.getRuntime().availableProcessors())));
    }

    /**
     * Runs once.
     *
     * @param arguments the words
     * @param surroundings everything else
     * @return the exit status, one of {@link ExitStatus}
     */
    public static int run(String[] arguments, Surroundings surroundings) {
        List<String> words = Arrays.asList(arguments);
        try {
            PrintWriter help = new PrintWriter(new OutputStreamWriter(surroundings.out(), StandardCharsets.UTF_8));
            CommandLine command = FaultlineCommand.in(surroundings)
                    .setOut(help)
                    .setErr(new PrintWriter(surroundings.err(), true))
                    .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
                    .setParameterExceptionHandler((wrong, all) -> Complaints.usage(wrong, surroundings))
                    .setExecutionExceptionHandler((thrown, at, parsed) -> {
                        if (thrown instanceof ParameterException wrong) {
                            return Complaints.usage(wrong, surroundings);
                        }
                        return Complaints.failure(thrown, words, surroundings);
                    });
            int status = command.execute(arguments);
            help.flush();
            surroundings.out().flush();
            return status;
        } catch (IOException gone) {
            return ExitStatus.CLEAN; // the reader of a help text has seen enough
        } catch (Throwable thrown) { // the last resort of the whole program: one line, not a trace
            return Complaints.failure(thrown, words, surroundings);
        }
    }
}
