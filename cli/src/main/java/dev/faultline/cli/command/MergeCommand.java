package dev.faultline.cli.command;

import dev.faultline.access.file.AccessFile;
import dev.faultline.access.file.AccessFileWriter;
import dev.faultline.cli.access.AccessFiles;
import dev.faultline.cli.option.OutputFile;
import dev.faultline.cli.option.UsageException;
import dev.faultline.cli.output.ReportFile;
import dev.faultline.cli.run.CliContext;
import dev.faultline.cli.run.ExitStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code faultline merge}: adds access files up. */
@Command(
        name = "merge",
        description = {
            "Add up access files of several runs or hosts of one program.",
            "Counts, durations and coverage are added; of threads and CPUs the larger",
            "number is taken. The order of the files does not matter."
        },
        customSynopsis = "faultline merge [OPTIONS] FILE...",
        footer = {
            "  faultline merge run1.access run2.access -o all.access",
            "  faultline merge hosts/*.access -o fleet.access",
            "",
            "Files of another program, tool, unit or certainty are refused: their counts",
            "are not of one kind. A file whose last line is cut off is read up to there.",
            "",
            "Exit status: 0 added up, 2 wrong usage, 3 a file is malformed or of another",
            "identity."
        })
final class MergeCommand implements Callable<Integer> {

    private final CliContext context;

    @Parameters(
            paramLabel = "FILE",
            hideParamSyntax = true,
            arity = "0..*",
            description = "Access files; - is standard input.")
    private List<String> files = new ArrayList<>();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            converter = OutputFile.class,
            description = "Write the sum to FILE. An existing file is replaced when the sum is complete.")
    private Path file;

    MergeCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        if (files.isEmpty()) {
            throw new UsageException("name access files: faultline merge run1.access run2.access -o all.access");
        }
        try (ReportFile output = context.open(file)) {
            AccessFile.Sum sum = AccessFile.merge();
            for (String name : files) {
                sum.add(AccessFiles.read(name, context), name);
            }
            AccessFileWriter.write(sum.file(), output.writer());
            output.commit();
            return ExitStatus.CLEAN;
        }
    }
}
