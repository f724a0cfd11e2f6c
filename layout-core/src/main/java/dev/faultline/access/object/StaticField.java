package dev.faultline.access.object;

import dev.faultline.access.code.FieldEffect;
import dev.faultline.api.Internal;
import dev.faultline.layout.ByteRange;
import java.util.List;
import java.util.Objects;

/**
 * A static field. HotSpot keeps it in the object of type {@code java.lang.Class} that stands for the class.
 *
 * @param name its name
 * @param type its type without package
 * @param isFinal whether only the static initialiser writes it
 * @param bytes its bytes in that object
 * @param effects what code does to it, static initialisers left out
 */
@Internal
public record StaticField(String name, String type, boolean isFinal, ByteRange bytes, List<FieldEffect> effects) {
    public StaticField {
        Objects.requireNonNull(name);
        Objects.requireNonNull(type);
        Objects.requireNonNull(bytes);
        effects = List.copyOf(effects);
    }
}
