package dev.faultline.cli.command;

import dev.faultline.cli.option.Emission;
import dev.faultline.input.InputException;
import dev.faultline.layout.StructLayout;
import dev.faultline.layout.emit.CDeclaration;
import dev.faultline.layout.emit.EmittedDeclaration;
import dev.faultline.layout.emit.JavaDeclaration;
import dev.faultline.layout.emit.NotationDeclaration;
import dev.faultline.layout.emit.SourcePatch;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Writes a layout as a declaration. */
final class Emitting {

    private static final int MOST_SOURCE_BYTES = 16 << 20;

    /**
     * A source that declares structs.
     *
     * @param file where it is
     * @param text what it says
     */
    record Source(Path file, String text) {}

    private Emitting() {}

    /**
     * Declares a layout.
     *
     * @param as how
     * @param before today's layout
     * @param after the one to declare
     * @param lineBytes size of a line
     * @param against the source to change, for a diff, and its text
     * @return the declaration and its notes
     * @throws InputException when it cannot be said so, or the source cannot be read or does not declare the struct
     */
    static EmittedDeclaration of(
            Emission as, StructLayout before, StructLayout after, int lineBytes, Optional<Source> against) {
        return switch (as) {
            case LAYOUT -> NotationDeclaration.of(after, lineBytes);
            case C -> CDeclaration.of(after, Optional.of(before));
            case JAVA -> JavaDeclaration.of(after);
            case DIFF -> {
                Source source = against.orElseThrow();
                yield SourcePatch.of(name(source.file()), source.text(), before, after);
            }
        };
    }

    /** The name in the head of a diff: relative to where we are, as {@code patch -p1} looks for it. */
    private static String name(Path file) {
        Path here = Path.of("").toAbsolutePath();
        Path absolute = file.toAbsolutePath().normalize();
        Path name = absolute.startsWith(here)
                ? here.relativize(absolute)
                : absolute.getRoot().relativize(absolute);
        return name.toString().replace('\\', '/');
    }

    /**
     * Reads a source.
     *
     * @param file where it is
     * @return the source
     * @throws InputException when it cannot be read as text
     */
    static Source read(Path file) {
        InputFiles.read(file.toString());
        try {
            if (Files.isDirectory(file)) {
                throw new InputException(
                        file.toString(), "", "is a directory; --against wants the file that declares it");
            }
            byte[] bytes = read(file, MOST_SOURCE_BYTES + 1);
            if (bytes.length > MOST_SOURCE_BYTES) {
                throw new InputException(
                        file.toString(), "", "over 16 MiB; no source that declares a struct is that large");
            }
            return new Source(
                    file,
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(bytes))
                            .toString());
        } catch (CharacterCodingException otherwise) {
            throw new InputException(file.toString(), "", "no UTF-8 text");
        } catch (IOException refused) {
            throw new InputException(file.toString(), "", "cannot be read: " + Reasons.of(refused));
        }
    }

    /** What the file starts with: a pipe or a device has no size, and may have no end. */
    private static byte[] read(Path file, int mostBytes) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(mostBytes);
        }
    }
}
