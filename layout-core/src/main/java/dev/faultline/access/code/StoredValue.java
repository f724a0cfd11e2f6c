package dev.faultline.access.code;

import dev.faultline.api.Internal;
import java.util.Objects;

/**
 * What a write stores.
 *
 * @param kind what the value is made of
 * @param constant the constant as text; empty for other kinds
 */
@Internal
public record StoredValue(Kind kind, String constant) {

    /** What a value is made of. */
    public enum Kind {
        /** Nothing is stored: the access reads. */
        NONE,
        /** A constant, {@code null} included. */
        CONSTANT,
        /** What the same field held, plus or minus something. */
        STEP,
        /** An object made in the same method. */
        FRESH,
        /** Anything else. */
        OTHER
    }

    /** The access reads. */
    public static final StoredValue NONE = new StoredValue(Kind.NONE, "");
    /** A value of unknown origin. */
    public static final StoredValue OTHER = new StoredValue(Kind.OTHER, "");

    public StoredValue {
        Objects.requireNonNull(kind);
        Objects.requireNonNull(constant);
    }
}
