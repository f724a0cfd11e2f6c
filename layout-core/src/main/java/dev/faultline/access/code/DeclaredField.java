package dev.faultline.access.code;

import dev.faultline.api.Internal;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A field as its class declares it.
 *
 * @param name its name
 * @param descriptor its type as the code spells it
 * @param traits what the declaration says
 * @param line line of the source where it is declared, from 1, when the code tells
 */
@Internal
public record DeclaredField(String name, String descriptor, Set<Trait> traits, OptionalInt line) {

    /** What a declaration says. */
    public enum Trait {
        /** It belongs to the class, not to its objects. */
        STATIC,
        /** Only constructors write it. */
        FINAL,
        /** Threads see each write. */
        VOLATILE,
        /** Every class may use it. */
        PUBLIC,
        /** Subclasses may use it. */
        PROTECTED,
        /** Only its own class may use it. */
        PRIVATE,
        /** Serialization leaves it out. */
        TRANSIENT,
        /** The compiler made it, as a reference to an outer object. */
        SYNTHETIC,
        /** It has an annotation. */
        ANNOTATED,
        /** A string constant of the code that was read is its name. */
        NAMED_BY_STRING
    }

    public DeclaredField {
        Objects.requireNonNull(name);
        Objects.requireNonNull(descriptor);
        traits = Set.copyOf(traits);
        Objects.requireNonNull(line);
    }

    /** A field whose line is not known. */
    public DeclaredField(String name, String descriptor, Set<Trait> traits) {
        this(name, descriptor, traits, OptionalInt.empty());
    }

    /** {@return whether it has a trait} */
    public boolean is(Trait trait) {
        return traits.contains(trait);
    }
}
