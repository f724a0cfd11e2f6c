package dev.faultline.source.dwarf.type;

import dev.faultline.source.dwarf.record.TypeRecord;

/**
 * An entry of a unit.
 *
 * @param types the types of its unit
 * @param position where it is in the unit, in bytes
 */
public record EntryPlace(UnitTypes types, int position) {

    /** {@return the type that the entry is} */
    public TypeRecord record() {
        return types.decoder().record(position);
    }
}
