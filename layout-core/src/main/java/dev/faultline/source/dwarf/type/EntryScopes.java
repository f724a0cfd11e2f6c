package dev.faultline.source.dwarf.type;

import dev.faultline.source.dwarf.entry.DwarfAttribute;
import dev.faultline.source.dwarf.entry.DwarfTag;
import dev.faultline.source.dwarf.entry.EntryReader;
import dev.faultline.source.dwarf.entry.Unit;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Hashes of the qualified names of a unit's entries. That of an entry that completes another is the other's. Those of
 * typedefs and enums are made when they are asked for, the others in the order of the entries.
 */
final class EntryScopes {

    private static final long NO_NAME = 0x27d4eb2fL;
    private static final long TOP_SCOPE = 0x5bd1e995L;
    private static final int MOST_ORIGINS = 8;

    /** Stands for a hash that was not made yet. */
    private static final long UNKNOWN = 0;

    private final Unit unit;
    private final UnitEntries entries;
    private final EntryReader reader;
    private long[] hashes = new long[16];

    /** The entries with a size by the hashes of their names; made when a declaration asks for it. */
    private Map<Long, Integer> definitions;

    EntryScopes(Unit unit, UnitEntries entries) {
        this.unit = unit;
        this.entries = entries;
        this.reader = new EntryReader(unit);
    }

    /** {@return the hash of an entry's qualified name} */
    long of(int index) {
        if (index >= hashes.length || hashes[index] == UNKNOWN) {
            make(index);
        }
        return hashes[index];
    }

    /** Makes the hash of an entry. */
    void make(int index) {
        if (index >= hashes.length) {
            hashes = Arrays.copyOf(hashes, Math.max(index + 1, hashes.length * 2));
        }
        hashes[index] = hash(index);
    }

    private long hash(int index) {
        reader.read(entries.position(index));
        long name = reader.text(DwarfAttribute.NAME);
        if (name < 0 && TypeDecoder.isInTypeUnit(reader)) {
            return ContentHash.of(TOP_SCOPE, reader.signature(DwarfAttribute.SIGNATURE));
        }
        int at = UnitEntries.origin(reader);
        for (int i = 0; i < MOST_ORIGINS && at >= 0; i++) {
            int known = entries.find(at);
            if (known >= 0 && known < index) {
                entries.moveTo(index, known);
                return of(known);
            }
            if (!reader.read(at)) {
                break;
            }
            name = name < 0 ? reader.text(DwarfAttribute.NAME) : name;
            at = UnitEntries.origin(reader);
        }
        long outer = entries.outer(index) < 0 ? TOP_SCOPE : of(entries.outer(index));
        if (entries.tag(index) == DwarfTag.SUBPROGRAM) {
            outer = ContentHash.of(outer, linkage(entries.position(index)));
        }
        return ContentHash.of(outer, name < 0 ? NO_NAME : unit.textHash(name));
    }

    /** {@return a hash of the name of a function for the linker, which tells functions of one name apart} */
    private long linkage(int position) {
        int at = position;
        for (int i = 0; i < MOST_ORIGINS && at >= 0 && reader.read(at); i++) {
            long text = reader.text(DwarfAttribute.LINKAGE_NAME);
            text = text < 0 ? reader.text(DwarfAttribute.MIPS_LINKAGE_NAME) : text;
            if (text >= 0) {
                return unit.textHash(text);
            }
            at = UnitEntries.origin(reader);
        }
        return NO_NAME;
    }

    /** {@return whether the name of an entry has the arguments of a template} */
    boolean hasArguments(int index) {
        reader.read(entries.position(index));
        long name = reader.text(DwarfAttribute.NAME);
        return name >= 0 && unit.textHas(name, '<');
    }

    /**
     * Makes all hashes again.
     *
     * @param arguments for each entry, the arguments of a template that its name does not have; null when it has none
     */
    void makeAll(String[] arguments) {
        for (int i = 0; i < entries.count(); i++) {
            make(i);
            if (i < arguments.length && arguments[i] != null) {
                hashes[i] = ContentHash.of(hashes[i], arguments[i].hashCode());
            }
        }
    }

    /** {@return the position of the struct, union, class or enum of a name that the unit defines; -1 when none is} */
    int definition(long scope) {
        if (definitions == null) {
            definitions = new HashMap<>();
            EntryReader entry = new EntryReader(unit);
            for (int i = 0; i < entries.count(); i++) {
                if (isType(entries.tag(i))
                        && entry.read(entries.position(i))
                        && entry.has(DwarfAttribute.BYTE_SIZE)
                        && !entry.flag(DwarfAttribute.DECLARATION)) {
                    definitions.putIfAbsent(of(i), entries.position(i));
                }
            }
        }
        return definitions.getOrDefault(scope, -1);
    }

    private static boolean isType(int tag) {
        return DwarfTag.isAggregate(tag) || tag == DwarfTag.ENUMERATION_TYPE;
    }
}
