package dev.faultline.report.sarif;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds below the source root the files that compilers recorded: with the directories of the machine that compiled, or
 * with those of a package only. A file is found when one of the two names ends in the other and no second file fits.
 */
final class DeclaredFiles {

    /** The most parts of a path that are taken off in turn. */
    private static final int MOST_PARTS = 64;

    /** The most files and directories below the source root; of more, none is searched for. */
    private static final int MOST_ENTRIES = 500_000;

    private final Path root;
    private final Map<String, Optional<Path>> known = new HashMap<>();
    /** The directories below the root by their last name; found when first needed. */
    private Map<String, List<Path>> directories;

    DeclaredFiles(Path root) {
        this.root = root;
    }

    /**
     * Finds a file.
     *
     * @param recorded its name as the compiler recorded it
     * @return the file below the source root; empty when there is none or more than one fits
     */
    Optional<Path> find(RecordedPath recorded) {
        return known.computeIfAbsent(recorded.file(), any -> {
            try {
                return recorded.names().isEmpty() ? Optional.empty() : search(recorded);
            } catch (InvalidPathException noName) {
                return Optional.empty();
            }
        });
    }

    private Optional<Path> search(RecordedPath recorded) {
        Optional<Path> there = recorded.isAbsolute() ? recorded.existing() : Optional.empty();
        if (there.isPresent() && isBelow(there.get())) {
            return there;
        }
        List<String> names = recorded.names();
        for (int from = Math.max(0, names.size() - MOST_PARTS); from < names.size(); from++) {
            Path candidate = resolve(root, names.subList(from, names.size()));
            if (isSure(names, from, recorded.isAbsolute())
                    && Files.isRegularFile(candidate)
                    && (there.isEmpty() || isCopy(there.get(), candidate))) {
                return Optional.of(candidate);
            }
        }
        return recorded.isAbsolute() || names.size() < 2 ? Optional.empty() : below(names);
    }

    private boolean isBelow(Path file) {
        try {
            return file.toRealPath().startsWith(root);
        } catch (IOException gone) {
            return false;
        }
    }

    /** A name without any directory fits many files, unless the directory taken off is called like the root. */
    private boolean isSure(List<String> names, int from, boolean isAbsolute) {
        boolean isWhole = from == 0 && !isAbsolute;
        return isWhole
                || names.size() - from > 1
                || from > 0
                        && root.getFileName() != null
                        && names.get(from - 1).equals(root.getFileName().toString());
    }

    /** A header of the system is not that of the repository because both are called alike. */
    private static boolean isCopy(Path there, Path candidate) {
        try {
            return Files.mismatch(there, candidate) < 0;
        } catch (IOException unreadable) {
            return false;
        }
    }

    private static Path resolve(Path directory, List<String> names) {
        return directory.resolve(String.join("/", names));
    }

    /** {@return the one file below any directory of the root whose path ends in these names} */
    private Optional<Path> below(List<String> names) {
        if (directories == null) {
            directories = directories();
        }
        Path inner = Path.of(String.join("/", names.subList(0, names.size() - 1)));
        String name = names.get(names.size() - 1);
        List<Path> found = directories.getOrDefault(names.get(names.size() - 2), List.of()).stream()
                .filter(directory -> directory.endsWith(inner))
                .map(directory -> directory.resolve(name))
                .filter(Files::isRegularFile)
                .limit(2)
                .toList();
        return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
    }

    private Map<String, List<Path>> directories() {
        Map<String, List<Path>> byName = new HashMap<>();
        int[] entries = {0};
        try {
            Files.walkFileTree(root, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                    String name = String.valueOf(directory.getFileName());
                    if (name.startsWith(".") && !directory.equals(root)) {
                        return FileVisitResult.SKIP_SUBTREE;
                    }
                    byName.computeIfAbsent(name, any -> new ArrayList<>(1)).add(directory);
                    return count();
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    return count();
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException unreadable) {
                    return count();
                }

                @Override
                public FileVisitResult postVisitDirectory(Path directory, IOException unreadable) {
                    return FileVisitResult.CONTINUE;
                }

                private FileVisitResult count() {
                    return ++entries[0] > MOST_ENTRIES ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException unreadable) {
            return Map.of();
        }
        return entries[0] > MOST_ENTRIES ? Map.of() : byName;
    }
}
