package dev.faultline.source.dwarf.type;

import dev.faultline.source.dwarf.entry.Abbreviation;
import dev.faultline.source.dwarf.entry.DwarfAttribute;
import dev.faultline.source.dwarf.entry.EntryReader;
import dev.faultline.source.dwarf.entry.Unit;

/** Goes over the children of an entry. */
final class Children {

    private Children() {}

    /**
     * {@return the position of the sibling of the entry that a reader stands on, whose attributes were read} The reader
     * is
     * not moved.
     */
    static int behind(EntryReader reader) {
        reader.unit().pass();
        if (!reader.hasChildren()) {
            return reader.next();
        }
        int sibling = reader.entry(DwarfAttribute.SIBLING);
        if (sibling > reader.position()) {
            return sibling;
        }
        Unit unit = reader.unit();
        int at = reader.next();
        for (int depth = 1; depth > 0; ) {
            Abbreviation abbreviation = unit.abbreviation(at);
            int values = unit.bytes().next();
            if (abbreviation == null) {
                depth--;
                at = values;
            } else {
                depth += abbreviation.hasChildren() ? 1 : 0;
                at = unit.behind(abbreviation, values);
            }
        }
        return at;
    }
}
