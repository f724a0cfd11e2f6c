package dev.faultline.cli.run;

import dev.faultline.cli.option.Emission;
import dev.faultline.layout.StructLayout;
import dev.faultline.layout.emit.CDeclaration;
import dev.faultline.layout.emit.EmittedDeclaration;
import dev.faultline.layout.emit.JavaDeclaration;
import dev.faultline.layout.emit.NotationDeclaration;
import dev.faultline.layout.emit.SourcePatch;
import java.nio.file.Path;
import java.util.Optional;

/** Writes a layout as a declaration. */
public final class DeclarationEmitter {

    private static final int MOST_SOURCE_BYTES = 16 << 20;

    /**
     * A source file that declares structs.
     *
     * @param file its path
     * @param text its content
     */
    public record Source(Path file, String text) {}

    private DeclarationEmitter() {}

    /**
     * Declares a layout.
     *
     * @param as the language
     * @param before today's layout
     * @param after the layout to declare
     * @param lineBytes the size of a cache line
     * @param against the source to change, for a diff
     * @throws dev.faultline.input.InputException when the language cannot express the layout, or the source does not
     * declare the struct
     */
    public static EmittedDeclaration of(
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

    /** The name in the head of a diff: relative to the current directory, as {@code patch -p1} expects. */
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
     * @throws dev.faultline.input.InputException when it cannot be read as text
     */
    public static Source read(Path file) {
        return new Source(file, InputText.readUtf8(file.toString(), "source", MOST_SOURCE_BYTES));
    }
}
