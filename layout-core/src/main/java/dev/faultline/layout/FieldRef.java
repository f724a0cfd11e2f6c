package dev.faultline.layout;

import java.util.Objects;
import java.util.Optional;

/**
 * Something in a layout that has a path and bytes: a field, an array element, an embedded struct or a whole array.
 *
 * @param path member names joined by dots, elements as {@code name[3]}
 * @param type its type
 * @param bytes the bytes it has bits in
 * @param bits the bits in its unit when it is a bit-field
 */
public record FieldRef(String path, FieldType type, ByteRange bytes, Optional<BitField> bits) {
    /** Refuses nulls. */
    public FieldRef {
        Objects.requireNonNull(path);
        Objects.requireNonNull(type);
        Objects.requireNonNull(bytes);
        Objects.requireNonNull(bits);
    }

    /** {@return the reference to a whole slot} */
    public static FieldRef of(Slot.Field slot) {
        return new FieldRef(slot.path(), slot.type(), slot.bytes(), slot.bits());
    }
}
