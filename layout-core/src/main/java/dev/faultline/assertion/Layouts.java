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

/** Reads layouts of classes and declarations, for tests. */
public final class Layouts {

    private Layouts() {}

    /**
     * Computes the layout that the running VM gives instances of a class, with header and inherited fields.
     *
     * @param type a class with instances: no interface, array or primitive
     * @return its layout; an inherited field that another one hides is named {@code Base.x}
     * @throws InputException when it has no layout; the message says why
     */
    public static StructLayout of(Class<?> type) {
        return of(type, VmMode.running());
    }

    /**
     * Computes the layout that another VM gives instances of a class.
     *
     * @param type a class with instances: no interface, array or primitive
     * @param mode the VM, such as {@code VmMode.parse("25-coh")}
     * @return its layout; an inherited field that another one hides is named {@code Base.x}
     * @throws InputException when it has no layout; the message says why
     */
    public static StructLayout of(Class<?> type, VmMode mode) {
        if (type.isArray()) {
            throw new InputException(type.getTypeName(), "", "is an array: its size depends on its length");
        }
        Lookup lookup = ClassSource.ofLoaded(type, mode).find(type.getName());
        if (lookup instanceof Lookup.Found found) {
            return found.subjects().get(0).layout();
        }
        throw new InputException(type.getTypeName(), "", ((Lookup.Missing) lookup).reason());
    }

    /**
     * Reads the one struct of a text: pahole's output or a C declaration.
     *
     * @param notation the text
     * @return its layout
     * @throws InputException when it cannot be read or does not declare exactly one struct
     */
    public static StructLayout read(String notation) {
        return only("text", NotationReader.read("text", notation));
    }

    /**
     * Reads the one struct of a file.
     *
     * @param file pahole's output or a C declaration
     * @return its layout
     * @throws InputException when it cannot be understood or does not declare exactly one struct
     * @throws UncheckedIOException when the file cannot be read
     */
    public static StructLayout read(Path file) {
        return only(file.toString(), NotationReader.read(file.toString(), text(file)));
    }

    /**
     * Reads a struct of a file that declares several.
     *
     * @param file pahole's output or C declarations
     * @param name the tag of the struct
     * @return its layout
     * @throws InputException when the file is not valid or declares no such struct
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
