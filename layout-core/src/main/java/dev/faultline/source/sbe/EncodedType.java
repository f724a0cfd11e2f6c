package dev.faultline.source.sbe;

import dev.faultline.layout.FieldType;
import java.util.Optional;

/**
 * A type of a schema, as it is in memory.
 *
 * @param type the type; empty for constants, which take no bytes
 * @param isVariable whether it ends with data of any length
 * @param isConstant whether its declaration says that it is a constant
 * @param composite where the fields of a composite are declared; empty for other types
 */
record EncodedType(Optional<FieldType> type, boolean isVariable, boolean isConstant, Optional<SchemaBlock> composite) {

    static EncodedType constant() {
        return new EncodedType(Optional.empty(), false, true, Optional.empty());
    }

    static EncodedType of(FieldType type) {
        return new EncodedType(Optional.of(type), false, false, Optional.empty());
    }

    static EncodedType of(SchemaBlock composite, boolean isVariable, boolean isConstant) {
        FieldType type = new FieldType.Aggregate("struct " + composite.layout().name(), composite.layout());
        return new EncodedType(Optional.of(type), isVariable, isConstant, Optional.of(composite));
    }

    /** Data of any length, at the end of a composite. */
    static EncodedType variable(FieldType element) {
        return new EncodedType(Optional.of(new FieldType.Array(element, 0)), true, false, Optional.empty());
    }

    long byteSize() {
        return type.map(FieldType::byteSize).orElse(0L);
    }
}
