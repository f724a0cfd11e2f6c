package dev.faultline.source.detect;

import dev.faultline.api.Internal;
import dev.faultline.input.Nearest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Finds the files that a misspelt name of a file may mean. */
@Internal
public final class NearFile {

    /** The most files of a directory that are looked at. */
    private static final int MOST = 2000;

    private NearFile() {}

    /** {@return {@code " (did you mean shop.jar?)"} with names in the same directory; empty when none is similar} */
    public static String hint(String name) {
        try {
            Path path = Path.of(name);
            Path directory = path.toAbsolutePath().getParent();
            if (path.getFileName() == null || directory == null || !Files.isDirectory(directory)) {
                return "";
            }
            String before = name.substring(0, name.lastIndexOf('/') + 1);
            try (Stream<Path> files = Files.list(directory)) {
                List<String> names = files.limit(MOST)
                        .map(file -> file.getFileName().toString())
                        .toList();
                List<String> near = Nearest.of(path.getFileName().toString(), names);
                return near.isEmpty() ? "" : " (did you mean " + before + String.join(", " + before, near) + "?)";
            }
        } catch (IOException | InvalidPathException unreadable) {
            return "";
        }
    }
}
