package dev.faultline.cli.run;

import dev.faultline.cli.option.CommonOptions;
import dev.faultline.cli.output.Reasons;
import dev.faultline.input.InputException;
import dev.faultline.input.Nearest;
import dev.faultline.input.VisibleText;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Reports every kind of failure as one line on standard error and an exit status. */
public final class ErrorReporter {

    /** The message of picocli's help command when it is asked for an unknown command. */
    private static final Pattern UNKNOWN_TO_HELP = Pattern.compile("Unknown subcommand '(.*)'\\.", Pattern.DOTALL);

    private ErrorReporter() {}

    /**
     * Reports arguments that the parser refuses.
     *
     * @return {@link ExitStatus#USAGE}
     */
    public static int usage(ParameterException wrong, CliContext context) {
        CommandSpec command = wrong.getCommandLine().getCommandSpec();
        return usage(line(wrong, command), command, context);
    }

    /**
     * Reports wrong use of a command.
     *
     * @return {@link ExitStatus#USAGE}
     */
    public static int usage(String line, CommandSpec command, CliContext context) {
        context.say(line);
        context.err().println("Try '" + command.qualifiedName() + " --help'.");
        return ExitStatus.USAGE;
    }

    private static String line(ParameterException wrong, CommandSpec command) {
        if (wrong instanceof UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()) {
            return unknown(unmatched.getUnmatched().get(0), command);
        }
        Matcher help = UNKNOWN_TO_HELP.matcher(wrong.getMessage());
        return help.matches() ? unknown(help.group(1), command) : wrong.getMessage();
    }

    private static String unknown(String word, CommandSpec command) {
        if (word.startsWith("-")) {
            String option = word.contains("=") ? word.substring(0, word.indexOf('=')) : word;
            return command.name() + " has no option " + option
                    + Nearest.hint(option, command.optionsMap().keySet());
        }
        if (command.subcommands().isEmpty()) {
            boolean from = command.optionsMap().containsKey("--from");
            return command.name() + " takes no argument, got '" + word + "'"
                    + (from ? " (did you mean --from " + word + "?)" : "");
        }
        List<String> near = Nearest.of(word, command.subcommands().keySet());
        String meant = near.isEmpty() ? "faultline inspect " + word : String.join(", ", near);
        return "there is no command " + word + " (did you mean " + meant + "?)";
    }

    /**
     * Reports what a command threw.
     *
     * @param arguments the arguments of the run
     * @return {@link ExitStatus#FAILED}, or {@link ExitStatus#CLEAN} when only the reader of the output is gone
     */
    public static int failure(Throwable thrown, List<String> arguments, CliContext context) {
        if (thrown instanceof UncheckedIOException wrapped) {
            return failure(wrapped.getCause(), arguments, context);
        }
        if (thrown instanceof IOException unwritten && Reasons.isClosedPipe(unwritten)) {
            return ExitStatus.CLEAN; // the reader, such as head, wants no more
        }
        if (thrown instanceof IOException unwritten) {
            context.say("the report cannot be written: " + Reasons.of(unwritten));
        } else if (thrown instanceof InputException broken) {
            broken.lines().forEach(context::say);
        } else if (thrown instanceof OutOfMemoryError) {
            context.say("out of memory; give it more with FAULTLINE_OPTS=-Xmx4g");
        } else {
            context.say("internal error: " + thrown + " (run with " + CommonOptions.DEBUG + " for the trace)");
        }
        if (arguments.contains(CommonOptions.DEBUG)) {
            StringWriter trace = new StringWriter();
            thrown.printStackTrace(new PrintWriter(trace));
            context.err().print(VisibleText.lines(trace.toString()));
        }
        return ExitStatus.FAILED;
    }
}
