package dev.faultline.layout;

import java.util.Objects;
import java.util.OptionalInt;

/**
 * The origin of a layout.
 *
 * @param origin how the layout was obtained
 * @param source a name that the user recognises: a file, {@code "kernel"}, {@code "catalogue 6.3"}
 * @param detail what else the layout depends on, such as {@code "VM mode 25"}; empty when there is nothing
 * @param line line of the source where the declaration starts, from 1, when the source has lines
 */
public record Provenance(Origin origin, String source, String detail, OptionalInt line) {

    /** How a layout was obtained. */
    public enum Origin {
        /** Declared with explicit offsets in Faultline's catalogue or by a user's program. */
        DECLARED,
        /** Read from BTF. */
        BTF,
        /** Read from the symbols of a program. */
        SYMBOLS,
        /** Read from DWARF debug information. */
        DWARF,
        /** Computed from a class file by the model of a VM. */
        VM_MODEL,
        /** Asked of the running VM. */
        RUNNING_VM,
        /** Read from layout notation with offsets. */
        NOTATION,
        /** Read from a schema of messages. */
        SCHEMA,
        /** Told by a recording: what of it was touched. */
        RECORDED,
        /** Computed from a C declaration by the rules of an ABI. */
        ABI_MODEL
    }

    public Provenance {
        Objects.requireNonNull(origin);
        Objects.requireNonNull(source);
        Objects.requireNonNull(detail);
        Objects.requireNonNull(line);
    }

    /**
     * {@return a provenance without a line}
     *
     * @param origin how the layout was obtained
     * @param source a name that the user recognises
     */
    public static Provenance of(Origin origin, String source) {
        return new Provenance(origin, source, "", OptionalInt.empty());
    }

    /** {@return the source and, when known, the line and the detail: {@code "dump.txt:12"}} */
    public String describe() {
        return source + (line.isPresent() ? ":" + line.getAsInt() : "") + (detail.isEmpty() ? "" : ", " + detail);
    }
}
