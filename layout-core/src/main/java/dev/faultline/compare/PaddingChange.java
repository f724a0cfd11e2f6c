package dev.faultline.compare;

import java.util.Objects;
import java.util.Optional;

/**
 * A change of the padding before a field or at the end of an object.
 *
 * @param field path of the field behind the padding, which both layouts have; empty for the end of the object
 * @param byteSizeBefore bytes of padding there in the old layout
 * @param byteSizeAfter bytes of padding there in the new layout
 */
public record PaddingChange(Optional<String> field, long byteSizeBefore, long byteSizeAfter) {
    public PaddingChange {
        Objects.requireNonNull(field);
    }

    /** {@return where the padding is: {@code "before ticket"}, {@code "at the end"}} */
    public String place() {
        return field.map(path -> "before " + path).orElse("at the end");
    }
}
