package dev.faultline.layout.abi;

import dev.faultline.layout.FieldType;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * A member before it has an offset.
 *
 * @param name the name; empty for an anonymous aggregate or an unnamed bit-field
 * @param type its type; for a bit-field its declared type
 * @param bitSize the width of a bit-field; 0 closes the unit
 * @param byteAlignment what {@code aligned} or {@code _Alignas} asks for, 1 when nothing does
 * @param packed whether the member itself is {@code packed}
 */
public record Declared(String name, FieldType type, OptionalInt bitSize, long byteAlignment, boolean packed) {
    /** Refuses an alignment that is no power of two and a bit-field wider than its type. */
    public Declared {
        Objects.requireNonNull(name);
        if (Long.bitCount(byteAlignment) != 1 || byteAlignment < 1) {
            throw new IllegalArgumentException(name + ": aligned(" + byteAlignment + ") is no power of two");
        }
        if (bitSize.isPresent() && (bitSize.getAsInt() < 0 || bitSize.getAsInt() > type.byteSize() * 8)) {
            throw new IllegalArgumentException(name + ": " + bitSize.getAsInt() + " bits of " + type.spelling()
                    + ", which has " + type.byteSize() * 8);
        }
    }
}
