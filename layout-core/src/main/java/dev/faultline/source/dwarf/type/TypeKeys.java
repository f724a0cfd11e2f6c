package dev.faultline.source.dwarf.type;

import dev.faultline.source.dwarf.entry.Abbreviation;
import dev.faultline.source.dwarf.entry.DwarfAttribute;
import dev.faultline.source.dwarf.entry.DwarfTag;
import dev.faultline.source.dwarf.entry.EntryReader;
import dev.faultline.source.dwarf.entry.EntrySummary;
import dev.faultline.source.dwarf.entry.Unit;
import dev.faultline.source.dwarf.record.ContentKey;
import java.util.Optional;

/**
 * The keys of a unit's types. A struct counts by its name, size and members, a type that it embeds by its own key, and
 * one that it points to by its name, also through qualifiers, arrays and functions: so structs that point to each other
 * have the same keys wherever one begins. No text is made.
 */
final class TypeKeys {

    private static final ContentKey VOID = new ContentHash(0).key();
    private static final ContentKey CYCLE = new ContentHash(-1).key();
    private static final int DEEPEST = 128;

    /** Numbers that keep kinds of parts apart. */
    private static final long SIGNED = 2;

    private static final long POINTEE = 3;
    private static final long END = 4;

    private final UnitTypes types;
    private final Unit unit;
    private final UnitEntries entries;
    private final TypeParts parts;
    private final UnitLookup lookup;
    private final EntrySummary summary;
    private final EntryReader reader;
    private final KeyTable known;

    TypeKeys(UnitTypes types, UnitLookup lookup) {
        this.types = types;
        this.unit = types.unit();
        this.entries = types.entries();
        this.parts = entries.parts();
        this.lookup = lookup;
        this.summary = new EntrySummary(unit, lookup.textHashes());
        this.reader = new EntryReader(unit);
        this.known = new KeyTable(unit.bytes().byteSize());
    }

    /** {@return whether a type is known to be listed for a place or one before it} */
    boolean isListed(int position, long seen) {
        int slot = find(TypeParts.number(position, false), 0);
        return slot != KeyTable.NONE && lookup.listed().has(known.high(slot), known.low(slot), seen);
    }

    /** {@return the key of the type at a position} */
    ContentKey of(int position) {
        int slot = find(TypeParts.number(position, false), 0);
        return slot == KeyTable.NONE ? CYCLE : new ContentKey(known.high(slot), known.low(slot));
    }

    /**
     * Makes a key unless it is known.
     *
     * @param number what {@link TypeParts#number} returns for a type and what of it counts
     * @param depth how many types are around it
     * @return where it is, or {@link KeyTable#NONE} when types are nested too deep
     */
    private int find(int number, int depth) {
        int slot = known.find(number);
        return slot != KeyTable.NONE || depth > DEEPEST ? slot : make(number, depth);
    }

    private int make(int number, int depth) {
        int slot = known.put(number, CYCLE.high(), CYCLE.low()); // for a type that contains itself
        ContentHash hash = hash(number >>> 1, (number & 1) != 0, depth);
        return known.replace(slot, number, hash.high(), hash.low());
    }

    private ContentHash hash(int position, boolean isNamed, int depth) {
        Abbreviation entry = unit.abbreviation(position);
        if (entry == null) {
            return new ContentHash(0);
        }
        boolean hasScope = DwarfTag.isNamedType(entry.tag());
        int index = hasScope ? entries.find(position) : UnitEntries.TOP;
        if (index < 0) {
            summary.read(position);
            ContentHash hash = start(entry.tag(), summary.name(), summary.numbers());
            return other(hash, entry, position, summary.target(), isNamed, depth);
        }
        boolean isAggregate = DwarfTag.isAggregate(entry.tag());
        long name = ContentHash.of(entries.scope(index), entry.has(DwarfAttribute.NAME) ? 1 : 0);
        if (isNamed) {
            boolean isAnyAggregate = isAggregate && !types.isC(); // declared as struct or as class
            return new ContentHash(POINTEE).add(isAnyAggregate ? DwarfTag.STRUCTURE_TYPE : entry.tag(), name);
        }
        if (isAggregate && entries.isDeclaration(index)) {
            int definition = entries.definition(entries.scope(index));
            if (definition >= 0) {
                return hash(definition, false, depth);
            }
        }
        ContentHash hash = start(entry.tag(), name, entries.numbers(index));
        return isAggregate
                ? aggregate(hash, entry, position, depth)
                : other(hash, entry, position, entries.target(index), false, depth);
    }

