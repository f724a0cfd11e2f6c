package dev.faultline.cli.run;

import dev.faultline.cli.output.Reasons;
import dev.faultline.input.InputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Reads text up to a size limit. */
public final class InputText {

    private InputText() {}

    /**
     * Reads a file.
     *
     * @param file its name as typed
     * @param what the kind of file, for the message
     * @param mostBytes the largest size, in whole MiB
     * @throws InputException when it cannot be read or is too large
     */
    public static String read(String file, String what, int mostBytes) {
        return new String(bytes(file, what, mostBytes), StandardCharsets.UTF_8);
    }

    /** As {@link #read(String, String, int)}, but refuses what is no UTF-8. */
    static String readUtf8(String file, String what, int mostBytes) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(bytes(file, what, mostBytes));
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException otherwise) {
            throw new InputException(file, "", "is no UTF-8 text");
        }
    }

    /** As {@link #read(String, String, int)}, from standard input. */
    public static String readStandardInput(CliContext context, String what, int mostBytes) {
        try {
            return new String(bytes(context.in(), "standard input", what, mostBytes), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new InputException("standard input", "", "cannot be read: " + Reasons.of(unreadable));
        }
    }

    private static byte[] bytes(String file, String what, int mostBytes) {
        OverwriteGuard.reading(file);
        try (InputStream in = Files.newInputStream(Path.of(file))) {
            return bytes(in, file, what, mostBytes);
        } catch (IOException unreadable) {
            throw new InputException(file, "", "cannot be read: " + Reasons.of(unreadable));
        } catch (InvalidPathException unspeakable) {
            throw new InputException(file, "", "is no file name here: " + unspeakable.getReason());
        }
    }

    /** Reads no more than the limit: a pipe or a device has no size, and may have no end. */
    private static byte[] bytes(InputStream in, String name, String what, int mostBytes) throws IOException {
        byte[] bytes = in.readNBytes(mostBytes + 1);
        if (bytes.length > mostBytes) {
            throw new InputException(name, "", "is longer than " + (mostBytes >> 20) + " MiB, too long for a " + what);
        }
        return bytes;
    }
}
