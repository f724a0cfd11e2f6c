package dev.faultline.source.jvm.store;

import dev.faultline.api.Internal;
import dev.faultline.input.InputException;
import dev.faultline.source.jvm.classfile.ClassLimits;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Opens the stores that entries of a class path name. */
@Internal
public final class ClassStores {

    /** The end of an entry that stands for all jars of a directory. */
    public static final String WILDCARD = "/*";

    /** Between the name of a jar and that of a jar in it. */
    public static final String INSIDE = JarArchive.INSIDE;

    /** Most jars in jars: an archive, a web application in it, and a library of that. */
    private static final int DEEPEST = 2;

    private static final byte[] CLASS_FILE = {(byte) 0xCA, (byte) 0xFE, (byte) 0xBA, (byte) 0xBE};

    private final String path;
    private final int release;
    private final boolean isPath;
    private final List<ClassPath.Entry> stores = new ArrayList<>();
    private final List<String> unread = new ArrayList<>();

    private ClassStores(String path, int release, boolean isPath) {
        this.path = path;
        this.release = release;
        this.isPath = isPath;
    }

    /**
     * Opens the entries of a class path.
     *
     * @param source the class path in messages
     * @param entries jars, directories and class files; {@code directory/*}; {@code outer.jar!/inner.jar}
     * @param release the version of the VM that reads multi-release jars
     * @return their classes
     * @throws InputException when one is missing or broken; names it
     */
    public static ClassStore open(String source, List<String> entries, int release) {
        ClassStores opened = new ClassStores(source, release, entries.size() > 1);
        for (int i = 0; i < entries.size(); i++) {
            opened.add(entries.get(i), i + 1);
        }
        return opened.joined();
    }

    private ClassStore joined() {
        return stores.size() == 1 && unread.isEmpty() ? stores.get(0).store() : new ClassPath(stores, unread);
    }

    private void add(String entry, int number) {
        if (entry.isEmpty()) {
            throw refused(number, "''", "is empty; write . for the current directory");
        }
        if (entry.endsWith(WILDCARD) && !Files.exists(file(entry, number))) {
            addJars(file(entry.substring(0, entry.length() - WILDCARD.length()), number), entry, number);
            return;
        }
        int inside = entry.indexOf(INSIDE);
        Path file = file(inside < 0 ? entry : entry.substring(0, inside), number);
        if (!Files.exists(file)) {
            throw refused(number, inside < 0 ? entry : entry.substring(0, inside), "no such file or directory");
        }
        String source = isPath ? entry : path;
        if (inside >= 0) {
            List<String> names =
                    List.of(entry.substring(inside + INSIDE.length()).split(INSIDE, -1));
            if (names.size() > DEEPEST) {
                throw refused(number, entry, "goes through more than " + DEEPEST + " jars; unpack the outer ones");
            }
            add(entry, JarClasses.open(entry, file, names, release));
        } else if (Files.isDirectory(file)) {
            addDirectory(source, file, number);
        } else {
            add(source, opened(source, file));
        }
    }

    private void add(String source, ClassStore store) {
        if (stores.size() + unread.size() == ClassLimits.MOST_PATH_ENTRIES) {
            throw new InputException(path, "", "has more than " + ClassLimits.MOST_PATH_ENTRIES + " entries");
        }
        stores.add(new ClassPath.Entry(source, store));
    }

    private ClassStore opened(String source, Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return Arrays.equals(in.readNBytes(CLASS_FILE.length), CLASS_FILE)
                    ? DirectoryClasses.ofFile(source, file)
                    : JarClasses.open(source, file, release);
        } catch (IOException e) {
            throw new InputException(source, "", "cannot be read: " + ReadErrors.of(e));
        }
    }

    /** Adds the packages of a directory and the jars that lie in it. */
    private void addDirectory(String source, Path directory, int number) {
        List<Path> jars = jars(directory, source, number);
        ClassStore packages;
        try {
            packages = new DirectoryClasses(source, directory.toRealPath(), Optional.empty());
        } catch (IOException e) {
            throw new InputException(source, "", "cannot be read: " + ReadErrors.of(e));
        }
        if (jars.isEmpty() || !packages.names().isEmpty()) {
            add(source, packages);
        }
        addEach(jars);
    }

    private void addJars(Path directory, String entry, int number) {
        if (!Files.isDirectory(directory)) {
            throw refused(number, entry, "there is no directory " + directory);
        }
        List<Path> jars = jars(directory, entry, number);
        if (jars.isEmpty()) {
            throw refused(number, entry, "there is no jar in that directory");
        }
        addEach(jars);
    }

    /** A jar that nobody named and that is broken does not keep the others from being read. */
    private void addEach(List<Path> jars) {
        for (Path jar : jars) {
            try {
                add(jar.toString(), JarClasses.open(jar.toString(), jar, release));
            } catch (InputException broken) {
                unread.add(broken.getMessage());
            }
        }
    }

    private List<Path> jars(Path directory, String entry, int number) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> isJar(file) && Files.isRegularFile(file))
                    .sorted()
                    .limit(ClassLimits.MOST_PATH_ENTRIES + 1L)
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            throw refused(number, entry, "cannot list this directory: " + ReadErrors.of(e));
        }
    }

    /** {@return whether a file is a jar by its name} */
    static boolean isJar(Path file) {
        return file.toString().toLowerCase(Locale.ROOT).endsWith(".jar");
    }

    private Path file(String name, int number) {
        try {
            return Path.of(name);
        } catch (InvalidPathException unspeakable) {
            throw refused(number, name, "is not a valid file name: " + unspeakable.getReason());
        }
    }

    private InputException refused(int number, String entry, String problem) {
        return isPath
                ? new InputException(path, "entry " + number + " of the class path, " + entry, problem)
                : new InputException(path, "", problem);
    }
}
