package dev.faultline.source.dwarf.entry;

import dev.faultline.source.dwarf.entry.UnitHeader.Kind;

/** Makes units of the bytes of a section. Tables of abbreviations are read once. Safe for use by several threads. */
public final class UnitParser {

    /** The least bytes of a unit that has a header: its length, version, offset of abbreviations and address size. */
    private static final int LEAST_BYTES = 11;

    /** Where the indexes of texts count from in a split unit, behind the header of its section. */
    private static final int STR_OFFSETS_HEADER_BYTES = 8;

    /** Bytes of the length of a unit: of 32-bit DWARF 4, of 64-bit DWARF 12. */
    public static final int MOST_LENGTH_BYTES = 12;

    private final AbbreviationTables tables;
    private final StringSections strings;

    /**
     * Makes a parser.
     *
     * @param abbreviations {@code .debug_abbrev}
     * @param strings the sections with texts
     */
    public UnitParser(UnitBytes abbreviations, StringSections strings) {
        this.tables = new AbbreviationTables(abbreviations);
        this.strings = strings;
    }

    /**
     * Makes a unit.
     *
     * @param bytes the unit, from its length on
     * @param sectionOffset where it starts in its section, in bytes
     * @param inTypes whether the section is {@code .debug_types}
     * @param bases where the offsets of the unit count from
     * @throws IllegalArgumentException when it is of an unknown version, or broken
     * @throws IndexOutOfBoundsException when it ends too early
     */
    public Unit parse(UnitBytes bytes, long sectionOffset, boolean inTypes, UnitBases bases) {
        if (bytes.byteSize() < LEAST_BYTES) {
            throw new IllegalArgumentException("a unit of " + bytes.byteSize() + " bytes");
        }
        UnitHeader header = UnitHeader.read(bytes, inTypes);
        AbbreviationTable table = tables.at(bases.abbreviations() + header.abbreviations(), header);
        Unit unit = new Unit(bytes, header, table, strings, sectionOffset, -1, 0);
        return unit.withBases(bases.strOffsets() + strOffsetsBase(unit), bases.lines());
    }

    private static long strOffsetsBase(Unit unit) {
        EntryReader root = new EntryReader(unit);
        if (root.read(unit.root()) && root.hasNumber(DwarfAttribute.STR_OFFSETS_BASE)) {
            return root.number(DwarfAttribute.STR_OFFSETS_BASE, 0);
        }
        Kind kind = unit.header().kind();
        boolean isSplit = kind == Kind.SPLIT_COMPILE || kind == Kind.SPLIT_TYPE;
        return isSplit ? STR_OFFSETS_HEADER_BYTES + (unit.header().offsetBytes() == 8 ? 8 : 0) : 0;
    }

    /** {@return whether a unit is of 64-bit DWARF, by its first four bytes} */
    public static boolean isWide(UnitBytes first) {
        return first.u4(0) == UnitHeader.WIDE_ESCAPE;
    }

    /** {@return the length of the unit whose first bytes these are, its length field included; in bytes} */
    public static long unitBytes(UnitBytes first) {
        int length = first.u4(0);
        if (length == UnitHeader.WIDE_ESCAPE) {
            return first.u8(4) + 12;
        }
        return (length & 0xffffffffL) + 4;
    }
}
