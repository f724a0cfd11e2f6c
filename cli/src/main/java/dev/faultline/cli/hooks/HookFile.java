package dev.faultline.cli.hooks;

import dev.faultline.access.file.AccessFile;
import dev.faultline.access.hooks.HookOptions;
import dev.faultline.access.hooks.HookRows;
import dev.faultline.access.hooks.HookRun;
import dev.faultline.access.hooks.HookRunReader;
import dev.faultline.cli.output.Reasons;
import dev.faultline.cli.run.CliContext;
import dev.faultline.input.InputException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Makes an access file of what the hooks of a process have written. */
public final class HookFile {

    private static final String BUILD_ID = "build-id";

    private HookFile() {}

    /**
     * What is told beside the file.
     *
     * @param types what blocks are, each {@code TYPE@FUNCTION}
     * @param operations names of functions that are operations
     * @param identity what was observed; empty for the build id of the program
     * @param seconds how long the run took; NaN for what the file tells
     * @param program the program, where it is not at the place that the file tells
     */
    public record Told(
            List<String> types,
            Optional<Pattern> operations,
            Map<String, String> identity,
            double seconds,
            Optional<Path> program) {
        public Told {
            types = List.copyOf(types);
            identity = Map.copyOf(identity);
        }
    }

    /**
     * Reads a file.
     *
     * @param raw the file
     * @param told what is told beside it
     * @param context where notes are said
     * @return the access file
     * @throws InputException when it is no such file, or the program is not there
     */
    public static AccessFile read(Path raw, Told told, CliContext context) {
        HookRun run = run(raw);
        MappedProgram program = new MappedProgram(run, told.program(), context);
        Map<String, String> identity = new TreeMap<>(told.identity());
        if (identity.isEmpty()) {
            String name = run.maps().isEmpty() ? "" : run.maps().get(0).path();
            program.buildId()
                    .ifPresentOrElse(
                            id -> identity.put(BUILD_ID, id),
                            () -> identity.put("program", name.substring(name.lastIndexOf('/') + 1)));
        }
        return HookRows.file(run, program, new HookOptions(told.types(), told.operations(), identity, told.seconds()));
    }

    private static HookRun run(Path raw) {
        try (FileChannel channel = FileChannel.open(raw)) {
            if (channel.size() > Integer.MAX_VALUE) {
                throw new InputException(raw.toString(), "", "larger than 2 GiB");
            }
            return HookRunReader.read(raw.toString(), channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size()));
        } catch (IOException refused) {
            throw new InputException(raw.toString(), "", "cannot be read: " + Reasons.of(refused));
        }
    }
}
