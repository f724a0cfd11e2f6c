package dev.faultline.source.jvm.store;

import dev.faultline.api.Internal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The files and directories from which a VM loads the classes of a class path. */
@Internal
public final class ClassPathFiles {

    private ClassPathFiles() {}

    /**
     * {@return the files; jars in jars are left out, since a VM reads none}
     *
     * @param entries the entries, as {@link ClassStores#open} takes them
     * @param store their classes
     */
    public static List<Path> of(List<String> entries, ClassStore store) {
        List<Path> files = new ArrayList<>();
        for (String entry : entries) {
            boolean isWildcard = entry.endsWith(ClassStores.WILDCARD) && !Files.exists(Path.of(entry));
            Path file =
                    Path.of(isWildcard ? entry.substring(0, entry.length() - ClassStores.WILDCARD.length()) : entry);
            if (Files.isDirectory(file)) {
                if (!isWildcard) {
                    files.add(file);
                }
                files.addAll(jars(file));
            } else if (store instanceof DirectoryClasses classes
                    && classes.only().isPresent()) {
                files.add(classes.root());
            } else if (Files.exists(file)) {
                files.add(file);
            }
        }
        return files;
    }

    private static List<Path> jars(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(ClassStores::isJar).sorted().toList();
        } catch (IOException unreadable) {
            return List.of(); // opening the store tells
        }
    }
}
