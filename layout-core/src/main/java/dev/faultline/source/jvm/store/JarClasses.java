package dev.faultline.source.jvm.store;

import dev.faultline.api.Internal;
import dev.faultline.input.InputException;
import dev.faultline.source.jvm.classfile.ClassNames;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The classes of a jar, also of a jar inside a jar.
 *
 * <p>Of a multi-release jar they are those that a VM of one version sees. Of an application archive (Spring Boot, WAR)
 * those of the application are listed; its other classes and the jars it carries are only searched. The jar's
 * directory is read once; the total unpacked size is limited.
 */
@Internal
public final class JarClasses implements ClassStore {

    /** The last version without multi-release jars. */
    private static final int BASE_RELEASE = 8;

    private static final int MOST_DIGITS = 4;
    private static final String VERSIONS = "META-INF/versions/";
    private static final String MULTI_RELEASE = "Multi-Release";
    private static final String ROOT_CLASS = "java/lang/Object";

    /**
     * What the directory of a jar says.
     *
     * @param classes class files by version, then by class name; those of version 8 are for all
     * @param others class files outside of the application's directory, by class name
     */
    private record Contents(
            Map<Integer, Map<String, JarDirectory.Entry>> classes, Map<String, JarDirectory.Entry> others) {}

    private final JarArchive archive;
    private final ArchiveKind kind;
    private final Contents contents;
    private final InnerJars libraries;
    private final int release;
    private final Map<String, JarDirectory.Entry> listed;

    private JarClasses(JarArchive archive, ArchiveKind kind, Contents contents, InnerJars libraries, int release) {
        this.archive = archive;
        this.kind = kind;
        this.contents = contents;
        this.libraries = libraries;
        this.release = release;
        this.listed = new LinkedHashMap<>(contents.classes.get(BASE_RELEASE));
        contents.classes.keySet().stream()
                .filter(version -> version > BASE_RELEASE && version <= release)
                .sorted()
                .forEach(version -> listed.putAll(contents.classes.get(version)));
    }

    /**
     * Opens a jar.
     *
     * @param source its name in messages
     * @param file its path
     * @param release the version of the VM that reads it
     * @return its classes
     * @throws InputException when it is not a valid jar
     */
    public static JarClasses open(String source, Path file, int release) {
        return of(JarArchive.open(source, file), release);
    }

    /**
     * Opens a jar inside a jar.
     *
     * @param source its name in messages
     * @param file the path of the outermost jar
     * @param inner the names of the jars on the way to it, and its own
     * @param release the version of the VM that reads it
     * @return its classes
     * @throws InputException when there is none of that name, or it is not a valid jar
     */
    public static JarClasses open(String source, Path file, List<String> inner, int release) {
        JarArchive archive = JarArchive.open(source.substring(0, source.indexOf(JarArchive.INSIDE)), file);
        for (String name : inner) {
            JarArchive outer = archive;
            List<JarDirectory.Entry> entries = outer.entries();
            archive = entries.stream()
                    .filter(entry -> entry.name().equals(name))
                    .findFirst()
                    .map(outer::inner)
                    .orElseThrow(() -> new InputException(
                            source, "", "there is no " + name + " in " + outer.source() + InnerJars.hint(entries)));
        }
        return of(archive, release);
    }

    static JarClasses of(JarArchive archive, int release) {
        List<JarDirectory.Entry> entries = archive.entries();
        ArchiveKind kind = ArchiveKind.of(entries, archive);
        Map<Integer, Map<String, JarDirectory.Entry>> classes = new LinkedHashMap<>();
        classes.put(BASE_RELEASE, new LinkedHashMap<>());
        Map<String, JarDirectory.Entry> others = new LinkedHashMap<>();
        boolean versioned = "true".equalsIgnoreCase(archive.manifest(entries).getValue(MULTI_RELEASE));
        for (JarDirectory.Entry entry : entries) {
            String name = entry.name();
            if (name.startsWith(kind.root())) {
                ClassNames.ofResource(name.substring(kind.root().length()))
                        .ifPresent(type -> classes.get(BASE_RELEASE).putIfAbsent(type, entry));
            } else {
                ClassNames.ofResource(name).ifPresent(type -> others.putIfAbsent(type, entry));
            }
            int version = versioned ? version(name) : BASE_RELEASE;
            if (version > BASE_RELEASE) {
                ClassNames.ofResource(name.substring(name.indexOf('/', VERSIONS.length()) + 1))
                        .ifPresent(type -> classes.computeIfAbsent(version, any -> new LinkedHashMap<>())
                                .putIfAbsent(type, entry));
            }
        }
        return new JarClasses(
                archive, kind, new Contents(classes, others), new InnerJars(archive, kind, entries, release), release);
    }

    /** {@return the version in the name of an entry; 8 when there is none} */
    private static int version(String name) {
        int end = name.startsWith(VERSIONS) ? name.indexOf('/', VERSIONS.length()) : -1;
        String digits = end < 0 ? "" : name.substring(VERSIONS.length(), end);
        return digits.matches("[1-9]\\d{0," + (MOST_DIGITS - 1) + "}") ? Integer.parseInt(digits) : BASE_RELEASE;
    }

    @Override
    public ClassStore at(int other) {
        JarClasses same = other == release ? this : new JarClasses(archive, kind, contents, libraries.at(other), other);
        return libraries.isEmpty() && same.listed.equals(listed) ? this : same;
    }

    @Override
    public List<String> names() {
        return List.copyOf(listed.keySet());
    }

    @Override
    public Optional<Content> find(String internalName) {
        JarDirectory.Entry entry = listed.getOrDefault(internalName, contents.others.get(internalName));
        if (entry == null) {
            return libraries.find(internalName);
        }
        return Optional.of(new Content(archive.place(entry), archive.unpack(entry)));
    }

    @Override
    public List<String> codeNames() {
        if (libraries.isEmpty()) {
            return names();
        }
        List<String> names = new ArrayList<>(names());
        libraries.beside(this).forEach(name -> {
            if (!listed.containsKey(name)) {
                names.add(name);
            }
        });
        return names;
    }

    /** {@return the compressed bytes of its class files, in total} */
    long packedBytes() {
        return listed.values().stream()
                .mapToLong(JarDirectory.Entry::packedBytes)
                .sum();
    }

    boolean holds(String internalName) {
        return listed.containsKey(internalName);
    }

    @Override
    public List<String> notes() {
        List<String> notes = new ArrayList<>();
        libraries.note(names().isEmpty()).ifPresent(notes::add);
        libraries.withoutCode().ifPresent(notes::add);
        return notes;
    }

    @Override
    public List<String> unread() {
        return libraries.unread();
    }

    @Override
    public void checkBudget() {
        archive.budget().check();
    }

    /** {@return whether it is the module of the JDK that holds the root of all classes} */
    @Override
    public boolean trusted() {
        return kind == ArchiveKind.MODULE && listed.containsKey(ROOT_CLASS);
    }

    @Override
    public ClassLoader loader() {
        return new StoreClassLoader(this);
    }

    @Override
    public String toString() {
        return archive.source();
    }
}
