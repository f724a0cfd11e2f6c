package dev.faultline.layout.abi;

import dev.faultline.layout.FieldType;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * A member of a C declaration, before it has an offset.
 *
 * @param name the name; empty for an anonymous aggregate or an unnamed bit-field
 * @param type its type; for a bit-field its declared type
 * @param typeByteAlignment the alignment of the type in bytes, which a typedef may change; a power of two
 * @param bitSize the width of a bit-field, at most that of its type; 0 ends the storage unit
 * @param byteAlignment the alignment in bytes that {@code aligned} or {@code _Alignas} requests, a power of two; 0
 *     without
 * @param packed whether the member itself is {@code packed}
 */
public record DeclaredMember(
        String name, FieldType type, long typeByteAlignment, OptionalInt bitSize, long byteAlignment, boolean packed) {

    /** A member of a type with its own alignment. */
    public DeclaredMember(String name, FieldType type, OptionalInt bitSize, long byteAlignment, boolean packed) {
        this(name, type, type.byteAlignment(), bitSize, byteAlignment, packed);
    }

    public DeclaredMember {
        Objects.requireNonNull(name);
        if (Long.bitCount(byteAlignment) > 1 || byteAlignment < 0) {
            throw new IllegalArgumentException(name + ": aligned(" + byteAlignment + ") is not a power of two");
        }
        if (bitSize.isPresent() && (bitSize.getAsInt() < 0 || bitSize.getAsInt() > type.byteSize() * 8)) {
            throw new IllegalArgumentException(name + ": " + bitSize.getAsInt() + " bits of " + type.spelling()
                    + ", which has " + type.byteSize() * 8 + " bits");
        }
    }
}
