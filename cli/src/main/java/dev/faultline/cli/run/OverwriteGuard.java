package dev.faultline.cli.run;

import dev.faultline.cli.option.UsageException;
import dev.faultline.cli.output.ReportFile;
import dev.faultline.input.name.QualifiedName;
import dev.faultline.source.detect.SourceName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * Keeps the output of a run from replacing a file that the run reads. Files that the arguments name are checked
 * before the work; files that other files, patterns or directories name are checked when they are about to be read.
 */
public final class OverwriteGuard {

    private static final String OUTPUT = "--output";

    /** Options whose values are files, or sources, which may be files. */
    private static final Set<String> OPTIONS =
            Set.of("--from", "--base", "--profile", "--machine", "--against", "--baseline");

    /** Commands whose arguments may all be files; those of others are names, with a file before a {@code #}. */
    private static final Set<String> COMMANDS = Set.of("diff", "check", "import", "merge");

    /** What is read of a directory. */
    private static final Pattern CLASSES = Pattern.compile(".*\\.(jar|class)", Pattern.CASE_INSENSITIVE);

    /** The output of the run on this thread. */
    private static final ThreadLocal<Path> RUN = new ThreadLocal<>();

    private OverwriteGuard() {}

    /**
     * Runs a command, unless its output is one of its inputs.
     *
     * @param parsed the arguments
     * @return the exit status
     * @throws ParameterException when the output is an input
     */
    public static int run(ParseResult parsed) {
        ParseResult command = parsed;
        while (command.hasSubcommand()) {
            command = command.subcommand();
        }
        Path output = command.matchedOptionValue(OUTPUT, null);
        if (output == null) {
            return new CommandLine.RunLast().execute(parsed);
        }
        RUN.set(output);
        try {
            files(command).forEach(OverwriteGuard::reading);
            return new CommandLine.RunLast().execute(parsed);
        } catch (UsageException wrong) {
            throw new ParameterException(command.commandSpec().commandLine(), wrong.getMessage());
        } finally {
            RUN.remove();
        }
    }

    /**
     * Checks a file that is about to be read.
     *
     * @param file its name; there need not be such a file
     * @throws UsageException when the output of the run would replace it
     */
    static void reading(String file) {
        Path output = RUN.get();
        if (output != null && isSame(file, output)) {
            throw refused(output, file, "reads");
        }
    }

    /**
     * Checks a file that is about to be written besides the output; it need not exist yet.
     *
     * @param file its name
     * @throws UsageException when the output of the run would replace it
     */
    public static void writing(String file) {
        Path output = RUN.get();
        if (output != null
                && (isSame(file, output)
                        || ReportFile.destination(Path.of(file)).equals(ReportFile.destination(output)))) {
            throw refused(output, file, "writes too");
        }
    }

    private static UsageException refused(Path output, String file, String does) {
        return new UsageException(
                "-o " + output + " would replace " + file + ", which this run " + does + "; choose another file");
    }

    private static List<String> files(ParseResult command) {
        List<String> files = new ArrayList<>();
        for (ArgSpec arg : command.matchedArgs()) {
            boolean whole = arg instanceof OptionSpec option
                    ? OPTIONS.contains(option.longestName())
                    : COMMANDS.contains(command.commandSpec().name());
            for (String word : arg.originalStringValues()) {
                if (whole) {
                    files.add(word);
                }
                int sourceEnd = QualifiedName.sourceEnd(word);
                if (sourceEnd > 0) {
                    files.add(word.substring(0, sourceEnd));
                }
            }
        }
        return files;
    }

    /** {@return whether a source reads the output: as a file, or as a class file or jar of a directory} */
    private static boolean isSame(String word, Path output) {
        return new SourceName(word).files().stream().anyMatch(file -> reads(file, output));
    }

    private static boolean reads(String name, Path output) {
        try {
            Path file = Path.of(name);
            if (!Files.exists(output)) {
                return false;
            }
            if (Files.isRegularFile(file)) {
                return Files.isSameFile(file, output);
            }
            return !name.isEmpty()
                    && Files.isDirectory(file)
                    && CLASSES.matcher(output.toString()).matches()
                    && output.toRealPath().startsWith(file.toRealPath());
        } catch (IOException | InvalidPathException none) {
            return false;
        }
    }
}
