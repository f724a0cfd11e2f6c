package dev.faultline.source.jvm;

import dev.faultline.input.InputException;
import dev.faultline.source.Omissions;
import dev.faultline.source.jvm.classfile.ClassFile;
import dev.faultline.source.jvm.classfile.ClassFileReader;
import dev.faultline.source.jvm.classfile.ClassLimits;
import dev.faultline.source.jvm.classfile.ClassNames;
import dev.faultline.source.jvm.store.ClassStore;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Why a class could not be laid out, in words that it shares with other classes. */
final class RefusalCause {

    private static final String OBJECT = "java/lang/Object";

    private static final String DAMAGED = "that cannot be read";

    private final ClassStore store;
    private final ClassStore jdk;
    private final Map<String, Link> links = new ConcurrentHashMap<>();

    /**
     * What a class file says of its place in a hierarchy.
     *
     * @param name the class it declares; empty when there is no such file or it cannot be read
     * @param superName its superclass
     * @param kind what it declares
     * @param isMissing whether there is no such file
     */
    private record Link(String name, String superName, ClassFile.Kind kind, boolean isMissing) {}

    RefusalCause(ClassStore store, ClassStore jdk) {
        this.store = store;
        this.jdk = jdk;
    }

    /** {@return the cause; empty when it has no layout by nature, as an interface} */
    Optional<String> of(String internalName) {
        Link leaf = link(internalName);
        if (leaf.name().isEmpty()) {
            return Optional.of(DAMAGED);
        }
        return leaf.kind() == ClassFile.Kind.CLASS ? Optional.of(of(internalName, leaf)) : Optional.empty();
    }

    private String of(String internalName, Link leaf) {
        if (!leaf.name().equals(internalName)) {
            return "outside of the directory of their package";
        }
        if (VmFields.isOfAnySize(internalName)) {
            return "whose instances have different sizes";
        }
        Link link = leaf;
        for (int i = 0; i <= ClassLimits.DEEPEST_HIERARCHY; i++) {
            String above = link.superName();
            if (above.equals(OBJECT)) {
                return "that cannot be laid out";
            }
            link = link(above);
            String superclass = "superclass " + ClassNames.external(above);
            if (link.isMissing()) {
                return Omissions.WITHOUT_SUPERCLASS + ClassNames.external(above);
            }
            if (link.name().isEmpty()) {
                return "whose " + superclass + " cannot be read";
            }
            if (link.kind() != ClassFile.Kind.CLASS) {
                return "whose " + superclass + " is " + link.kind().words();
            }
        }
        return "whose superclasses are a circle, or too many";
    }

    private Link link(String internalName) {
        return links.computeIfAbsent(internalName, this::read);
    }

    private Link read(String internalName) {
        try {
            Optional<ClassStore.Content> content = store.find(internalName).or(() -> jdk.find(internalName));
            if (content.isEmpty()) {
                return new Link("", OBJECT, ClassFile.Kind.CLASS, true);
            }
            ClassFile file =
                    ClassFileReader.read(content.get().source(), content.get().bytes());
            return new Link(file.name(), file.superName().orElse(OBJECT), file.kind(), false);
        } catch (InputException broken) {
            return new Link("", OBJECT, ClassFile.Kind.CLASS, false);
        }
    }
}
