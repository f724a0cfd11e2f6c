package dev.faultline.source.jvm;

import dev.faultline.api.Internal;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * What the classes of an object declare: all that its layout depends on, apart from the VM.
 *
 * @param classes the fields of each class, from the one below {@code Object} down, each in the order of its declaration
 */
@Internal
public record ObjectShape(List<List<Field>> classes) {

    /**
     * A field of a class.
     *
     * @param type first letter of its descriptor: {@code L} for all references, arrays included
     * @param byteOffset where the layout has it in an object; empty for padding
     */
    public record Field(char type, OptionalLong byteOffset) {
        public Field {
            Objects.requireNonNull(byteOffset);
            if ("BCDFIJSZL".indexOf(type) < 0) {
                throw new IllegalArgumentException("a field of type " + type);
            }
        }

        /** {@return whether it holds a reference} */
        public boolean isReference() {
            return type == 'L';
        }
    }

    public ObjectShape {
        classes = classes.stream().map(List::copyOf).toList();
    }
}
