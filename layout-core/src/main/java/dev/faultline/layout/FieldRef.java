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

    @Override
    public boolean equals(Object other) {
        return this == other
                || other instanceof FieldRef that
                        && path.equals(that.path)
                        && bytes.equals(that.bytes)
                        && bits.equals(that.bits)
                        && type.equals(that.type);
    }

    /** Fields of one layout differ by their paths; to hash their types, which have members, would take long. */
    @Override
    public int hashCode() {
        return path.hashCode() * 31 + Long.hashCode(bytes.start());
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
