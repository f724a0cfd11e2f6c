package dev.faultline.cli.command;

import dev.faultline.input.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * The files a run reads, none of which its output may take the place of: those its words name are known before the
 * work,
 * those that other files name, or a pattern or a directory means, when they are about to be read.
 */
final class InputFiles {

    private static final String OUTPUT = "--output";

    /** Options whose words are files, or sources, which may be files. */
    private static final Set<String> OPTIONS = Set.of("--from", "--base", "--profile", "--machine", "--against");

    /** Commands whose other words may be files too; those of the rest are names, with a file before a {@code #}. */
    private static final Set<String> COMMANDS = Set.of("report", "diff", "check", "import");

    /** The run on this thread, while it has an output. */
    private static final ThreadLocal<InputFiles> RUN = new ThreadLocal<>();

    private final CommandSpec command;
    private final Path output;

    private InputFiles(CommandSpec command, Path output) {
        this.command = command;
        this.output = output;
    }

    /**
     * Runs a command, unless its output is one of its inputs.
     *
     * @param parsed the words
     * @return the exit status
     * @throws ParameterException when it is
     */
    static int run(ParseResult parsed) {
        ParseResult command = parsed;
        while (command.hasSubcommand()) {
            command = command.subcommand();
        }
        Path output = command.matchedOptionValue(OUTPUT, null);
        if (output == null) {
            return new CommandLine.RunLast().execute(parsed);
        }
        RUN.set(new InputFiles(command.commandSpec(), output));
        try {
            words(command).forEach(InputFiles::read);
            return new CommandLine.RunLast().execute(parsed);
        } finally {
            RUN.remove();
        }
    }

    /**
     * Notes that a file is about to be read.
     *
     * @param file its name, which may be one of no file
     * @throws ParameterException when the output of the run is to take its place
     */
    static void read(String file) {
        InputFiles run = RUN.get();
        if (run != null && isSame(file, run.output)) {
            throw run.refused(file, "reads");
        }
    }

    /**
     * Notes that a file is about to be written beside the output; it need not be there yet.
     *
     * @param file its name
     * @throws ParameterException when the output of the run is to take its place
     */
    static void write(String file) {
        InputFiles run = RUN.get();
        if (run != null && (isSame(file, run.output) || end(Path.of(file)).equals(end(run.output)))) {
            throw run.refused(file, "writes too");
        }
    }

    private ParameterException refused(String file, String does) {
        return Complaints.usage(
                command,
                "-o " + output + " would replace " + file + ", which this run " + does + "; choose another file");
    }

    /** Where a name leads; one that leads nowhere is complained of when it is opened. */
    private static Path end(Path named) {
        try {
            Path end = OutputTarget.of(named, ProcessUser.here()).path();
            return end.toAbsolutePath().normalize();
        } catch (IOException | InputException unwritable) {
            return named.toAbsolutePath().normalize();
        }
    }

    private static List<String> words(ParseResult command) {
        List<String> files = new ArrayList<>();
        for (ArgSpec arg : command.matchedArgs()) {
            boolean whole = arg instanceof OptionSpec option
                    ? OPTIONS.contains(option.longestName())
                    : COMMANDS.contains(command.commandSpec().name());
            for (String word : arg.originalStringValues()) {
                if (whole) {
                    files.add(word);
                }
                if (word.indexOf('#') > 0) {
                    files.add(word.substring(0, word.lastIndexOf('#')));
                }
            }
        }
        return files;
    }

    private static boolean isSame(String word, Path output) {
        try {
            Path file = Path.of(word);
            return Files.isRegularFile(file) && Files.exists(output) && Files.isSameFile(file, output);
        } catch (IOException | InvalidPathException none) {
            return false;
        }
    }
}
