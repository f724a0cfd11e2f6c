package dev.faultline.source.dwarf.type;

import dev.faultline.source.dwarf.entry.DwarfAttribute;
import dev.faultline.source.dwarf.entry.DwarfTag;
import dev.faultline.source.dwarf.entry.EntryReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads how many elements the dimensions of an array have. */
final class ArrayBounds {

    /** Stands for a length that is computed at run time. */
    static final long COMPUTED = -1;

    private static final int MOST_DIMENSIONS = 64;

    private final UnitTypes types;
    private final UnitLookup lookup;

    ArrayBounds(UnitTypes types, UnitLookup lookup) {
        this.types = types;
        this.lookup = lookup;
    }

    /**
     * {@return the number of elements of each dimension, 0 where none is stated, or {@link #COMPUTED}}
     *
     * @param firstChild position of the array's first child
     */
    List<Long> counts(int firstChild) {
        List<Long> counts = new ArrayList<>();
        EntryReader reader = new EntryReader(types.unit());
        int at = firstChild;
        while (reader.read(at)) {
            at = Children.behind(reader);
            if (reader.tag() == DwarfTag.SUBRANGE_TYPE || reader.tag() == DwarfTag.GENERIC_SUBRANGE) {
                counts.add(count(reader));
            } else if (reader.tag() == DwarfTag.ENUMERATION_TYPE) {
                counts.add(COMPUTED);
            }
            if (counts.size() > MOST_DIMENSIONS) {
                throw new IllegalArgumentException("an array of more than " + MOST_DIMENSIONS + " dimensions");
            }
        }
        return counts;
    }

    private long count(EntryReader reader) {
        if (reader.has(DwarfAttribute.COUNT)) {
            return reader.hasNumber(DwarfAttribute.COUNT)
                    ? Math.max(0, reader.signedNumber(DwarfAttribute.COUNT, 0))
                    : COMPUTED;
        }
        if (!reader.has(DwarfAttribute.UPPER_BOUND)) {
            return 0;
        }
        if (!reader.hasNumber(DwarfAttribute.UPPER_BOUND)) {
            return COMPUTED;
        }
        long lower = reader.number(DwarfAttribute.LOWER_BOUND, 0);
        long upper = reader.number(DwarfAttribute.UPPER_BOUND, 0);
        if (upper == 0xffffffffL || upper == -1) { // the last element of an array without elements
            return 0;
        }
        return Math.max(0, upper - lower + 1);
    }

    /** {@return the entry of the element's type} */
    Optional<EntryPlace> element(EntryReader array) {
        return types.target(array, DwarfAttribute.TYPE, lookup);
    }
}
