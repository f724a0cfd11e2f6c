package dev.faultline.access.code;

import dev.faultline.api.Internal;
import java.util.Objects;

/**
 * What a method is found by in a class.
 *
 * @param name its name
 * @param descriptor its parameter and result types as the code spells them
 */
@Internal
public record CodeSignature(String name, String descriptor) {
    public CodeSignature {
        Objects.requireNonNull(name);
        Objects.requireNonNull(descriptor);
    }

    /** Written out, as {@link CodeField#hashCode} is. */
    @Override
    public int hashCode() {
        return name.hashCode() * 31 + descriptor.hashCode();
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || other instanceof CodeSignature one && name.equals(one.name) && descriptor.equals(one.descriptor);
    }
}
