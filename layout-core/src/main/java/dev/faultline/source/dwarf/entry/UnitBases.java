package dev.faultline.source.dwarf.entry;

/**
 * Where the offsets of a unit count from. They count from the start of each section, but in a package of split units
 * ({@code .dwp}) from the part of the section that the unit brought along.
 *
 * @param abbreviations in {@code .debug_abbrev}, in bytes
 * @param strOffsets in {@code .debug_str_offsets}, in bytes
 * @param lines in {@code .debug_line}, in bytes
 */
public record UnitBases(long abbreviations, long strOffsets, long lines) {

    /** The starts of the sections. */
    public static final UnitBases START = new UnitBases(0, 0, 0);
}
