package dev.faultline.source.jvm.store;

import dev.faultline.api.Internal;
import dev.faultline.input.InputException;
import dev.faultline.source.jvm.classfile.ClassFileReader;
import dev.faultline.source.jvm.classfile.ClassLimits;
import dev.faultline.source.jvm.classfile.ClassNames;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The classes of a directory tree, or one class file of it.
 *
 * @param source its name in messages
 * @param root the directory in which packages start
 * @param only the internal name of the one class to list; empty for all. Superclasses are found either way.
 */
@Internal
public record DirectoryClasses(String source, Path root, Optional<String> only) implements ClassStore {

    private static final int MOST_NAMED = 3;

    /** {@return the store of a class file, rooted where its package starts if the file is in its package} */
    public static ClassStore ofFile(String source, Path file) {
        byte[] bytes = read(source, file);
        String name = ClassFileReader.read(source, bytes).name();
        Path root = file.toAbsolutePath();
        for (int i = 0; i < name.split("/").length && root != null; i++) {
            root = root.getParent();
        }
        boolean inPackage = root != null && file(root, name).equals(Optional.of(file.toAbsolutePath()));
        return inPackage
                ? new DirectoryClasses(source, root, Optional.of(name))
                : new SingleClassFile(source, name, bytes);
    }

    @Override
    public List<String> names() {
        if (only.isPresent()) {
            return List.of(only.get());
        }
        List<String> names = new ArrayList<>();
        try (Stream<Path> files = Files.walk(root)) { // links to directories are not followed
            int count = 0;
            long bytes = 0;
            for (Path file : (Iterable<Path>) files::iterator) {
                if (++count > ClassLimits.MOST_FILES) {
                    throw new InputException(
                            source,
                            "",
                            "holds more than " + ClassLimits.MOST_FILES
                                    + " files; name the directory in which the packages start");
                }
                Optional<String> name =
                        ClassNames.ofResource(root.relativize(file).toString().replace('\\', '/'));
                name.ifPresent(names::add);
                bytes += name.isPresent() ? file.toFile().length() : 0; // follows links
                if (bytes > ClassLimits.MOST_DIRECTORY_BYTES) {
                    throw new InputException(
                            source,
                            "",
                            "its class files have more than " + ClassLimits.MOST_DIRECTORY_BYTES
                                    + " bytes in total; name a directory with fewer packages");
                }
            }
        } catch (IOException | UncheckedIOException e) {
            throw new InputException(source, "", "cannot list this directory: " + ReadErrors.of(e));
        }
        names.sort(null);
        return names;
    }

    @Override
    public boolean isWhole() {
        return only.isEmpty();
    }

    @Override
    public List<String> packageOf(String internalName) {
        Path directory = file(root, internalName).map(Path::getParent).orElse(root);
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.limit(ClassLimits.MOST_FILES)
                    .map(file -> ClassNames.ofResource(
                            root.relativize(file).toString().replace('\\', '/')))
                    .flatMap(Optional::stream)
                    .sorted()
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            throw new InputException(source, "", "cannot list this directory: " + ReadErrors.of(e));
        }
    }

    @Override
    public Optional<Content> find(String internalName) {
        return file(root, internalName)
                .filter(Files::isRegularFile)
                .map(file -> new Content(file.toString(), read(file.toString(), file)));
    }

    /** {@return the path of a class; empty when the name is not valid for a file} */
    private static Optional<Path> file(Path root, String internalName) {
        try {
            return Optional.of(root.resolve(internalName + ".class"));
        } catch (InvalidPathException unspeakable) {
            return Optional.empty();
        }
    }

    private static byte[] read(String source, Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return ClassLimits.read(source, in);
        } catch (IOException e) {
            throw new InputException(source, "", "cannot be read: " + ReadErrors.of(e));
        }
    }

    /** Tells where there are jars when there are no class files. */
    @Override
    public List<String> notes() {
        if (only.isPresent() || !names().isEmpty()) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(root)) {
            List<Path> directories = files.limit(ClassLimits.MOST_FILES)
                    .filter(file -> ClassStores.isJar(file) && Files.isRegularFile(file))
                    .map(Path::getParent)
                    .distinct()
                    .limit(MOST_NAMED)
                    .map(root::relativize)
                    .toList();
            return directories.isEmpty()
                    ? List.of()
                    : List.of(source + ": has no class files, but there are jars below it; name "
                            + directories.stream()
                                    .map(below ->
                                            Path.of(source, below.toString()).toString())
                                    .collect(Collectors.joining(" or ")));
        } catch (IOException | UncheckedIOException e) {
            throw new InputException(source, "", "cannot list this directory: " + ReadErrors.of(e));
        }
    }

    @Override
    public boolean trusted() {
        return false;
    }

    @Override
    public ClassLoader loader() {
        return new StoreClassLoader(this);
    }
}
