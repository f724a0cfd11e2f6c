package dev.faultline.layout;

import java.util.Objects;
import java.util.OptionalInt;

/**
 * How a layout is known, and from where.
 *
 * @param origin who said so
 * @param source what the user would recognise: a file, {@code "kernel"}, {@code "catalogue 6.3"}
 * @param detail what else the layout depends on, such as {@code "VM mode 25"}; empty when there is nothing to say
 * @param line line of the source the declaration starts at, counted from 1, when the source has lines
 */
public record Provenance(Origin origin, String source, String detail, OptionalInt line) {

    /** Who said where the bytes are. */
    public enum Origin {
        /** Declared with explicit offsets in Faultline's catalogue or by a user's program. */
        DECLARED,
        /** Read from BTF. */
        BTF,
        /** Computed from a class file by the model of a VM. */
        VM_MODEL,
        /** Asked of the running VM. */
        RUNNING_VM,
        /** Read from layout notation with offsets. */
        NOTATION,
        /** Computed from a C declaration by the rules of an ABI. */
        ABI_MODEL
    }

    /** Refuses nulls. */
    public Provenance {
        Objects.requireNonNull(origin);
        Objects.requireNonNull(source);
        Objects.requireNonNull(detail);
        Objects.requireNonNull(line);
    }

    /** {@return a provenance without a line} */
    public static Provenance of(Origin origin, String source) {
        return new Provenance(origin, source, "", OptionalInt.empty());
    }

    /** {@return the source and, when known, the line and the detail: {@code "dump.txt:12"}} */
    public String describe() {
        return source + (line.isPresent() ? ":" + line.getAsInt() : "") + (detail.isEmpty() ? "" : ", " + detail);
    }
}
