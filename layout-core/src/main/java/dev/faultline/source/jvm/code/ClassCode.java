package dev.faultline.source.jvm.code;

import dev.faultline.access.code.CodeClass;
import dev.faultline.access.code.DeclaredField;
import dev.faultline.api.Internal;
import java.util.List;
import java.util.Optional;

/** The code of one class as its own file shows it; {@link CodeLinker} connects it with that of others. */
@Internal
public final class ClassCode {

    private final RawClass raw;

    ClassCode(RawClass raw) {
        this.raw = raw;
    }

    /** {@return the number of accesses and calls in its code} */
    public int effects() {
        return raw.effects;
    }

    /** {@return the same class, with a note that the others of its package were not read} */
    public ClassCode alone() {
        raw.traits.add(CodeClass.Trait.ALONE);
        return this;
    }

    /** {@return its fields, in the order of the declaration} */
    public List<DeclaredField> fields() {
        return List.copyOf(raw.fields);
    }

    /** {@return whether it is an interface with annotations at its methods or at parameters of these} */
    public boolean isAnnotatedInterface() {
        return raw.hasAnnotatedMethods && raw.traits.contains(CodeClass.Trait.INTERFACE);
    }

    /** {@return its methods, name and descriptor, in the order of the class: {@code "length()I"}} */
    public List<String> methods() {
        return raw.methods.stream()
                .map(method -> method.name + method.descriptor)
                .toList();
    }

    /** {@return the interfaces it names, as internal names} */
    public List<String> interfaces() {
        return raw.interfaces;
    }

    RawClass raw() {
        return raw;
    }

    /** {@return its internal name, {@code com/acme/Ring}} */
    public String name() {
        return raw.name;
    }

    /** {@return the internal name of its superclass; empty for {@code java/lang/Object}} */
    public Optional<String> superName() {
        return raw.superName;
    }
}
