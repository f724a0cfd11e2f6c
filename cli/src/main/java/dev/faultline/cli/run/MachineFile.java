package dev.faultline.cli.run;

import dev.faultline.machine.Machine;
import dev.faultline.machine.MachineFiles;
import dev.faultline.machine.MachineReader;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** Reads machine files. A file named by the key {@code like} is looked for in the same directory. */
final class MachineFile {

    private static final int MOST_BYTES = 1 << 20;

    private MachineFile() {}

    /**
     * Reads a machine.
     *
     * @return the machine; empty when there is no such file
     * @throws dev.faultline.input.InputException when the file cannot be read or is no machine
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
        try {
            return Files.notExists(Path.of(file))
                    ? Optional.empty()
                    : Optional.of(new MachineFiles.Text(file, InputText.read(file, "machine", MOST_BYTES)));
        } catch (InvalidPathException unspeakable) {
            return Optional.empty();
        }
    }
}
