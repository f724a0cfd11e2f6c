package dev.faultline.cli.command;

import dev.faultline.access.file.AccessFile;
import dev.faultline.access.file.AccessFileWriter;
import dev.faultline.cli.access.AccessFiles;
import dev.faultline.cli.option.OutputFile;
import dev.faultline.cli.option.UsageException;
import dev.faultline.cli.output.ReportFile;
import dev.faultline.cli.run.CliContext;
import dev.faultline.cli.run.ExitStatus;
import dev.faultline.input.InputException;
import dev.faultline.input.Nearest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
            "  faultline merge run.access --as 'ring@com.acme.Ring.<init>' -o ring.access",
            "",
            "Files of another program, tool, unit or certainty are refused: their counts",
            "are not of one kind. A file whose last line is cut off is read up to there.",
            "",
            "Exit status: 0 added up, 2 wrong usage, 3 a file is malformed or of another",
            "identity."
        })
final class MergeCommand implements Callable<Integer> {

    private static final Pattern TYPE = Pattern.compile("(?<type>[^@]+)@(?<place>.+?)(\\+(?<byte>\\d{1,9}))?");

    private final CliContext context;

    @Parameters(
            paramLabel = "FILE",
            hideParamSyntax = true,
            arity = "0..*",
            description = "Access files; - is standard input.")
    private List<String> files = new ArrayList<>();

    @Option(
            names = "--as",
            paramLabel = "TYPE@PLACE[+BYTE]",
            description = "What is in blocks of memory, by the place where they were allocated, with or without the "
                    + "line; may be repeated. BYTE is where in the block it begins. Default: blocks stay blocks.")
    private List<String> types = new ArrayList<>();

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
        List<Matcher> typed = types.stream().map(MergeCommand::type).toList();
        try (ReportFile output = context.open(file)) {
            AccessFile.Sum sum = AccessFile.merge();
            for (String name : files) {
                sum.add(AccessFiles.read(name, context), name);
            }
            AccessFileWriter.write(typed(sum.file(), typed), output.writer());
            output.commit();
            return ExitStatus.CLEAN;
        }
    }

    private static Matcher type(String word) {
        Matcher type = TYPE.matcher(word);
        if (!type.matches()) {
            throw new UsageException("--as: expected TYPE@PLACE or TYPE@PLACE+BYTE, got '" + word + "'");
        }
        return type;
    }

    private static AccessFile typed(AccessFile sum, List<Matcher> types) {
        AccessFile file = sum;
        for (Matcher type : types) {
            String place = type.group("place");
            long byteOffset = type.group("byte") == null ? 0 : Long.parseLong(type.group("byte"));
            SortedSet<String> known = sum.blocks();
            file = file.withBlocksAs(place, type.group("type"), byteOffset).orElseThrow(() -> {
                String hint = Nearest.hint(place, known);
                return new InputException(
                        "--as",
                        "",
                        "no access was of a block that is allocated at " + place
                                + (byteOffset == 0 ? "" : ", from byte " + byteOffset + " on") + hint);
            });
        }
        return file;
    }
}
