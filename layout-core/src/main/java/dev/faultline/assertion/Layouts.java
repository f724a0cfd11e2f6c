package dev.faultline.assertion;

import dev.faultline.input.InputException;
import dev.faultline.input.Nearest;
import dev.faultline.layout.StructLayout;
import dev.faultline.layout.notation.NotationReader;
import dev.faultline.source.Lookup;
import dev.faultline.source.jvm.ClassSource;
import dev.faultline.source.jvm.VmMode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Gets layouts, for tests. */
public final class Layouts {

    private Layouts() {}

    /**
     * The layout that the running VM gives instances of a class, header and inherited fields too.
     *
     * @param type a class that can have instances: no interface, array or primitive
     * @return its layout; inherited fields that another one hides are called {@code Base.x}
     * @throws InputException when it has no layout, with the reason
     */
    public static StructLayout of(Class<?> type) {
        return of(type, VmMode.running());
    }

    /** As {@link #of(Class)}, for another VM than the running one: {@code VmMode.parse("25-coh")}. */
    public static StructLayout of(Class<?> type, VmMode mode) {
        Lookup lookup = ClassSource.ofLoaded(type, mode).find(type.getName());
        if (lookup instanceof Lookup.Found found) {
            return found.subjects().get(0).layout();
        }
        throw new InputException(type.getTypeName(), "", ((Lookup.Missing) lookup).reason());
    }

    /**
     * The one struct of a text: pahole's output, or a C declaration.
     *
     * @param notation the text
     * @return its layout
     * @throws InputException when it cannot be read, or declares not exactly one struct
     */
    public static StructLayout read(String notation) {
        return only("text", NotationReader.read("text", notation));
    }

    /** As {@link #read(String)}, of a file; {@link UncheckedIOException} when it cannot be read. */
    public static StructLayout read(Path file) {
        return only(file.toString(), NotationReader.read(file.toString(), text(file)));
    }

    /**
     * A struct of a file with several.
     *
     * @param file pahole's output, or C declarations
     * @param name the tag of the struct
     * @return its layout
     * @throws InputException when the file cannot be read as one, or declares no such struct
     */
    public static StructLayout read(Path file, String name) {
        List<StructLayout> layouts = NotationReader.read(file.toString(), text(file));
        return layouts.stream()
                .filter(layout -> layout.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new InputException(
                        file.toString(), "", "declares no " + name + Nearest.hint(name, names(layouts))));
    }

    private static StructLayout only(String source, List<StructLayout> layouts) {
        if (layouts.size() != 1) {
            throw new InputException(
                    source,
                    "",
                    "declares " + layouts.size() + " structs (" + String.join(", ", names(layouts)) + "): name one");
        }
        return layouts.get(0);
    }

    private static List<String> names(List<StructLayout> layouts) {
        return layouts.stream().map(StructLayout::name).toList();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
