package dev.faultline.cli.access;

import dev.faultline.access.file.AccessFile;
import dev.faultline.access.file.AccessFileReader;
import dev.faultline.cli.run.CliContext;
import dev.faultline.cli.run.InputText;
import dev.faultline.cli.run.OptionResolver;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Reads access files that arguments name. */
public final class AccessFiles {

    private static final int MOST_HEAD_BYTES = 4096;

    private AccessFiles() {}

    /** {@return the access file of that name, or of standard input for {@code -}} What to know about it is said. */
    public static AccessFile read(String name, CliContext context) {
        AccessFile file = name.equals("-")
                ? AccessFileReader.read(
                        "standard input",
                        InputText.readStandardInput(context, "access file", OptionResolver.MOST_ACCESS_BYTES))
                : AccessFileReader.read(name, InputText.read(name, "access file", OptionResolver.MOST_ACCESS_BYTES));
        file.notes().forEach(context::say);
        return file;
    }

    /** {@return whether a word is the name of an access file; its content tells} */
    public static boolean isOne(String word) {
        try {
            Path path = Path.of(word);
            if (!Files.isRegularFile(path)) {
                return false;
            }
            try (InputStream in = Files.newInputStream(path)) {
                String head = new String(in.readNBytes(MOST_HEAD_BYTES), StandardCharsets.UTF_8);
                return AccessFileReader.isAccessFile(head);
            }
        } catch (IOException | InvalidPathException otherwise) {
            return false;
        }
    }
}