    private ContentHash start(int tag, long name, long numbers) {
        return new ContentHash(tag).add(types.language().ordinal(), name).add(numbers);
    }

    /** {@return the position of what defines the type that an entry declares; -1 when the unit does not} */
    int definition(int position) {
        int index = entries.find(position);
        return index < 0 ? -1 : entries.definition(entries.scope(index));
    }

    private ContentHash aggregate(ContentHash hash, Abbreviation entry, int position, int depth) {
        if (entry.has(DwarfAttribute.SIGNATURE)) {
            reader.read(position);
            if (reader.isSignature(DwarfAttribute.SIGNATURE)) {
                hash.add(reader.signature(DwarfAttribute.SIGNATURE));
            }
        }
        parts(hash, position, depth);
        return hash;
    }

    private ContentHash other(
            ContentHash hash, Abbreviation entry, int position, int target, boolean isNamed, int depth) {
        int tag = entry.tag();
        boolean isMemberPointer = tag == DwarfTag.PTR_TO_MEMBER_TYPE;
        if (isMemberPointer) {
            elsewhere(hash, position, DwarfAttribute.CONTAINING_TYPE, true, depth);
        }
        if (target != EntrySummary.VOID) {
            boolean isPointer = isMemberPointer || DwarfTag.isPointer(tag);
            target(hash, position, TypeParts.number(target, isNamed || isPointer), isNamed || isPointer, depth);
        }
        if (tag == DwarfTag.ARRAY_TYPE || tag == DwarfTag.SUBROUTINE_TYPE || DwarfTag.isAggregate(tag)) {
            parts(hash, position, depth);
        }
        return hash;
    }

    /** Adds the parts of a type, and the keys of the types that they refer to. */
    private void parts(ContentHash hash, int position, int depth) {
        int owner = parts.owner(position);
        hash.add(parts.high(owner), parts.low(owner));
        for (int part = parts.first(owner); part != TypeParts.NONE; part = parts.next(part)) {
            int number = parts.target(part);
            if (number >= 0) {
                add(hash, number, depth + 1);
            } else if (number != TypeParts.NO_TARGET) {
                rare(hash, part, number, depth);
            }
        }
        hash.add(END);
    }

    private void rare(ContentHash hash, int part, int number, int depth) {
        int position = parts.position(part);
        if (number != TypeParts.NESTED) {
            int tag = unit.abbreviation(position).tag();
            target(hash, position, number, tag != DwarfTag.MEMBER && tag != DwarfTag.INHERITANCE, depth);
        } else if (depth < DEEPEST) {
            parts(hash, position, depth + 1);
        }
    }

    /**
     * Adds the key of the type that an entry refers to.
     *
     * @param position the position of the entry
     * @param number of the type
     * @param isNamed whether of a struct, union, enum or typedef only the name counts
     */
    private void target(ContentHash hash, int position, int number, boolean isNamed, int depth) {
        if (number == EntrySummary.VOID) {
            hash.add(VOID);
        } else if (number == EntrySummary.ELSEWHERE) {
            elsewhere(hash, position, DwarfAttribute.TYPE, isNamed, depth);
        } else {
            add(hash, number, depth + 1);
        }
    }

    /** Adds the key of a type that may be in another unit, or that is known by a signature. */
    private void elsewhere(ContentHash hash, int position, DwarfAttribute attribute, boolean isNamed, int depth) {
        reader.read(position);
        if (reader.isSignature(attribute)) {
            hash.add(SIGNED).add(reader.signature(attribute));
            return;
        }
        Optional<EntryPlace> target = types.target(reader, attribute, lookup);
        if (target.isEmpty()) {
            hash.add(VOID);
        } else {
            int number = TypeParts.number(target.get().position(), isNamed);
            target.get().types().keys().add(hash, number, depth + 1);
        }
    }

    private void add(ContentHash hash, int number, int depth) {
        int slot = find(number, depth);
        if (slot == KeyTable.NONE) {
            hash.add(CYCLE);
        } else {
            hash.add(known.high(slot), known.low(slot));
        }
    }
}
