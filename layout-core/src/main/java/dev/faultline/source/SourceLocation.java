package dev.faultline.source;

import dev.faultline.api.Internal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A place in a file of source code where something is declared.
 *
 * @param file the file as the compiler recorded it: a path, absolute or not, with the separators of its system; of
 *     {@code ./net/../include/dst.h} only {@code include/dst.h} is kept
 * @param line the line, from 1; 0 when it is not known
 * @param directory where the compiler ran, which a relative file counts from; empty when it is not known
 */
@Internal
public record SourceLocation(String file, int line, String directory) {

    public SourceLocation {
        if (file.isEmpty()) {
            throw new IllegalArgumentException("a location without a file");
        }
        Objects.requireNonNull(directory);
        file = file.contains("./") ? normal(file) : file;
        if (line < 0) {
            throw new IllegalArgumentException(file + ": line=" + line);
        }
    }

    /** A location of which it is not known where the compiler ran. */
    public SourceLocation(String file, int line) {
        this(file, line, "");
    }

    private static String normal(String file) {
        List<String> names = new ArrayList<>();
        for (String name : file.split("/")) {
            int last = names.size() - 1;
            boolean isBack = name.equals("..") && last >= 0;
            if (isBack && !names.get(last).isEmpty() && !names.get(last).equals("..")) {
                names.remove(last);
            } else if (!name.equals(".") && (!name.isEmpty() || last < 0)) {
                names.add(name);
            }
        }
        String normal = String.join("/", names);
        return normal.isEmpty() ? file : normal;
    }

    /** {@return the location as reports show it: {@code "include/net/dst.h:83"}, or the file alone} */
    public String words() {
        return file + (line > 0 ? ":" + line : "");
    }
}
