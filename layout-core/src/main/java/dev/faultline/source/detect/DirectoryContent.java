package dev.faultline.source.detect;

import dev.faultline.input.InputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** What lies in a directory that has no classes. */
final class DirectoryContent {

    /** Where a bundle of debug information of macOS has its files. */
    private static final String DSYM = "Contents/Resources/DWARF";

    private static final int MOST_FILES = 1000;

    private DirectoryContent() {}

    /**
     * {@return why a directory without classes is no source, with a file in it that may be one; empty without one}
     *
     * @param name its name in messages
     * @param directory its path
     */
    static Optional<InputException> refusal(String name, Path directory) {
        if (Files.isDirectory(directory.resolve(DSYM))) {
            return Optional.of(new InputException(
                    name, "", Advice.message("debug information of macOS (dSYM)", Advice.CLANG, name)));
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.limit(MOST_FILES)
                    .filter(DirectoryContent::isSource)
                    .sorted()
                    .findFirst()
                    .map(file -> new InputException(
                            name, "", "a directory without classes or jars; name a file in it, such as " + file));
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    private static boolean isSource(Path file) {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            return false;
        }
        try (InputStream in = Files.newInputStream(file)) {
            return switch (SourceKind.of(in.readNBytes(ContentReader.HEAD_BYTES))) {
                case BTF, ELF, TEXT, COMPRESSED, ARCHIVE -> true;
                default -> false;
            };
        } catch (IOException unreadable) {
            return false;
        }
    }
}
