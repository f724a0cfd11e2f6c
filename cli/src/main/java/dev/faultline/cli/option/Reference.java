package dev.faultline.cli.option;

import java.util.Optional;
import picocli.CommandLine.TypeConversionException;

/**
 * What a person names a struct by: {@code [SOURCE#]NAME[@VERSION]}.
 *
 * @param source the source before the last {@code #}, when there is one
 * @param name name and version, as a source takes them
 */
public record Reference(Optional<String> source, String name) {

    /**
     * Reads a reference.
     *
     * @param text what was typed
     * @return it
     * @throws TypeConversionException when source, name or version is empty
     */
    public static Reference parse(String text) {
        int hash = text.lastIndexOf('#');
        String name = text.substring(hash + 1);
        if (hash == 0 || name.isEmpty() || name.startsWith("@") || name.endsWith("@")) {
            throw new TypeConversionException(
                    "expected [SOURCE#]NAME[@VERSION], such as rtable@6.3 or kernel#dst_entry, got '" + text + "'");
        }
        return new Reference(hash < 0 ? Optional.empty() : Optional.of(text.substring(0, hash)), name);
    }

    /**
     * Reads a reference where a source may be given beside it: there, what is no reference is a name, such as
     * {@code x@} or {@code #}.
     *
     * @param text what was typed
     * @param from the source that was given
     * @return it
     * @throws TypeConversionException when it is empty, or no source is given and source, name or version is empty
     */
    public static Reference parse(String text, Optional<String> from) {
        try {
            return parse(text);
        } catch (TypeConversionException noReference) {
            if (from.isEmpty() || text.isEmpty()) {
                throw noReference;
            }
            return new Reference(Optional.empty(), text);
        }
    }
}
