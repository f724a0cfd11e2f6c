package dev.faultline.access.object;

import dev.faultline.api.Internal;
import dev.faultline.layout.ByteRange;
import java.util.Objects;

/**
 * A static field. HotSpot keeps it in the object of type {@code java.lang.Class} that stands for the class.
 *
 * @param name its name
 * @param type its type without package
 * @param isFinal whether only the static initialiser writes it
 * @param bytes its bytes in that object
 */
@Internal
public record StaticField(String name, String type, boolean isFinal, ByteRange bytes) {
    public StaticField {
        Objects.requireNonNull(name);
        Objects.requireNonNull(type);
        Objects.requireNonNull(bytes);
    }
}
