package dev.faultline.cli.command;

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

/** Turns what went wrong into one line on standard error and an exit status. */
public final class Complaints {

    /** The option that adds the stack trace. */
    static final String DEBUG = "--debug";

    /** What picocli's own help command says of a command there is not. */
    private static final Pattern UNKNOWN_TO_HELP = Pattern.compile("Unknown subcommand '(.*)'\\.", Pattern.DOTALL);

    private Complaints() {}

    /**
     * Complains about words that make no sense.
     *
     * @param wrong what picocli or a command says
     * @param surroundings where to say it
     * @return {@link ExitStatus#USAGE}
     */
    public static int usage(ParameterException wrong, Surroundings surroundings) {
        CommandSpec command = wrong.getCommandLine().getCommandSpec();
        surroundings.say(line(wrong, command));
        surroundings.err().println("Try '" + command.qualifiedName() + " --help'.");
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
     * Complains about what went wrong while a command ran.
     *
     * @param thrown what was thrown
     * @param arguments the words of the run
     * @param surroundings where to say it
     * @return {@link ExitStatus#FAILED}, or {@link ExitStatus#CLEAN} when only the reader of the output has gone
     */
    public static int failure(Throwable thrown, List<String> arguments, Surroundings surroundings) {
        if (thrown instanceof UncheckedIOException wrapped) {
            return failure(wrapped.getCause(), arguments, surroundings);
        }
        if (thrown instanceof IOException unwritten && Reasons.isClosedPipe(unwritten)) {
            return ExitStatus.CLEAN; // a reader that has seen enough is no failure
        }
        if (thrown instanceof IOException unwritten) {
            surroundings.say("the report cannot be written: " + Reasons.of(unwritten));
        } else if (thrown instanceof InputException broken) {
            surroundings.say(broken.getMessage());
        } else if (thrown instanceof OutOfMemoryError) {
            surroundings.say("out of memory; give it more with FAULTLINE_OPTS=-Xmx4g");
        } else {
            surroundings.say("internal error: " + thrown + " (run with " + DEBUG + " for the trace)");
        }
        if (arguments.contains(DEBUG)) {
            StringWriter trace = new StringWriter();
            thrown.printStackTrace(new PrintWriter(trace));
            surroundings.err().print(VisibleText.lines(trace.toString()));
        }
        return ExitStatus.FAILED;
    }

    /** {@return a complaint about a value that only a command can judge} */
    static ParameterException usage(CommandSpec command, String line) {
        return new ParameterException(command.commandLine(), line);
    }
}
