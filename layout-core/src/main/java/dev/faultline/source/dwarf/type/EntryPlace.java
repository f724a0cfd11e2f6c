package dev.faultline.source.dwarf.type;

/**
 * An entry of a unit.
 *
 * @param types the types of its unit
 * @param position where it is in the unit, in bytes
 */
public record EntryPlace(UnitTypes types, int position) {}
