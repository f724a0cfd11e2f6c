package dev.faultline.cli.command;

import dev.faultline.input.InputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Reads files of text, bounded. */
final class InputText {

    private InputText() {}

    /**
     * Reads a file.
     *
     * @param file its name as typed
     * @param what what it should be, in a word
     * @param mostBytes the longest it may be, in whole MiB
     * @return its text
     * @throws InputException when it cannot be read or is too long
     */
    static String read(String file, String what, int mostBytes) {
        InputFiles.read(file);
        try (var in = Files.newInputStream(Path.of(file))) {
            byte[] bytes = in.readNBytes(mostBytes + 1);
            if (bytes.length > mostBytes) {
                throw new InputException(
                        file, "", "is longer than " + (mostBytes >> 20) + " MiB, too long for a " + what);
            }
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new InputException(file, "", "cannot be read: " + Reasons.of(unreadable));
        } catch (InvalidPathException unspeakable) {
            throw new InputException(file, "", "is no file name here: " + unspeakable.getReason());
        }
    }
}
