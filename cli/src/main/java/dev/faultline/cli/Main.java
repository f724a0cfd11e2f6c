package dev.faultline.cli;

import dev.faultline.cli.command.FaultlineCommand;
import dev.faultline.cli.command.VersionProvider;
import dev.faultline.cli.option.UsageException;
import dev.faultline.cli.run.CliContext;
import dev.faultline.cli.run.ErrorReporter;
import dev.faultline.cli.run.ExitStatus;
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
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.TraceLevel;

/** Runs the program once. */
public final class Main {

    /** Types that no option has; picocli would load the classes in every run. */
    private static final String UNUSED_CONVERTERS = "java[.](sql|time)[.].*";

    private Main() {}

    /** Runs the program and exits the VM. */
    public static void main(String[] arguments) {
        // a plain stream, since a PrintStream hides that the reader is gone
        OutputStream out = new FileOutputStream(FileDescriptor.out);
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        InputStream in = new StandardInput(System.in, System.getenv());
        int status = run(arguments, in, out, err, System.getenv());
        err.flush();
        System.exit(status);
    }

    /**
     * Runs the program on this machine.
     *
     * @param environment variables of the environment
     * @return the exit status, one of {@link ExitStatus}
     */
    public static int run(
            String[] arguments, InputStream in, OutputStream out, PrintStream err, Map<String, String> environment) {
        return run(
                arguments,
                new CliContext(
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
     * Runs the program.
     *
     * @return the exit status, one of {@link ExitStatus}
     */
    public static int run(String[] arguments, CliContext context) {
        List<String> words = List.of(arguments);
        try {
            if (words.size() == 1 && FaultlineCommand.VERSION.contains(words.get(0))) {
                return version(context); // needs none of the parser, which takes half of so short a run
            }
            CommandLine.tracer().setLevel(TraceLevel.OFF); // it would print arguments unescaped on standard error
            System.setProperty("picocli.disable.closures", "true"); // it would look for Groovy in all jars
            System.setProperty("picocli.converters.excludes", UNUSED_CONVERTERS);
            PrintWriter help = new PrintWriter(new OutputStreamWriter(context.out(), StandardCharsets.UTF_8));
            CommandLine command = FaultlineCommand.in(context, words)
                    .setOut(help)
                    .setErr(new PrintWriter(context.err(), true))
                    .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
                    .setParameterExceptionHandler((wrong, all) -> ErrorReporter.usage(wrong, context))
                    .setExecutionExceptionHandler((thrown, at, parsed) -> thrown instanceof UsageException
                            ? ErrorReporter.usage(thrown.getMessage(), at.getCommandSpec(), context)
                            : ErrorReporter.failure(thrown, words, context));
            int status = command.execute(arguments);
            help.flush();
            context.out().flush();
            return status;
        } catch (IOException gone) {
            return ExitStatus.CLEAN; // the reader of a help text wants no more
        } catch (Throwable thrown) { // every failure is one line, not a stack trace
            return ErrorReporter.failure(thrown, words, context);
        }
    }

    /** Prints what {@code --version} among other words makes the parser print. */
    private static int version(CliContext context) throws IOException {
        for (String line : VersionProvider.lines()) {
            context.out().write((line + System.lineSeparator()).getBytes(StandardCharsets.UTF_8));
        }
        context.out().flush();
        return ExitStatus.CLEAN;
    }
}
