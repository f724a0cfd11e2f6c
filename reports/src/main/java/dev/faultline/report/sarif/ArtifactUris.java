package dev.faultline.report.sarif;

import dev.faultline.layout.Provenance;
import dev.faultline.source.SourceLocation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Names the file that a result is in. Code scanning shows a result only when it has one, and compares file names
 * between runs.
 *
 * <ul>
 *   <li>The file of source code that declares a type, where that is known: its path from the source root when it is
 *       found there, its absolute URI when it is elsewhere, else its path as the compiler recorded it.
 *   <li>A file below the source root: its path from there, links followed, such as {@code src/ring.h}.
 *   <li>A class in a directory of classes: the path of its class file.
 *   <li>Another file: its absolute URI, such as {@code file:///tmp/app.o}.
 *   <li>A type that is in no file: a path that only names it, such as {@code faultline/catalogue-6.3/rtable.h}.
 * </ul>
 */
final class ArtifactUris {

    /** How sources that are no files are called where provenances and reports name them. */
    private static final Pattern NO_FILE =
            Pattern.compile("|-|kernel|jvm|standard input|group markers|loaded classes|JDK \\d+|catalogue");

    private static final String PATH_MARKS = "-._~!$&'()*+,;=@";
    private static final int LONGEST_NAME = 200;

    private final Path root;
    private final Map<Path, String> known = new HashMap<>();
    private final DeclaredFiles declared;

    ArtifactUris(Path sourceRoot) {
        this.root = real(sourceRoot);
        this.declared = new DeclaredFiles(root);
    }

    /**
     * Names the file of a declaration by its place below the source root.
     *
     * @param location the declaration
     * @return a relative URI, percent-encoded; empty when the file is not found there
     */
    Optional<String> below(SourceLocation location) {
        return declared.find(RecordedPath.of(location))
                .or(() -> declared.find(RecordedPath.of(location.file())))
                .map(file -> known.computeIfAbsent(file, this::of));
    }

    /**
     * Names the file of a declaration that is not below the source root.
     *
     * @param location the declaration
     * @return an absolute URI when the file exists, else its path as a relative one, percent-encoded
     */
    String asRecorded(SourceLocation location) {
        RecordedPath full = RecordedPath.of(location);
        Optional<Path> there = full.isAbsolute() ? full.existing() : Optional.empty();
        if (there.isPresent()) {
            return known.computeIfAbsent(there.get(), this::of);
        }
        StringBuilder uri = new StringBuilder();
        RecordedPath.of(location.file()).names().forEach(name -> encode(name, uri.append(uri.isEmpty() ? "" : "/")));
        return uri.isEmpty() ? "faultline/source" : uri.toString();
    }

    /**
     * Names the file of a type.
     *
     * @param provenance where the type is declared
     * @param struct the type, with its keyword when it has one
     * @return a relative or absolute URI, percent-encoded
     */
    String of(Provenance provenance, String struct) {
        String source = provenance.source();
        boolean isFile = provenance.origin() != Provenance.Origin.DECLARED
                && !NO_FILE.matcher(source).matches();
        return (isFile ? path(source) : Optional.<Path>empty())
                .map(file -> provenance.origin() == Provenance.Origin.VM_MODEL && Files.isDirectory(file)
                        ? path(source + "/" + name(struct).replace('.', '/') + ".class")
                                .orElse(file)
                        : file)
                .map(file -> known.computeIfAbsent(file, this::of))
                .filter(uri -> !uri.isEmpty())
                .orElseGet(() -> invented(source, struct));
    }

    private static Optional<Path> path(String source) {
        try {
            return Optional.of(Path.of(source));
        } catch (InvalidPathException noName) {
            return Optional.empty();
        }
    }

    private String of(Path file) {
        Path path = real(file);
        if (!path.startsWith(root)) { // a link below the root that leads elsewhere
            path = file.toAbsolutePath().normalize();
        }
        if (!path.startsWith(root)) {
            return path.toUri().toASCIIString();
        }
        StringBuilder uri = new StringBuilder();
        for (Path name : root.relativize(path)) {
            encode(name.toString(), uri.append(uri.isEmpty() ? "" : "/"));
        }
        return uri.toString();
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException missing) {
            return path.toAbsolutePath().normalize();
        }
    }

    /** What follows a comma says more about a declaration, such as that it is a part. */
    private static String invented(String source, String struct) {
        String word = source.replaceFirst(",.*", "")
                .replaceAll("[^A-Za-z0-9.]+", "-")
                .replaceAll("^[-.]+|-+$", "")
                .toLowerCase(Locale.ROOT);
        String name = name(struct);
        StringBuilder uri = new StringBuilder("faultline/")
                .append(word.isEmpty() ? "source" : word)
                .append('/');
        encode(name.substring(0, Math.min(name.length(), LONGEST_NAME)), uri);
        return uri.append(struct.startsWith("class ") ? ".java" : ".h").toString();
    }

    private static String name(String struct) {
        return struct.substring(struct.indexOf(' ') + 1);
    }

    /** Appends one name of a path, percent-encoded. A colon is encoded too, since it would end a scheme. */
    private static void encode(String name, StringBuilder uri) {
        for (byte unit : name.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (unit & 0xff);
            boolean isPlain = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            if (isPlain || PATH_MARKS.indexOf(c) >= 0) {
                uri.append(c);
            } else {
                uri.append(String.format("%%%02X", (int) c));
            }
        }
    }
}
