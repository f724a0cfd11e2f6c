package dev.faultline.source.jvm;

import dev.faultline.input.InputException;
import dev.faultline.source.Omissions;
import dev.faultline.source.jvm.classfile.ClassFile;
import dev.faultline.source.jvm.classfile.ClassFileReader;
import dev.faultline.source.jvm.classfile.ClassLimits;
import dev.faultline.source.jvm.classfile.ClassNames;
import dev.faultline.source.jvm.store.ClassStore;
import java.util.Optional;

/** Why a class could not be laid out, in words that it shares with other classes. */
final class RefusalCause {

    private static final String OBJECT = "java/lang/Object";

    private static final String DAMAGED = "that cannot be read";

    private final ClassStore store;
    private final ClassStore jdk;

    RefusalCause(ClassStore store, ClassStore jdk) {
        this.store = store;
        this.jdk = jdk;
    }

    /** {@return the cause; empty when it has no layout by nature, as an interface} */
    Optional<String> of(String internalName) {
        try {
            Optional<ClassFile> file = store.find(internalName).map(RefusalCause::read);
            if (file.isPresent() && file.get().kind() != ClassFile.Kind.CLASS) {
                return Optional.empty();
            }
            return Optional.of(file.map(leaf -> of(internalName, leaf)).orElse(DAMAGED));
        } catch (InputException broken) {
            return Optional.of(DAMAGED);
        }
    }

    private String of(String internalName, ClassFile leaf) {
        if (!leaf.name().equals(internalName)) {
            return "outside of the directory of their package";
        }
        if (VmFields.isOfAnySize(internalName)) {
            return "whose instances have different sizes";
        }
        ClassFile file = leaf;
        for (int i = 0; i <= ClassLimits.DEEPEST_HIERARCHY; i++) {
            String above = file.superName().orElse(OBJECT);
            if (above.equals(OBJECT)) {
                return "that cannot be laid out";
            }
            Optional<ClassStore.Content> content = store.find(above).or(() -> jdk.find(above));
            if (content.isEmpty()) {
                return Omissions.WITHOUT_SUPERCLASS + ClassNames.external(above);
            }
            try {
                file = read(content.get());
            } catch (InputException broken) {
                return "whose superclass " + ClassNames.external(above) + " cannot be read";
            }
            if (file.kind() != ClassFile.Kind.CLASS) {
                return "whose superclass " + ClassNames.external(above) + " is "
                        + file.kind().words();
            }
        }
        return "whose superclasses are a circle, or too many";
    }

    private static ClassFile read(ClassStore.Content content) {
        return ClassFileReader.read(content.source(), content.bytes());
    }
}
