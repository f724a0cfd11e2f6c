package dev.faultline.cli.record;

import dev.faultline.access.file.AccessFile;
import dev.faultline.access.file.AccessFileWriter;
import dev.faultline.cli.hooks.HookFile;
import dev.faultline.cli.output.ReportFile;
import dev.faultline.cli.run.CliContext;
import dev.faultline.input.InputException;
import dev.faultline.source.elf.ElfFile;
import dev.faultline.source.elf.Symbol;
import dev.faultline.source.elf.SymbolTable;
import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** A process of a C or C++ program with hooks, and its children: the files that they write become access files. */
final class HookedProcess {

    /** How a program gets the hooks, for messages. */
    static final String FLAGS = "compile it with -g -fsanitize=thread, and link it with faultline_hooks.c instead of"
            + " -fsanitize=thread; 'faultline record --help' has the flags";

    private static final String VARIABLE = "FAULTLINE_HOOKS_FILE";
    private static final String MARK = ".note.faultline";
    private static final String ENTRY = "__tsan_func_entry";
    private static final String ENDING = ".raw";
    private static final int MOST_PROCESSES = 1000;

    private final Path file;
    private final HookFile.Told told;
    private final CliContext context;

    /**
     * Describes a recording.
     *
     * @param file the access file
     * @param told what is told beside what is recorded
     * @param context where notes are said
     */
    HookedProcess(Path file, HookFile.Told told, CliContext context) {
        this.file = file;
        this.told = told;
        this.context = context;
    }

    /** What a program is. */
    enum Kind {
        /** It has the hooks. */
        HOOKED,
        /** It is a native program without them. */
        NATIVE,
        /** It is another one, such as a script. */
        OTHER
    }

    /**
     * {@return what a program is}
     *
     * @param word its path, or its name in the path of the environment
     * @param environment of the program
     */
    static Kind kind(String word, Map<String, String> environment) {
        Optional<Path> program = program(word, environment);
        if (program.isEmpty()) {
            return Kind.OTHER;
        }
        try (ElfFile elf = ElfFile.open(word, program.get())) {
            boolean isLinked = elf.has(MARK)
                    || SymbolTable.of(elf)
                            .filter(table -> table.symbols().map(Symbol::name).anyMatch(ENTRY::equals))
                            .isPresent();
            return isLinked ? Kind.HOOKED : Kind.NATIVE;
        } catch (InputException noProgram) {
            return Kind.OTHER;
        }
    }

    private static Optional<Path> program(String word, Map<String, String> environment) {
        try {
            if (word.indexOf('/') >= 0) {
                return Optional.of(Path.of(word)).filter(Files::isRegularFile);
            }
            for (String directory : environment.getOrDefault("PATH", "").split(File.pathSeparator)) {
                Path path = Path.of(directory, word);
                if (Files.isExecutable(path) && Files.isRegularFile(path)) {
                    return Optional.of(path);
                }
            }
        } catch (InvalidPathException unspeakable) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    /** Tells the program where to write, and removes what an earlier run has left. */
    void prepare(Map<String, String> environment) throws IOException {
        environment.put(VARIABLE, file.toString());
        for (Path left : written()) {
            Files.delete(left);
        }
    }

    /** {@return the files that processes have written, the first process first} */
    private List<Path> written() throws IOException {
        List<Path> found = new ArrayList<>();
        Pattern name = Pattern.compile(Pattern.quote(file.getFileName().toString()) + "(\\.[0-9]+)?\\.raw");
        try (DirectoryStream<Path> siblings = Files.newDirectoryStream(file.getParent())) {
            for (Path one : siblings) {
                if (name.matcher(one.getFileName().toString()).matches()) {
                    found.add(one);
                }
            }
        }
        found.sort(null);
        Path first = Path.of(file + ENDING);
        if (found.remove(first)) {
            found.add(0, first);
        }
        return found;
    }

    /**
     * Makes access files of what was written: of the first process {@code FILE}, of others {@code FILE.PID}.
     *
     * @param seconds how long the program ran
     * @return whether any was written
     * @throws IOException when a file cannot be written
     */
    boolean finish(double seconds) throws IOException {
        List<Path> all = written();
        for (Path raw : all.subList(0, Math.min(MOST_PROCESSES, all.size()))) {
            HookFile.Told timed = raw.equals(all.get(0))
                    ? new HookFile.Told(told.types(), told.operations(), told.identity(), seconds, told.program())
                    : told;
            try {
                AccessFile made = HookFile.read(raw, timed, context);
                Path to = Path.of(raw.toString().substring(0, raw.toString().length() - ENDING.length()));
                try (ReportFile output = context.open(to)) {
                    AccessFileWriter.write(made, output.writer());
                    output.commit();
                }
                made.notes().forEach(note -> context.say(to.getFileName() + ": " + note));
                Files.delete(raw);
            } catch (InputException broken) {
                context.say(broken.getMessage());
                context.say("what was counted is kept in " + raw + "; 'faultline import hooks' reads it");
            }
        }
        return !all.isEmpty();
    }
}
