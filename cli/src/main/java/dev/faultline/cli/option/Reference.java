package dev.faultline.cli.option;

import dev.faultline.input.name.QualifiedName;
import java.util.Optional;

/**
 * The name of a struct as typed: {@code [SOURCE#]NAME[@VERSION]}.
 *
 * @param source the source before the last {@code #} that is not in braces, when there is one
 * @param name name and version, as a source takes them
 */
public record Reference(Optional<String> source, String name) {

    /**
     * Reads a reference.
     *
     * @param text what was typed
     * @param from the source of {@code --from}; in it a struct may be called {@code x@} or {@code #}
     * @return the reference
     * @throws UsageException when it is empty, or there is no such source and source, name or version is empty
     */
    public static Reference parse(String text, Optional<String> from) {
        int hash = QualifiedName.sourceEnd(text);
        String name = text.substring(hash + 1);
        if (hash != 0 && !name.isEmpty() && !name.startsWith("@") && !name.endsWith("@")) {
            return new Reference(hash < 0 ? Optional.empty() : Optional.of(text.substring(0, hash)), name);
        }
        if (from.isPresent() && !text.isEmpty()) {
            return new Reference(Optional.empty(), text);
        }
        throw new UsageException(
                "expected [SOURCE#]NAME[@VERSION], such as rtable@6.3 or kernel#dst_entry, got '" + text + "'");
    }
}
