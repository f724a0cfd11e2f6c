package dev.faultline.cli.command;

import dev.faultline.input.InputException;
import dev.faultline.machine.Machine;
import dev.faultline.machine.MachineFiles;
import dev.faultline.machine.MachineReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** Machine files on disk. What a file is like is looked for beside it. */
final class MachineFile {

    private static final int MOST_BYTES = 1 << 20;

    private MachineFile() {}

    /**
     * Reads a machine.
     *
     * @param file its name as typed
     * @return the machine, or nothing when there is no such file
     * @throws InputException when the file cannot be read or is no machine
     */
    static Optional<Machine> read(String file) {
        return text(file).map(text -> MachineReader.read(text.name(), text.yaml(), MachineFile::beside));
    }

    private static Optional<MachineFiles.Text> beside(String from, String like) {
        try {
            return text(Path.of(from).resolveSibling(like).normalize().toString());
        } catch (InvalidPathException unspeakable) {
            return Optional.empty();
        }
    }

    private static Optional<MachineFiles.Text> text(String file) {
        InputFiles.read(file);
        try (var in = Files.newInputStream(Path.of(file))) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw new InputException(file, "", "is longer than 1 MiB, too long for a machine");
            }
            return Optional.of(new MachineFiles.Text(file, new String(bytes, StandardCharsets.UTF_8)));
        } catch (NoSuchFileException | InvalidPathException none) {
            return Optional.empty();
        } catch (IOException unreadable) {
            throw new InputException(file, "", "cannot be read: " + Reasons.of(unreadable));
        }
    }
}
