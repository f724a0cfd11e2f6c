package dev.faultline.layout.abi;

import dev.faultline.layout.FieldType;

/**
 * A type without offset comments.
 *
 * @param type the type
 * @param byteAlignment its alignment in bytes, which a typedef or {@code _Atomic} may change
 */
public record RuledType(FieldType type, long byteAlignment) {

    public static RuledType of(FieldType type) {
        return new RuledType(type, type.byteAlignment());
    }
}
