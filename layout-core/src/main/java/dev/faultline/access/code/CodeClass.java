package dev.faultline.access.code;

import dev.faultline.api.Internal;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * One class with its code.
 *
 * @param name its name, {@code com.acme.Ring}
 * @param superName its superclass
 * @param interfaces the interfaces it names
 * @param traits what its declaration says
 * @param fields its fields, in the order of the declaration
 * @param methods its methods, in the order of the declaration
 */
@Internal
public record CodeClass(
        String name,
        Optional<String> superName,
        List<String> interfaces,
        Set<Trait> traits,
        List<DeclaredField> fields,
        List<CodeMethod> methods) {

    /** What a declaration says. */
    public enum Trait {
        /** Every class may use it. */
        PUBLIC,
        /** It has no subclasses. */
        FINAL,
        /** It has objects only of subclasses. */
        ABSTRACT,
        /** It is an interface. */
        INTERFACE,
        /** It has native methods, which may use any field. */
        HAS_NATIVE,
        /** Some method asks for all its fields by reflection. */
        REFLECTS,
        /** It or a superclass says that its objects are serializable. */
        SERIALIZABLE,
        /**
         * It is a superclass from another library or the JDK. The other classes of its package, which may use its
         * fields, were not read.
         */
        ALONE
    }

    public CodeClass {
        Objects.requireNonNull(name);
        Objects.requireNonNull(superName);
        interfaces = List.copyOf(interfaces);
        traits = Set.copyOf(traits);
        fields = List.copyOf(fields);
        methods = List.copyOf(methods);
    }

    /** {@return whether it has a trait} */
    public boolean is(Trait trait) {
        return traits.contains(trait);
    }
}
