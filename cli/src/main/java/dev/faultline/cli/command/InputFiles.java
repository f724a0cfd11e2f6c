package dev.faultline.cli.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** The files that the words of a run name as its input, none of which its output may take the place of. */
final class InputFiles {

    private static final String OUTPUT = "--output";

    /** Options whose words are files, or sources, which may be files. */
    private static final Set<String> OPTIONS = Set.of("--from", "--base", "--profile", "--machine", "--against");

    /** Commands whose other words may be files too; those of the rest are names, with a file before a {@code #}. */
    private static final Set<String> COMMANDS = Set.of("report", "diff", "check", "import");

    private InputFiles() {}

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
        if (output != null) {
            for (String word : words(command)) {
                if (isSame(word, output)) {
                    throw Complaints.usage(
                            command.commandSpec(),
                            "-o " + output + " would replace " + word + ", which this run reads; choose another file");
                }
            }
        }
        return new CommandLine.RunLast().execute(parsed);
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
