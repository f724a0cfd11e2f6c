package dev.faultline.layout;

import java.util.Objects;
import java.util.Optional;

/**
 * A field, array element, array or embedded struct, found by its path.
 *
 * @param path member names joined by dots, elements as {@code name[3]}
 * @param type its type
 * @param bytes the bytes it occupies at least in part
 * @param bits its bits within the storage unit when it is a bit-field
 */
public record FieldRef(String path, FieldType type, ByteRange bytes, Optional<BitField> bits) {
    public FieldRef {
        Objects.requireNonNull(path);
        Objects.requireNonNull(type);
        Objects.requireNonNull(bytes);
        Objects.requireNonNull(bits);
    }

    /**
     * {@return the field that a slot holds}
     *
     * @param slot the slot
     */
    public static FieldRef of(Slot.Field slot) {
        return new FieldRef(slot.path(), slot.type(), slot.bytes(), slot.bits());
    }
}
