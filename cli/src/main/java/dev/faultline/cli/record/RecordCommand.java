package dev.faultline.cli.record;

import dev.faultline.cli.hooks.HookFile;
import dev.faultline.cli.option.OutputFile;
import dev.faultline.cli.option.UsageException;
import dev.faultline.cli.run.CliContext;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code faultline record}: runs a program and counts which thread touches which field. */
@Command(
        name = "record",
        description = {
            "Run a program and count which thread touches which field, each access.",
            "It is of Java, or of C and C++ when its compiler has put hooks into it. A role is",
            "a thread's name with its digits folded. The program's input, output and exit",
            "status stay its own. docs/recording.md and docs/recording-native.md tell what is",
            "not recorded."
        },
        customSynopsis = {
            "faultline record [OPTIONS] -o FILE -- COMMAND...",
            "       faultline record [OPTIONS] -o FILE --pid PID"
        },
        footer = {
            "  faultline record -o run.access -- java -jar app.jar",
            "  faultline record -o run.access --classes 'com.acme.*' -- java -cp app.jar Main",
            "  faultline record -o run.access -- ./start-app.sh",
            "  faultline record -o run.access --pid 4711",
            "",
            "Then: faultline inspect app.jar --profile run.access",
            "When COMMAND is java, the agent is put into it. Otherwise it travels in",
            "JAVA_TOOL_OPTIONS, and each Java VM prints a line about that. The file is",
            "written each second and at the end; further VMs write FILE.PID beside it.",
            "",
            "C and C++: compile with these flags, and link without -fsanitize=thread.",
            "  cc -O2 -c hooks/faultline_hooks.c",
            "  gcc -O2 -g -fsanitize=thread --param tsan-distinguish-volatile=1 -c app.c",
            "  clang -O2 -g -fsanitize=thread -mllvm -tsan-distinguish-volatile=1 \\",
            "      -mllvm -tsan-instrument-read-before-write=1 -c app.c",
            "  cc app.o faultline_hooks.o -o app -pthread -ldl",
            "  faultline record -o run.access -- ./app",
            "Without the options of clang, a read before a write of the same variable is",
            "not counted. A process of its own writes FILE.PID. faultline_hooks.c is in",
            "hooks/ of the distribution.",
            "",
            "Exit status: that of the program; 2 wrong usage, 3 it cannot be started."
        })
public final class RecordCommand implements Callable<Integer> {

    private final CliContext context;

    @Parameters(
            paramLabel = "COMMAND",
            hideParamSyntax = true,
            arity = "0..*",
            description = "The program and its arguments, after --.")
    private List<String> words = new ArrayList<>();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            converter = OutputFile.class,
            description = "Write the access file to FILE, which is replaced when it exists.")
    private Path file;

    @Option(
            names = "--classes",
            paramLabel = "GLOB",
            split = ",",
            description = "Record only classes of these names, such as 'com.acme.*'; * is any text, dots too. "
                    + "Default: all but those of the JDK.")
    private List<String> classes = new ArrayList<>();

    @Option(
            names = "--pid",
            paramLabel = "PID",
            description = "Record the Java program that runs as this process, until it ends or Ctrl-C.")
    private String pid;

    @Option(
            names = "--as",
            paramLabel = "TYPE@FUNCTION",
            description = "C and C++: the type of blocks that a function allocates, such as node@make_node or "
                    + "node@list.c:12. Default: what debug information tells.")
    private List<String> types = new ArrayList<>();

    @Option(
            names = "--op",
            paramLabel = "REGEX",
            description = "C and C++: an operation is the outermost function whose name REGEX finds. Default: the "
                    + "outermost function in the file of an access.")
    private String operation;

    /** A command in a context. */
    public RecordCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        if (pid != null && !words.isEmpty()) {
            throw new UsageException("name a program or --pid, not both");
        }
        if (words.isEmpty() && pid == null) {
            throw new UsageException("name a program: faultline record -o run.access -- java -jar app.jar");
        }
        if (file == null || file.toString().equals("-")) {
            throw new UsageException("name a file: faultline record -o run.access -- java -jar app.jar");
        }
        RecordingOutput output = new RecordingOutput(file, classes, context);
        return pid == null
                ? new RecordedProgram(words, output, told()).run()
                : new RunningProgram(processNumber(), output).record();
    }

    private long processNumber() {
        try {
            long number = Long.parseLong(pid);
            if (number > 0) {
                return number;
            }
        } catch (NumberFormatException noNumber) {
            // said below
        }
        throw UsageException.ofValue("--pid", "the number of a process", pid);
    }

    private HookFile.Told told() {
        try {
            Optional<Pattern> operations = Optional.ofNullable(operation).map(Pattern::compile);
            return new HookFile.Told(types, operations, Map.of(), Double.NaN, Optional.empty());
        } catch (PatternSyntaxException broken) {
            throw UsageException.ofValue("--op", "a regular expression", operation);
        }
    }
}
