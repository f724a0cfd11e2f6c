package dev.faultline.access.object;

import dev.faultline.access.code.CodePlace;
import dev.faultline.api.Internal;
import java.util.Objects;

/**
 * An object that a constructor or static initialiser makes and keeps in a field.
 *
 * @param field the field: a path of the layout, or the name of a static field
 * @param type type of the field without package, {@code AtomicLong}
 * @param isStatic whether the field is static, and the static initialiser makes the object
 * @param isElement whether it is kept in an element of the array that the field refers to
 * @param inLoop whether the place is inside a loop
 * @param place where
 */
@Internal
public record Creation(
        String field, String type, boolean isStatic, boolean isElement, boolean inLoop, CodePlace place) {
    public Creation {
        Objects.requireNonNull(field);
        Objects.requireNonNull(type);
        Objects.requireNonNull(place);
    }
}
