package dev.faultline.source.jvm;

import dev.faultline.input.InputException;
import dev.faultline.source.jvm.classfile.ClassFile;
import dev.faultline.source.jvm.classfile.ClassFileReader;
import dev.faultline.source.jvm.classfile.ClassLimits;
import dev.faultline.source.jvm.classfile.ClassNames;
import dev.faultline.source.jvm.store.ClassStore;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Finds the superclasses of a class: in the store of the class, else in the running JDK. */
final class HierarchyReader {

    private static final String OBJECT = "java/lang/Object";

    /** The root, which most classes have as their only superclass; avoids opening the JDK's image. */
    private static final Hierarchy.Level ROOT = new Hierarchy.Level(
            new ClassFile(OBJECT, Optional.empty(), ClassFile.Kind.CLASS, false, false, false, List.of()), true);

    private final ClassStore store;
    private final ClassStore jdk;
    private final Map<String, Hierarchy.Level> superclasses = new ConcurrentHashMap<>();

    HierarchyReader(ClassStore store, ClassStore jdk) {
        this.store = store;
        this.jdk = jdk;
    }

    /**
     * Reads a class and its superclasses.
     *
     * @param content the class file
     * @param internalName the name it was found by
     * @return the hierarchy
     * @throws InputException when the class has no instances, or a superclass is missing, broken or not a class
     */
    Hierarchy of(ClassStore.Content content, String internalName) {
        ClassFile leaf = read(content, internalName);
        if (leaf.kind() != ClassFile.Kind.CLASS) {
            throw refused(leaf, leaf.kind().words() + " has no instances and so no layout");
        }
        Deque<Hierarchy.Level> levels = new ArrayDeque<>();
        Set<String> seen = new HashSet<>();
        int fields = 0;
        Hierarchy.Level level = leaf.name().equals(OBJECT) ? ROOT : new Hierarchy.Level(leaf, store.trusted());
        while (true) {
            levels.addFirst(level);
            seen.add(level.file().name());
            fields += level.file().fields().size();
            if (fields > ClassLimits.MOST_FIELDS) {
                throw refused(leaf, "has more than " + ClassLimits.MOST_FIELDS + " fields");
            }
            if (level.file().name().equals(OBJECT)) {
                return new Hierarchy(new ArrayList<>(levels));
            }
            level = above(level.file(), seen, leaf, content.source());
        }
    }

    private Hierarchy.Level above(ClassFile file, Set<String> seen, ClassFile leaf, String source) {
        String superName = superName(file, source);
        if (seen.contains(superName)) {
            throw refused(leaf, ClassNames.external(superName) + " is its own superclass");
        }
        if (seen.size() == ClassLimits.DEEPEST_HIERARCHY) {
            throw refused(leaf, "has more than " + ClassLimits.DEEPEST_HIERARCHY + " superclasses");
        }
        return superclass(superName, leaf);
    }

    private static InputException refused(ClassFile leaf, String problem) {
        return new InputException(ClassNames.external(leaf.name()), "", problem);
    }

    private static String superName(ClassFile file, String source) {
        return file.superName()
                .orElseThrow(() -> new InputException(
                        source, "", "broken class file: " + ClassNames.external(file.name()) + " names no superclass"));
    }

    private Hierarchy.Level superclass(String name, ClassFile leaf) {
        if (name.equals(OBJECT)) {
            return ROOT;
        }
        Hierarchy.Level known = superclasses.get(name);
        if (known != null) {
            return known;
        }
        Optional<ClassStore.Content> own = store.find(name);
        Optional<ClassStore.Content> content = own.isPresent() ? own : jdk.find(name);
        if (content.isEmpty()) {
            throw refused(
                    leaf,
                    "its superclass " + ClassNames.external(name)
                            + " is neither in the same source nor in the running JDK; name a class path"
                            + " with both, such as app.jar:lib.jar");
        }
        ClassFile file = read(content.get(), name);
        if (file.kind() != ClassFile.Kind.CLASS) {
            throw new InputException(
                    ClassNames.external(leaf.name()),
                    "",
                    "its superclass " + ClassNames.external(name) + " is "
                            + file.kind().words());
        }
        Hierarchy.Level level = new Hierarchy.Level(file, own.isEmpty() ? jdk.trusted() : store.trusted());
        superclasses.put(name, level);
        return level;
    }

    private static ClassFile read(ClassStore.Content content, String internalName) {
        ClassFile file = ClassFileReader.read(content.source(), content.bytes());
        if (!file.name().equals(internalName)) {
            throw new InputException(
                    content.source(),
                    "",
                    "declares " + ClassNames.external(file.name()) + ", not " + ClassNames.external(internalName)
                            + "; open the directory or jar in which its package starts");
        }
        return file;
    }
}
