package dev.faultline.access.perf;

import java.util.Optional;
import java.util.OptionalLong;

/** What is known of the types that a person or a program names. */
@FunctionalInterface
public interface TypeTable {

    /** {@return the size of a type in bytes; empty when it is not known} */
    OptionalLong byteSize(String type);

    /** {@return the path of the field of a type that has a byte; empty when it is not known} */
    default Optional<String> fieldAt(String type, long byteOffset) {
        return Optional.empty();
    }
}
