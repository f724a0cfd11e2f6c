package dev.faultline.access.hooks;

import dev.faultline.access.hooks.HookedProgram.Variable;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What an access was of.
 *
 * @param type the struct, the section, or a block in words
 * @param fields the fields; one without a path when only the offset is known
 * @param object which object it was: of one type, other objects have other values; empty when that is not known
 * @param isAttributed whether it has a type
 * @param variable the array that it was an element of
 * @param element the number of the element; 0 of what is no array
 */
record TouchedPlace(
        String type,
        List<Field> fields,
        String object,
        boolean isAttributed,
        Optional<Variable> variable,
        long element) {

    /** The largest offset that an access file can have. */
    private static final long MOST_OFFSET = 1L << 32;

    /**
     * A field.
     *
     * @param path its path; empty when only its offset is known
     * @param byteOffset its offset in the type
     * @param elements how many elements it has, when it is an element of an array; else 1
     */
    record Field(String path, long byteOffset, long elements) {
        Field(String path, long byteOffset) {
            this(path, byteOffset, 1);
        }
    }

    TouchedPlace {
        Objects.requireNonNull(type);
        fields = List.copyOf(fields);
        Objects.requireNonNull(object);
        Objects.requireNonNull(variable);
    }

    static TouchedPlace untyped(String type, long byteOffset, String object) {
        long shown = Math.max(0, Math.min(MOST_OFFSET, byteOffset));
        return new TouchedPlace(type, List.of(new Field("", shown)), object, false, Optional.empty(), 0);
    }
}
