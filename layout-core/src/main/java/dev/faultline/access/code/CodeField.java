package dev.faultline.access.code;

import dev.faultline.api.Internal;
import java.util.Objects;

/**
 * A field as code names it.
 *
 * @param type the class or struct that declares it, {@code com.acme.Ring}
 * @param name its name
 */
@Internal
public record CodeField(String type, String name) implements Comparable<CodeField> {
    public CodeField {
        Objects.requireNonNull(type);
        Objects.requireNonNull(name);
    }

    /** Written out, since fields are looked up often and the one that the VM makes is slow before it is compiled. */
    @Override
    public int hashCode() {
        return type.hashCode() * 31 + name.hashCode();
    }

    @Override
    public boolean equals(Object other) {
        return this == other || other instanceof CodeField field && name.equals(field.name) && type.equals(field.type);
    }

    @Override
    public int compareTo(CodeField other) {
        int byType = type.compareTo(other.type);
        return byType != 0 ? byType : name.compareTo(other.name);
    }
}
