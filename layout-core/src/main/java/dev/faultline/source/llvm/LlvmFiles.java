package dev.faultline.source.llvm;

import dev.faultline.input.InputException;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The files of LLVM IR that a name means: one, several with colons between, a pattern, or those of a directory. */
public final class LlvmFiles {

    /** The longest text: 256 MiB. */
    static final int MOST_BYTES = 256 << 20;

    private static final int MOST_FILES = 20_000;
    private static final int DEEPEST = 24;
    private static final String TEXT = ".ll";
    private static final String BITCODE = ".bc";

    private LlvmFiles() {}

    /** {@return whether the name of a file ends as one of LLVM IR does} */
    public static boolean isNamed(String name) {
        return name.endsWith(TEXT) || name.endsWith(BITCODE);
    }

    /** {@return whether a name means several files: a pattern such as {@code build/*.ll}, or a list with colons} */
    public static boolean isSeveral(String name) {
        List<String> parts = parts(name);
        return parts.stream().allMatch(LlvmFiles::isNamed) && (parts.size() > 1 || isPattern(name));
    }

    /** {@return the names in a list with colons between them} */
    public static List<String> parts(String name) {
        return List.of(name.split(File.pathSeparator, -1));
    }

    private static boolean isPattern(String name) {
        try {
            return name.indexOf('*') >= 0 && !Files.exists(Path.of(name));
        } catch (InvalidPathException onThisSystem) {
            return true;
        }
    }

    /**
     * {@return the words of a command line with files of LLVM IR joined to one source, where the first of them was}
     *
     * @param words the words
     */
    public static List<String> joined(List<String> words) {
        List<String> files = words.stream()
                .filter(word -> isNamed(word) && word.indexOf(File.pathSeparatorChar) < 0 && word.indexOf('#') < 0)
                .distinct()
                .toList();
        if (files.size() < 2) {
            return words;
        }
        List<String> joined = new ArrayList<>();
        boolean isThere = false;
        for (String word : words) {
            if (!files.contains(word)) {
                joined.add(word);
            } else if (!isThere) {
                joined.add(String.join(File.pathSeparator, files));
                isThere = true;
            }
        }
        return joined;
    }

    /** {@return a name for messages: of a long list, the first file and how many others there are} */
    public static String shown(String name) {
        List<String> parts = parts(name);
        return parts.size() == 1 ? name : parts.get(0) + " and " + (parts.size() - 1) + " more";
    }

    /**
     * {@return the files that a list or pattern means}
     *
     * @throws InputException when there is none, or one is missing
     */
    static List<Path> of(String name) {
        List<Path> files = new ArrayList<>();
        for (String part : parts(name)) {
            if (isPattern(part)) {
                files.addAll(matching(part));
            } else {
                Path file = path(part);
                if (!Files.isRegularFile(file)) {
                    throw new InputException(part, "", "no such file");
                }
                files.add(file);
            }
        }
        return files;
    }

    private static Path path(String name) {
        try {
            return Path.of(name);
        } catch (InvalidPathException unspeakable) {
            throw new InputException(name, "", "is not a valid file name: " + unspeakable.getReason());
        }
    }

    private static List<Path> matching(String pattern) {
        int star = pattern.indexOf('*');
        int slash = pattern.lastIndexOf('/', star);
        Path directory = path(slash < 0 ? "." : slash == 0 ? "/" : pattern.substring(0, slash));
        String rest = pattern.substring(slash + 1);
        PathMatcher matcher;
        try {
            matcher = FileSystems.getDefault().getPathMatcher("glob:" + rest);
        } catch (IllegalArgumentException broken) {
            throw new InputException(pattern, "", "is no pattern of file names");
        }
        int depth = rest.contains("**")
                ? DEEPEST
                : (int) rest.chars().filter(c -> c == '/').count() + 1;
        List<Path> files = walk(pattern, directory, depth).stream()
                .filter(file -> matcher.matches(directory.relativize(file)))
                .toList();
        if (files.isEmpty()) {
            throw new InputException(pattern, "", "no file matches");
        }
        return files;
    }

    /** {@return the texts and bitcode files below a directory, sorted; bitcode only where its text is not there} */
    static List<Path> in(String name, Path directory) {
        List<Path> files = walk(name, directory, DEEPEST);
        Set<String> texts = new HashSet<>();
        files.stream().map(Path::toString).filter(file -> file.endsWith(TEXT)).forEach(texts::add);
        return files.stream()
                .filter(file -> {
                    String text = file.toString();
                    return text.endsWith(TEXT)
                            || !texts.contains(text.substring(0, text.length() - BITCODE.length()) + TEXT);
                })
                .toList();
    }

    /** {@return whether a directory has files of LLVM IR} */
    public static boolean areIn(Path directory) {
        try (Stream<Path> files = Files.walk(directory, DEEPEST)) {
            return files.limit(MOST_FILES).anyMatch(file -> isNamed(file.toString()) && Files.isRegularFile(file));
        } catch (IOException | UncheckedIOException unreadable) {
            return false;
        }
    }

    private static List<Path> walk(String name, Path directory, int depth) {
        if (!Files.isDirectory(directory)) {
            throw new InputException(name, "", "there is no directory " + directory);
        }
        try (Stream<Path> files = Files.walk(directory, depth)) {
            List<Path> found = files.filter(file -> isNamed(file.toString()) && Files.isRegularFile(file))
                    .limit(MOST_FILES + 1L)
                    .sorted()
                    .toList();
            if (found.size() > MOST_FILES) {
                throw new InputException(name, "", "more than " + MOST_FILES + " files of LLVM IR; name fewer");
            }
            return found;
        } catch (IOException | UncheckedIOException unreadable) {
            throw new InputException(name, "", "cannot be read: " + unreadable.getMessage());
        }
    }

    /** {@return the text of a file} */
    static byte[] text(String source, Path file) {
        try {
            byte[] head;
            try (InputStream in = Files.newInputStream(file)) {
                head = in.readNBytes(4);
            }
            return BitcodeReader.isBitcode(head) ? BitcodeReader.read(source, file) : bytes(source, file);
        } catch (IOException unreadable) {
            throw new InputException(source, "", "cannot be read: " + unreadable.getMessage());
        }
    }

    private static byte[] bytes(String source, Path file) throws IOException {
        if (Files.size(file) > MOST_BYTES) {
            throw tooLong(source);
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw tooLong(source);
            }
            return bytes;
        }
    }

    static InputException tooLong(String source) {
        return new InputException(
                source, "", "is longer than " + (MOST_BYTES >> 20) + " MiB; give the files of its parts instead");
    }
}
