package dev.faultline.source.dwarf.type;

import dev.faultline.source.dwarf.entry.Abbreviation;
import dev.faultline.source.dwarf.entry.DwarfAttribute;
import dev.faultline.source.dwarf.entry.DwarfTag;
import dev.faultline.source.dwarf.entry.EntryReader;
import dev.faultline.source.dwarf.entry.EntrySummary;
import dev.faultline.source.dwarf.entry.Unit;
import java.util.Arrays;

/**
 * Hashes of the qualified names of a unit's entries, made in the order of the entries. That of an entry that completes
 * another is the other's.
 */
final class EntryScopes {

    private static final long NO_NAME = EntrySummary.NO_NAME;
    private static final long TOP_SCOPE = 0x5bd1e995L;
    private static final int MOST_ORIGINS = 8;

    /** Stands for a hash that was not made yet. */
    private static final long UNKNOWN = 0;

    private final Unit unit;
    private final UnitEntries entries;
    private final EntryReader reader;
    private long[] hashes = new long[16];

    /** The entries with a size, found by the hashes of their names; made when a declaration asks for it. */
    private int[] definitions;

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
        room(index);
        hashes[index] = hash(index);
    }

    /**
     * Makes the hash of an entry that is not a function.
     *
     * @param name the hash of its name alone
     */
    void make(int index, long name) {
        Abbreviation entry = entries.entry(index);
        boolean isPart = entry.has(DwarfAttribute.SPECIFICATION)
                || entry.has(DwarfAttribute.ABSTRACT_ORIGIN)
                || entry.has(DwarfAttribute.SIGNATURE);
        room(index);
        hashes[index] = isPart ? hash(index) : ContentHash.of(outer(index), name);
    }

    private void room(int index) {
        if (index >= hashes.length) {
            hashes = Arrays.copyOf(hashes, Math.max(index + 1, hashes.length * 2));
        }
    }

    private long outer(int index) {
        int outer = entries.outer(index);
        return outer < 0 ? TOP_SCOPE : of(outer);
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
        long outer = outer(index);
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
            findDefinitions();
        }
        int slot = slot(scope);
        return definitions[slot] < 0 ? -1 : entries.position(definitions[slot]);
    }

    private void findDefinitions() {
        int count = 0;
        for (int i = 0; i < entries.count(); i++) {
            count += isDefinition(i) ? 1 : 0;
        }
        definitions = new int[Integer.highestOneBit(count + 1) * 4];
        Arrays.fill(definitions, -1);
        for (int i = 0; i < entries.count(); i++) {
            if (isDefinition(i)) {
                int slot = slot(of(i));
                definitions[slot] = definitions[slot] < 0 ? i : definitions[slot]; // the first one counts
            }
        }
    }

    /** {@return where the definition with a hash is, or where it would be} */
    private int slot(long scope) {
        int mask = definitions.length - 1;
        int slot = (int) (scope >>> Integer.SIZE) & mask;
        while (definitions[slot] >= 0 && hashes[definitions[slot]] != scope) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private boolean isDefinition(int index) {
        Abbreviation entry = entries.entry(index);
        return (DwarfTag.isAggregate(entry.tag()) || entry.tag() == DwarfTag.ENUMERATION_TYPE)
                && entry.has(DwarfAttribute.BYTE_SIZE)
                && !isDeclaration(index);
    }

    /** {@return whether an entry is only a declaration} */
    boolean isDeclaration(int index) {
        return entries.entry(index).has(DwarfAttribute.DECLARATION)
                && reader.read(entries.position(index))
                && reader.flag(DwarfAttribute.DECLARATION);
    }
}
