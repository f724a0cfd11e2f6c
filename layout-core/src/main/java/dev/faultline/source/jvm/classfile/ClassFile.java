package dev.faultline.source.jvm.classfile;

import dev.faultline.api.Internal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The parts of a class file that decide the layout of its instances.
 *
 * @param name internal name, {@code com/acme/Ring}
 * @param superName internal name of the superclass; empty for {@code java/lang/Object}
 * @param kind what it declares
 * @param isAbstract whether it is abstract
 * @param contended whether the class itself is {@code @Contended}, as JDK 9 and later read it: {@code
 *     jdk.internal.vm.annotation.Contended}
 * @param contendedWithin whether the class or any field, static ones included, is {@code @Contended}
 * @param fields the instance fields in the order of the file
 * @param inJdk8 the class as JDK 8 reads it, which knows {@code sun.misc.Contended} only; empty when it reads the same
 * @param silenced the rules that {@link #SILENCING} silences, by the name of the
 *     field it stands at; the empty name is the class itself, and an empty set is every rule
 * @param sourceFile the file of source code it was compiled from, without directories, when the class file says so
 */
@Internal
public record ClassFile(
        String name,
        Optional<String> superName,
        Kind kind,
        boolean isAbstract,
        boolean contended,
        boolean contendedWithin,
        List<Field> fields,
        Optional<ClassFile> inJdk8,
        Map<String, Set<String>> silenced,
        Optional<String> sourceFile) {

    /**
     * The simple name of the annotation that silences rules. Its package does not matter, so that code can declare one
     * of its own:
     * <pre>{@code
     * @Retention(RetentionPolicy.CLASS)
     * @interface SuppressFalseSharing {
     *     String[] value() default {};
     * }
     * }</pre>
     */
    public static final String SILENCING = "SuppressFalseSharing";

    /** What a class file declares. */
    public enum Kind {
        /** A class, abstract or not. */
        CLASS("a class"),
        /** An interface. */
        INTERFACE("an interface"),
        /** An annotation type. */
        ANNOTATION("an annotation type"),
        /** {@code module-info}. */
        MODULE("a module descriptor");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }

    /**
     * An instance field.
     *
     * @param name its name
     * @param descriptor its type, {@code J} or {@code Ljava/lang/String;}
     * @param isVolatile whether it is volatile
     * @param group its {@code @Contended} group, when it is annotated
     */
    public record Field(String name, String descriptor, boolean isVolatile, Optional<Group> group) {
        public Field {
            Objects.requireNonNull(name);
            Objects.requireNonNull(descriptor);
            Objects.requireNonNull(group);
        }
    }

    /**
     * A group of fields that {@code @Contended} separates from the others.
     *
     * @param name the group's name; empty when the field is a group of its own
     */
    public record Group(Optional<String> name) {}

    public ClassFile {
        Objects.requireNonNull(name);
        Objects.requireNonNull(superName);
        Objects.requireNonNull(kind);
        Objects.requireNonNull(inJdk8);
        Objects.requireNonNull(sourceFile);
        fields = List.copyOf(fields);
        silenced = Map.copyOf(silenced);
    }

    /** A class file that silences no rule, which JDK 8 reads as later ones do. */
    public ClassFile(
            String name,
            Optional<String> superName,
            Kind kind,
            boolean isAbstract,
            boolean contended,
            boolean contendedWithin,
            List<Field> fields) {
        this(
                name,
                superName,
                kind,
                isAbstract,
                contended,
                contendedWithin,
                fields,
                Optional.empty(),
                Map.of(),
                Optional.empty());
    }

    /** {@return the class with the annotations that JDK 8 honours} */
    public ClassFile asInJdk8() {
        return inJdk8.orElse(this);
    }
}
