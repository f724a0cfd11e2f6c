package dev.faultline.source.dwarf.entry;

import java.util.Objects;

/**
 * The header of a unit.
 *
 * @param kind what the unit has
 * @param version version of DWARF, from 2 to 5
 * @param addressBytes bytes of an address: 4 or 8
 * @param offsetBytes bytes of an offset: 4, or 8 in 64-bit DWARF
 * @param abbreviations offset of its abbreviations in their section, in bytes
 * @param byteSize length of the header in bytes, the length field included
 * @param signature of a type unit; the identity of a split or skeleton unit of version 5; else 0
 * @param typeOffset of a type unit, the offset of the type from the start of the unit in bytes; else 0
 */
public record UnitHeader(
        Kind kind,
        int version,
        int addressBytes,
        int offsetBytes,
        long abbreviations,
        int byteSize,
        long signature,
        long typeOffset) {

    /** What a unit has: DWARF 5, table 7.2, in the order of its numbers from 1. */
    public enum Kind {
        COMPILE,
        TYPE,
        PARTIAL,
        SKELETON,
        SPLIT_COMPILE,
        SPLIT_TYPE;

        /** {@return whether it has one type that others refer to by signature} */
        public boolean isType() {
            return this == TYPE || this == SPLIT_TYPE;
        }
    }

    /** The length of a unit in 64-bit DWARF follows this number. */
    static final int WIDE_ESCAPE = 0xffffffff;

    public UnitHeader {
        Objects.requireNonNull(kind);
        if (version < 2 || version > 5) {
            throw new IllegalArgumentException("a unit of DWARF version " + version + "; 2 to 5 are read");
        }
        if (addressBytes != Integer.BYTES && addressBytes != Long.BYTES && addressBytes != Short.BYTES) {
            throw new IllegalArgumentException("a unit with addresses of " + addressBytes + " bytes");
        }
    }

    /**
     * Reads the header of a unit.
     *
     * @param bytes the unit, from its length on
     * @param inTypes whether it stands in {@code .debug_types}, where units of version 4 have a signature
     * @throws IllegalArgumentException when it is of another version, or broken
     */
    static UnitHeader read(UnitBytes bytes, boolean inTypes) {
        boolean wide = bytes.u4(0) == WIDE_ESCAPE;
        int offsetBytes = wide ? Long.BYTES : Integer.BYTES;
        int at = wide ? 12 : 4;
        int version = bytes.u2(at);
        at += 2;
        if (version < 2 || version > 5) {
            throw new IllegalArgumentException("a unit of DWARF version " + version + "; 2 to 5 are read");
        }
        Kind kind = inTypes ? Kind.TYPE : Kind.COMPILE;
        int addressBytes;
        long abbreviations;
        if (version == 5) {
            int number = bytes.u1(at);
            if (number < 1 || number > Kind.values().length) {
                throw new IllegalArgumentException("a unit of type " + number + ", which is not known");
            }
            kind = Kind.values()[number - 1];
            addressBytes = bytes.u1(at + 1);
            abbreviations = bytes.offset(at + 2, offsetBytes);
            at += 2 + offsetBytes;
        } else {
            abbreviations = bytes.offset(at, offsetBytes);
            addressBytes = bytes.u1(at + offsetBytes);
            at += offsetBytes + 1;
        }
        long signature = 0;
        long typeOffset = 0;
        if (kind != Kind.COMPILE && kind != Kind.PARTIAL) {
            signature = bytes.u8(at);
            at += Long.BYTES;
            if (kind.isType()) {
                typeOffset = bytes.offset(at, offsetBytes);
                at += offsetBytes;
            }
        }
        return new UnitHeader(kind, version, addressBytes, offsetBytes, abbreviations, at, signature, typeOffset);
    }
}
