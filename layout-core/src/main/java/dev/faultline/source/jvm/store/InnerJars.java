package dev.faultline.source.jvm.store;

import dev.faultline.input.InputException;
import dev.faultline.source.jvm.classfile.ClassFileReader;
import dev.faultline.source.jvm.classfile.ClassLimits;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The jars that an application archive carries. They are opened when a class is wanted that the application lacks; one
 * that is broken is left out and named.
 */
final class InnerJars {

    private static final int MOST_NAMED = 3;

    private final JarArchive archive;
    private final List<JarDirectory.Entry> libraries;
    private final List<JarDirectory.Entry> jars;
    private final int release;
    private Opened opened;
    private Optional<String> withoutCode = Optional.empty();

    /**
     * The jars, opened.
     *
     * @param jars those that could be read, in order
     * @param unread a line for each of the others
     */
    private record Opened(List<JarClasses> jars, List<String> unread) {}

    /**
     * @param archive the archive
     * @param kind where it keeps its libraries
     * @param entries its entries
     * @param release the version of the VM that reads them
     */
    InnerJars(JarArchive archive, ArchiveKind kind, List<JarDirectory.Entry> entries, int release) {
        this(
                archive,
                jars(entries, name -> kind.libraries().stream().anyMatch(name::startsWith)),
                jars(entries, name -> true),
                release);
    }

    private InnerJars(
            JarArchive archive, List<JarDirectory.Entry> libraries, List<JarDirectory.Entry> jars, int release) {
        this.archive = archive;
        this.libraries = libraries;
        this.jars = jars;
        this.release = release;
    }

    private static List<JarDirectory.Entry> jars(List<JarDirectory.Entry> entries, Predicate<String> wanted) {
        return entries.stream()
                .filter(entry -> isJar(entry.name()) && wanted.test(entry.name()))
                .toList();
    }

    private static boolean isJar(String name) {
        return name.endsWith(".jar") || name.endsWith(".war");
    }

    /** {@return the same jars for a VM of another version} */
    InnerJars at(int other) {
        return libraries.isEmpty() || other == release ? this : new InnerJars(archive, libraries, jars, other);
    }

    boolean isEmpty() {
        return libraries.isEmpty();
    }

    /** {@return a class of the first jar that has it} */
    Optional<ClassStore.Content> find(String internalName) {
        if (libraries.isEmpty()) {
            return Optional.empty();
        }
        for (JarClasses jar : open().jars()) {
            if (jar.holds(internalName)) {
                return jar.find(internalName);
            }
        }
        return Optional.empty();
    }

    private synchronized Opened open() {
        if (opened == null) {
            List<JarClasses> read = new ArrayList<>();
            List<String> unread = new ArrayList<>();
            int classes = 0;
            for (JarDirectory.Entry library : libraries) {
                try {
                    JarClasses jar = JarClasses.of(archive.inner(library), release);
                    classes += jar.names().size();
                    if (classes > ClassLimits.MOST_JAR_ENTRIES) {
                        unread.add(archive.place(library) + " and those after it: not read, since the libraries have"
                                + " more than " + ClassLimits.MOST_JAR_ENTRIES + " classes");
                        break;
                    }
                    read.add(jar);
                } catch (InputException broken) {
                    unread.add(broken.getMessage());
                }
            }
            opened = new Opened(read, unread);
        }
        return opened;
    }

    /**
     * {@return the classes of the jars that hold a superclass of the application's classes: who else could use the
     * fields of these} Libraries are compiled before the application, so that they know only what it inherits from
     * them.
     */
    synchronized List<String> beside(JarClasses application) {
        Set<JarClasses> holders = new LinkedHashSet<>();
        Set<String> seen = new HashSet<>(application.names());
        List<String> names = new ArrayList<>();
        for (String name : application.names()) {
            superName(application, name).ifPresent(above -> follow(above, application, seen, holders));
        }
        long bytes = 0;
        List<String> left = new ArrayList<>();
        for (JarClasses jar : holders) {
            bytes += jar.packedBytes();
            if (bytes > ClassLimits.MOST_LIBRARY_CODE) {
                left.add(jar.toString());
            } else {
                names.addAll(jar.names());
            }
        }
        withoutCode = left.isEmpty() ? Optional.empty() : Optional.of(withoutCode(left));
        return names;
    }

    private String withoutCode(List<String> left) {
        return archive.source() + ": the code of " + left.size() + (left.size() == 1 ? " library" : " libraries")
                + " is not read, since it is more than " + (ClassLimits.MOST_LIBRARY_CODE >> 20) + " MiB: "
                + String.join(", ", left.subList(0, Math.min(MOST_NAMED, left.size())))
                + (left.size() > MOST_NAMED ? ", ..." : "");
    }

    private void follow(String first, JarClasses application, Set<String> seen, Set<JarClasses> holders) {
        Optional<String> name = Optional.of(first);
        while (name.isPresent() && seen.add(name.get())) {
            String wanted = name.get();
            open().jars().stream().filter(jar -> jar.holds(wanted)).findFirst().ifPresent(holders::add);
            name = superName(application, wanted);
        }
    }

    private static Optional<String> superName(ClassStore store, String name) {
        try {
            return store.find(name)
                    .flatMap(content -> ClassFileReader.read(content.source(), content.bytes())
                            .superName());
        } catch (InputException broken) {
            return Optional.empty(); // reported where the class is laid out
        }
    }

    /** {@return what the user should know: that these jars are not listed, and how to name one} */
    Optional<String> note(boolean isWithoutClasses) {
        if (libraries.isEmpty()) {
            return isWithoutClasses && !jars.isEmpty()
                    ? Optional.of(archive.source() + ": holds no classes of its own, but " + jarsIn(jars)
                            + "; name one: " + archive.place(jars.get(0)))
                    : Optional.empty();
        }
        String where = libraries.get(0).name();
        return Optional.of(archive.source() + ": " + jarsIn(libraries) + " in "
                + where.substring(0, where.lastIndexOf('/')) + (libraries.size() == 1 ? " is" : " are")
                + " read for superclasses only; name " + (libraries.size() == 1 ? "it" : "one")
                + " to see its classes: " + archive.place(libraries.get(0)));
    }

    private static String jarsIn(List<JarDirectory.Entry> jars) {
        return jars.size() + (jars.size() == 1 ? " jar" : " jars");
    }

    /** {@return a line for each jar that could not be read} */
    List<String> unread() {
        return libraries.isEmpty() ? List.of() : open().unread();
    }

    /** {@return that code was not read, when it was wanted and was too much} */
    synchronized Optional<String> withoutCode() {
        return withoutCode;
    }

    /** {@return the jars among entries, for a message that one is missing} */
    static String hint(List<JarDirectory.Entry> entries) {
        List<JarDirectory.Entry> jars = jars(entries, name -> true);
        if (jars.isEmpty()) {
            return ", nor any other jar";
        }
        return "; its jars are "
                + String.join(
                        ", ",
                        jars.stream()
                                .limit(MOST_NAMED)
                                .map(JarDirectory.Entry::name)
                                .toList())
                + (jars.size() > MOST_NAMED ? ", ..." : "");
    }
}
