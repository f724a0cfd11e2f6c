package dev.faultline.layout.abi;

import dev.faultline.layout.FieldType;

/**
 * A type without offset comments.
 *
 * @param type the type
 * @param byteAlignment its alignment in bytes, which a typedef or {@code _Atomic} may change
 * @param elementByteAlignment its alignment in an array, in bytes: gcc aligns an array of atomic structs as one of
 *     plain structs
 */
public record RuledType(FieldType type, long byteAlignment, long elementByteAlignment) {

    public static RuledType of(FieldType type) {
        return aligned(type, type.byteAlignment());
    }

    public static RuledType aligned(FieldType type, long byteAlignment) {
        return new RuledType(type, byteAlignment, byteAlignment);
    }
}
