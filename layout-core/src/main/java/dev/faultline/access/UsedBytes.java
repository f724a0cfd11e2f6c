package dev.faultline.access;

import dev.faultline.layout.ByteRange;
import dev.faultline.layout.FieldRef;
import dev.faultline.layout.FieldType;
import dev.faultline.layout.Slot;
import dev.faultline.layout.SyncType;
import java.util.Optional;

/**
 * The bytes that a use of a whole struct, or of an array of structs, touches: none before its first member that is no
 * padding, and none behind the last one.
 */
final class UsedBytes {

    private UsedBytes() {}

    /**
     * {@return the bytes of one value of a type that a program uses, from its first byte; of an array, those of an
     * element}
     */
    static ByteRange ofElement(FieldType type) {
        FieldType element = type instanceof FieldType.Array array ? array.element() : type;
        ByteRange all = ByteRange.ofSize(0, Math.max(1, element.byteSize()));
        if (!(element instanceof FieldType.Aggregate struct)
                || SyncType.of(struct).isPresent()) {
            return all;
        }
        Optional<ByteRange> used = Optional.empty();
        for (Slot slot : struct.layout().slots()) {
            if (slot instanceof Slot.Field field && !field.isPadding()) {
                ByteRange bytes = field.bytes();
                used = used.map(known -> new ByteRange(
                                Math.min(known.start(), bytes.start()), Math.max(known.end(), bytes.end())))
                        .or(() -> Optional.of(bytes));
            }
        }
        return used.orElse(all);
    }

    /** {@return a field with the bytes that a use of all of it touches} */
    static FieldRef of(FieldRef field) {
        ByteRange used = ofElement(field.type());
        FieldType element = field.type() instanceof FieldType.Array array ? array.element() : field.type();
        long after = element.byteSize() - used.end();
        if (used.start() == 0 && after <= 0 || field.bytes().byteSize() < element.byteSize()) {
            return field;
        }
        ByteRange bytes = new ByteRange(
                field.bytes().start() + used.start(), field.bytes().end() - after);
        return new FieldRef(field.path(), field.type(), bytes, field.bits());
    }
}
