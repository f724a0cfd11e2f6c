package dev.faultline.report.sarif;

import dev.faultline.source.SourceLocation;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A path of a file as a compiler recorded it, perhaps on another system.
 *
 * @param file the path
 * @param names its parts, without {@code .}; {@code ..} has taken off the part before it
 * @param isAbsolute whether it begins at the root of a file system, or at a drive of Windows
 */
record RecordedPath(String file, List<String> names, boolean isAbsolute) {

    private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:[/\\\\].*", Pattern.DOTALL);

    /** {@return the file of a declaration, with the directory from which it counts where that is known} */
    static RecordedPath of(SourceLocation location) {
        RecordedPath alone = of(location.file());
        return alone.isAbsolute() || location.directory().isEmpty()
                ? alone
                : of(location.directory() + "/" + location.file());
    }

    /** {@return the parts of a path} Backslashes separate them in a path of Windows only. */
    static RecordedPath of(String file) {
        boolean hasDrive = DRIVE.matcher(file).matches();
        boolean isWindows = hasDrive || file.indexOf('/') < 0 && file.indexOf('\\') >= 0;
        String path = isWindows ? file.replace('\\', '/') : file;
        List<String> names = new ArrayList<>();
        for (String name : path.split("/")) {
            if (name.equals("..")) {
                names.subList(Math.max(0, names.size() - 1), names.size()).clear();
            } else if (!name.isEmpty() && !name.equals(".")) {
                names.add(name);
            }
        }
        return new RecordedPath(file, List.copyOf(names), hasDrive || path.startsWith("/"));
    }

    /** {@return the file, where this machine has one of that name} */
    Optional<Path> existing() {
        try {
            return Optional.of(Path.of(file)).filter(Files::isRegularFile);
        } catch (InvalidPathException noName) {
            return Optional.empty();
        }
    }
}
