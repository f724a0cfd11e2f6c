package dev.faultline.access.object;

import dev.faultline.api.Internal;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One class of a hierarchy.
 *
 * @param type its name, {@code com.acme.Ring}
 * @param members its fields, in the order of the declaration
 * @param separation the annotation that keeps its fields apart from those of other classes
 */
@Internal
public record DeclaredLevel(String type, List<ObjectMember> members, Optional<Separation> separation) {
    public DeclaredLevel {
        Objects.requireNonNull(type);
        Objects.requireNonNull(separation);
        members = List.copyOf(members);
    }

    /** {@return the name without package} */
    public String simpleName() {
        return type.substring(type.lastIndexOf('.') + 1);
    }
}
