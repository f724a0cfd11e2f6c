package dev.faultline.cli.run;

import dev.faultline.cli.output.Reasons;
import dev.faultline.input.InputException;
import dev.faultline.input.NamePattern;
import dev.faultline.input.PathPattern;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.function.Predicate;

/** Finds the contracts that an argument means: a file, those of a directory, or those that match a pattern. */
public final class ContractFiles {

    /** How the names of contracts end that are found in a directory. */
    static final String SUFFIX = ".contract.yaml";

    private static final int DEEPEST = 32;

    private ContractFiles() {}

    /** {@return whether an argument can only mean a file} */
    public static boolean isFile(String word) {
        if (word.endsWith(".yaml") || word.endsWith(".yml")) {
            return true;
        }
        try {
            return Files.exists(Path.of(word)) || NamePattern.isPattern(word) && word.contains("/");
        } catch (InvalidPathException unspeakable) {
            return false;
        }
    }

    /**
     * Finds contracts.
     *
     * @param word a file, a directory, or a {@link PathPattern}
     * @return the files, sorted; at least one
     * @throws InputException when there is none, or a directory cannot be read
     */
    static List<String> of(String word) {
        if (word.isEmpty()) { // to the file system, the current directory
            throw new InputException(word, "", "names no contract; . is the current directory");
        }
        try {
            Path path = Path.of(word);
            if (Files.isDirectory(path)) {
                return found(path, file -> file.getFileName().toString().endsWith(SUFFIX), word, "holds no *" + SUFFIX);
            }
            if (Files.exists(path)) {
                return List.of(word);
            }
            if (NamePattern.isPattern(word)) {
                PathPattern pattern = PathPattern.parse(path.normalize().toString());
                return found(
                        before(path),
                        file -> pattern.matches(file.normalize().toString()),
                        word,
                        "no file matches this pattern");
            }
        } catch (InvalidPathException unspeakable) {
            throw new InputException(word, "", "is no file name here: " + unspeakable.getReason());
        } catch (IllegalArgumentException noPattern) {
            throw new InputException(word, "", "is no pattern of files: " + noPattern.getMessage());
        } catch (IOException | UncheckedIOException unreadable) {
            IOException cause =
                    unreadable instanceof UncheckedIOException wrapped ? wrapped.getCause() : (IOException) unreadable;
            throw new InputException(word, "", "cannot be listed: " + Reasons.of(cause));
        }
        throw new InputException(
                word, "", "no such file or directory; to check a struct's group markers, give --from SOURCE");
    }

    /** {@return the path before the first component that is a pattern} */
    private static Path before(Path path) {
        Path directory = path.isAbsolute() ? path.getRoot() : Path.of("");
        for (Path name : path) {
            if (NamePattern.isPattern(name.toString()) || name.toString().contains("{")) {
                break;
            }
            directory = directory.resolve(name);
        }
        return directory;
    }

    private static List<String> found(Path directory, Predicate<Path> wanted, String word, String otherwise)
            throws IOException {
        List<String> files = new ArrayList<>();
        if (Files.isDirectory(directory)) {
            Files.walkFileTree(directory, EnumSet.noneOf(FileVisitOption.class), DEEPEST, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path inner, BasicFileAttributes attributes) {
                    boolean hidden = !inner.equals(directory)
                            && inner.getFileName().toString().startsWith(".");
                    return hidden ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (!Files.isDirectory(file) && wanted.test(file)) {
                        files.add(file.toString());
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        }
        if (files.isEmpty()) {
            throw new InputException(word, "", otherwise);
        }
        files.sort(null);
        return files;
    }
}
