package dev.faultline.access.code;

import dev.faultline.api.Internal;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * One method with its effects.
 *
 * @param type the class that declares it
 * @param name its name; {@code <init>} and {@code <clinit>} as in class files
 * @param descriptor its parameter and result types as the code spells them
 * @param traits what its declaration says
 * @param effects its effects on fields, in order of the code
 * @param calls its calls, in order of the code
 */
@Internal
public record CodeMethod(
        String type,
        String name,
        String descriptor,
        Set<Trait> traits,
        List<FieldEffect> effects,
        List<CodeCall> calls) {

    /** What a declaration says. */
    public enum Trait {
        /** Every class may call it. */
        PUBLIC,
        /** Subclasses may call it. */
        PROTECTED,
        /** Only its own class may call it. */
        PRIVATE,
        /** It has no receiver. */
        STATIC,
        /** It has no code here. */
        ABSTRACT,
        /** It holds the lock of its object, or of its class when it is static. */
        SYNCHRONIZED,
        /** It takes the lock of its object: it is synchronized, or has a block that is. */
        LOCKS_SELF,
        /** The compiler made it: a bridge, a lambda body, an accessor. */
        SYNTHETIC,
        /** It is implemented outside of the code that was read. */
        NATIVE,
        /** A harness runs it again and again on threads of its own: it has JMH's {@code @Group}. */
        GROUPED
    }

    public CodeMethod {
        Objects.requireNonNull(type);
        Objects.requireNonNull(name);
        Objects.requireNonNull(descriptor);
        traits = Set.copyOf(traits);
        effects = List.copyOf(effects);
        calls = List.copyOf(calls);
    }

    /** {@return its name and types} */
    public CodeSignature signature() {
        return new CodeSignature(name, descriptor);
    }

    /** {@return whether it has a trait} */
    public boolean is(Trait trait) {
        return traits.contains(trait);
    }

    /** {@return whether it is a constructor or a static initialiser} */
    public boolean isInitializer() {
        return name.startsWith("<");
    }

    /** Short, since methods are looked up often and their effects and calls are many. */
    @Override
    public int hashCode() {
        return (type.hashCode() * 31 + name.hashCode()) * 31 + descriptor.hashCode();
    }
}
