package dev.faultline.cli.record;

import dev.faultline.cli.option.OutputFile;
import dev.faultline.cli.option.UsageException;
import dev.faultline.cli.run.CliContext;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code faultline record}: runs a Java program and counts which thread touches which field. */
@Command(
        name = "record",
        description = {
            "Run a Java program and count which thread touches which field, each access.",
            "A role is a thread's name with its digits folded. The program's input, output",
            "and exit status stay its own. docs/recording.md tells what is not recorded."
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
    private Long pid;

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
        return pid == null ? new RecordedProgram(words, output).run() : new RunningProgram(pid, output).record();
    }
}
