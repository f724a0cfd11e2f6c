package dev.faultline.access.object;

import dev.faultline.api.Internal;
import java.util.Objects;
import java.util.Optional;

/**
 * A field of an object as its class declares it.
 *
 * @param path its path in the layout
 * @param type its type without package, {@code AtomicLong}
 * @param isFinal whether only constructors write it; not known without the code of the class, then false
 * @param isReference whether it refers to another object
 * @param separation the annotation that keeps it apart from other fields
 */
@Internal
public record ObjectMember(
        String path, String type, boolean isFinal, boolean isReference, Optional<Separation> separation) {
    public ObjectMember {
        Objects.requireNonNull(path);
        Objects.requireNonNull(type);
        Objects.requireNonNull(separation);
    }
}
