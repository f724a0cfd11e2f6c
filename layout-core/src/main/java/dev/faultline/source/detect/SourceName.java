package dev.faultline.source.detect;

import dev.faultline.source.jvm.store.ClassStores;
import dev.faultline.source.llvm.LlvmFiles;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The name of a source as typed: a word, a file, a directory, a class path, or a jar inside a jar. What exists as a
 * file is that file, whatever its name looks like.
 *
 * @param text what was typed
 */
public record SourceName(String text) {

    private static final String SEPARATOR = File.pathSeparator;

    private static final int MOST_SHOWN = 2;
    private static final int LONGEST_SHOWN = 80;

    private static final Pattern ARCHIVE = Pattern.compile(".*\\.(jar|war|jmod|class)", Pattern.CASE_INSENSITIVE);

    /** {@return whether this names several jars and directories, or jars by a wildcard or inside another one} */
    public boolean isClassPath() {
        if (isFile(text) || text.indexOf('#') >= 0 || LlvmFiles.isSeveral(text)) {
            return false;
        }
        List<String> parts = split();
        if (parts.size() == 1) {
            return isWildcard(text) || text.indexOf(ClassStores.INSIDE) > 0;
        }
        boolean isWhole = parts.stream().noneMatch(String::isEmpty); // a::b is a name of C++
        return parts.stream()
                .anyMatch(part -> ARCHIVE.matcher(part).matches() || isWildcard(part) || isWhole && isFile(part));
    }

    /**
     * {@return the words of a command line with files of LLVM IR joined to one source, since together they are a
     * program}
     *
     * @param words the words
     */
    public static List<String> joined(List<String> words) {
        return LlvmFiles.joined(words);
    }

    /** {@return whether this names several files of LLVM IR} */
    public boolean isLlvm() {
        return !isFile(text) && text.indexOf('#') < 0 && LlvmFiles.isSeveral(text);
    }

    /** {@return the entries of the class path or of the list of files; the name itself when it is none} */
    public List<String> entries() {
        return isClassPath() || isLlvm() ? split() : List.of(text);
    }

    /** {@return the name for messages: a long class path is cut} */
    public String shown() {
        if (isLlvm()) {
            return LlvmFiles.shown(text);
        }
        List<String> entries = entries();
        return entries.size() <= MOST_SHOWN || text.length() <= LONGEST_SHOWN
                ? text
                : entries.get(0) + SEPARATOR + "... (class path of " + entries.size() + " entries)";
    }

    /** {@return the files and directories that opening the source reads} */
    public List<String> files() {
        return entries().stream().map(SourceName::file).toList();
    }

    /**
     * {@return the source that a name means when it is typed in another directory}
     *
     * @param name what they type
     * @param directory resolves the name of a file there
     */
    public static SourceName in(String name, UnaryOperator<String> directory) {
        List<String> entries = new SourceName(name).split();
        if (entries.stream().anyMatch(String::isEmpty)) {
            return new SourceName(directory.apply(name));
        }
        return new SourceName(entries.stream()
                .map(entry -> {
                    int end = file(entry).length();
                    return directory.apply(entry.substring(0, end)) + entry.substring(end);
                })
                .collect(Collectors.joining(SEPARATOR)));
    }

    private List<String> split() {
        return List.of(text.split(Pattern.quote(SEPARATOR), -1));
    }

    private static boolean isWildcard(String entry) {
        return entry.endsWith(ClassStores.WILDCARD);
    }

    /** {@return the file or directory of an entry, without what is inside it} */
    private static String file(String entry) {
        if (isFile(entry)) {
            return entry;
        }
        int inside = entry.indexOf(ClassStores.INSIDE);
        if (inside > 0) {
            return entry.substring(0, inside);
        }
        return isWildcard(entry) ? entry.substring(0, entry.length() - ClassStores.WILDCARD.length()) : entry;
    }

    private static boolean isFile(String name) {
        try {
            return !name.isEmpty() && Files.exists(Path.of(name));
        } catch (InvalidPathException unspeakable) {
            return false;
        }
    }
}
