package dev.faultline.source.sbe;

import dev.faultline.input.InputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** The files of a schema: the one that is named, and those it includes, which lie in its directory or below. */
final class SchemaFiles {

    /** Most bytes of all files together: 16 MiB. */
    static final int MOST_BYTES = 16 << 20;

    private static final int MOST_FILES = 64;

    private final Optional<Path> directory;
    private int bytes;
    private int files;

    /**
     * The files of a schema.
     *
     * @param main the file; empty when the schema comes from a stream, which includes nothing
     */
    SchemaFiles(Optional<Path> main) {
        directory = main.map(Path::toAbsolutePath).map(Path::getParent);
    }

    /**
     * A file.
     *
     * @param name its name in messages
     * @param path where it is; empty when it comes from a stream
     * @param content its bytes
     */
    record Content(String name, Optional<Path> path, byte[] content) {}

    /** {@return the file that is named} */
    Content main(String name, Optional<Path> path, byte[] content) {
        add(name, content.length);
        return new Content(name, path.map(SchemaFiles::real), content);
    }

    /** {@return a file that an element includes} */
    Content included(SchemaElement element, Optional<Path> from) {
        String reference = element.required("href");
        if (element.attributes().containsKey("xpointer")
                || !element.value("parse", "xml").equals("xml")) {
            throw element.problem("an inclusion of a part of a file or of text: expected href=\"FILE\" alone");
        }
        if (from.isEmpty() || directory.isEmpty()) {
            throw element.problem("includes " + SchemaElement.shown(reference)
                    + ", which lies beside the schema; name the schema as a file, not as a stream or compressed");
        }
        Path path = resolved(element, from.get(), reference);
        try (InputStream in = Files.newInputStream(path)) {
            byte[] content = in.readNBytes(MOST_BYTES - bytes + 1);
            String name = sibling(element.source(), reference);
            add(name, content.length);
            return new Content(name, Optional.of(path), content);
        } catch (IOException unreadable) {
            throw element.problem("includes " + SchemaElement.shown(reference) + ", which cannot be read");
        }
    }

    private Path resolved(SchemaElement element, Path from, String reference) {
        Path path;
        try {
            path = from.resolveSibling(reference).toRealPath();
        } catch (IOException | InvalidPathException missing) {
            throw element.problem("includes " + SchemaElement.shown(reference)
                    + ", which is not there; expected a file in the directory of the schema or below");
        }
        if (!path.startsWith(real(directory.get())) || !Files.isRegularFile(path)) {
            throw element.problem("includes " + SchemaElement.shown(reference)
                    + "; only files in the directory of the schema or below are read: copy it there");
        }
        return path;
    }

    private void add(String name, int more) {
        bytes += more;
        if (bytes > MOST_BYTES) {
            throw new InputException(name, "", "with what it includes longer than " + (MOST_BYTES >> 20) + " MiB");
        }
        if (++files > MOST_FILES) {
            throw new InputException(name, "", "more than " + MOST_FILES + " inclusions");
        }
    }

    private static String sibling(String name, String reference) {
        return name.substring(0, name.lastIndexOf('/') + 1) + reference;
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException gone) {
            return path.toAbsolutePath().normalize();
        }
    }
}
