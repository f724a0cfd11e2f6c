package dev.faultline.source.dwarf.type;

import dev.faultline.source.dwarf.entry.DwarfAttribute;
import dev.faultline.source.dwarf.entry.DwarfTag;
import dev.faultline.source.dwarf.entry.EntryReader;
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
    private static final long NO_NAME = 1;

    private static final long BLOCK = 2;
    private static final long POINTEE = 3;
    private static final long END = 4;

    private final UnitTypes types;
    private final Unit unit;
    private final UnitEntries entries;
    private final TypeParts parts;
    private final UnitLookup lookup;
    private final KeyTable known = new KeyTable();

    /** A reader for each level of types inside types. */
    private final EntryReader[] readers = new EntryReader[DEEPEST + 1];

    TypeKeys(UnitTypes types, UnitLookup lookup) {
        this.types = types;
        this.unit = types.unit();
        this.entries = types.entries();
        this.parts = entries.parts();
        this.lookup = lookup;
    }

    /** {@return the key of the type at a position} */
    ContentKey of(int position) {
        int slot = find(position, false, 0);
        return slot == KeyTable.NONE ? CYCLE : new ContentKey(known.high(slot), known.low(slot));
    }

    /**
     * Makes a key unless it is known.
     *
     * @param isNamed whether of a struct, union, enum or typedef only the name counts
     * @param depth how many types are around it
     * @return where it is, or {@link KeyTable#NONE} when types are nested too deep
     */
    private int find(int position, boolean isNamed, int depth) {
        int number = position << 1 | (isNamed ? 1 : 0);
        int slot = known.find(number);
        if (slot != KeyTable.NONE || depth > DEEPEST) {
            return slot;
        }
        known.put(number, CYCLE.high(), CYCLE.low()); // for a type that contains itself
        ContentHash hash = make(position, isNamed, depth);
        known.put(number, hash.high(), hash.low());
        return known.find(number);
    }

    private EntryReader reader(int depth) {
        if (readers[depth] == null) {
            readers[depth] = new EntryReader(unit);
        }
        return readers[depth];
    }

    private ContentHash make(int position, boolean isNamed, int depth) {
        EntryReader reader = reader(depth);
        if (!reader.read(position)) {
            return new ContentHash(0);
        }
        int tag = reader.tag();
        int index = entries.find(position);
        if (isNamed && index >= 0) {
            boolean isAnyAggregate = DwarfTag.isAggregate(tag) && !types.isC(); // declared as struct or as class
            return new ContentHash(POINTEE)
                    .add(isAnyAggregate ? DwarfTag.STRUCTURE_TYPE : tag)
                    .add(name(reader, index));
        }
        if (DwarfTag.isAggregate(tag) && reader.flag(DwarfAttribute.DECLARATION)) {
            int definition = definition(position);
            if (definition >= 0) {
                return make(definition, false, depth);
            }
        }
        ContentHash hash = new ContentHash(tag).add(types.language().ordinal()).add(name(reader, index));
        number(hash, reader, DwarfAttribute.BYTE_SIZE);
        number(hash, reader, DwarfAttribute.ALIGNMENT);
        if (DwarfTag.isAggregate(tag)) {
            aggregate(hash, reader, depth);
        } else {
            other(hash, reader, isNamed, depth);
        }
        return hash;
    }

    /** {@return a hash of the name with its scope} */
    private long name(EntryReader reader, int index) {
        long text = reader.text(DwarfAttribute.NAME);
        if (index >= 0) {
            return ContentHash.of(entries.scope(index), text < 0 ? 0 : 1);
        }
        return text < 0 ? NO_NAME : unit.textHash(text);
    }

    /** {@return the position of what defines the type that an entry declares; -1 when the unit does not} */
    int definition(int position) {
        int index = entries.find(position);
        return index < 0 ? -1 : entries.definition(entries.scope(index));
    }

    private static void number(ContentHash hash, EntryReader reader, DwarfAttribute attribute) {
        if (reader.hasNumber(attribute)) {
            hash.add(attribute.ordinal(), reader.number(attribute, 0));
        }
    }

    private void place(ContentHash hash, EntryReader reader, DwarfAttribute attribute) {
        if (reader.isBlock(attribute)) {
            hash.add(attribute.ordinal()).add(BLOCK);
            int start = reader.blockStart(attribute);
            for (int i = 0; i < reader.blockBytes(attribute); i++) {
                hash.add(unit.bytes().u1(start + i));
            }
        } else {
            number(hash, reader, attribute);
        }
    }

    private void other(ContentHash hash, EntryReader reader, boolean isNamed, int depth) {
        int tag = reader.tag();
        number(hash, reader, DwarfAttribute.ENCODING);
        number(hash, reader, DwarfAttribute.GNU_VECTOR);
        if (tag == DwarfTag.PTR_TO_MEMBER_TYPE) {
            target(hash, reader, DwarfAttribute.CONTAINING_TYPE, true, depth);
        }
        if (reader.has(DwarfAttribute.TYPE)) {
            boolean isPointer = DwarfTag.isPointer(tag) || tag == DwarfTag.PTR_TO_MEMBER_TYPE;
            target(hash, reader, DwarfAttribute.TYPE, isNamed || isPointer, depth);
        }
        if (tag == DwarfTag.ARRAY_TYPE || tag == DwarfTag.SUBROUTINE_TYPE) {
            int owner = parts.owner(reader.position());
            for (int i = parts.first(owner); i < parts.behind(owner); i++) {
                dimensionOrParameter(hash, parts.position(i), depth);
            }
        }
    }

    private void dimensionOrParameter(ContentHash hash, int position, int depth) {
        EntryReader reader = reader(depth);
        reader.read(position);
        hash.add(reader.tag());
        place(hash, reader, DwarfAttribute.UPPER_BOUND);
        place(hash, reader, DwarfAttribute.COUNT);
        number(hash, reader, DwarfAttribute.LOWER_BOUND);
        if (reader.tag() == DwarfTag.FORMAL_PARAMETER) {
            target(hash, reader, DwarfAttribute.TYPE, true, depth);
        }
    }

    private void aggregate(ContentHash hash, EntryReader reader, int depth) {
        number(hash, reader, DwarfAttribute.DECL_LINE);
        hash.add(reader.flag(DwarfAttribute.DECLARATION) ? 1 : 0);
        if (reader.isSignature(DwarfAttribute.SIGNATURE)) {
            hash.add(reader.signature(DwarfAttribute.SIGNATURE));
        }
        members(hash, reader.position(), depth);
    }

    private void members(ContentHash hash, int position, int depth) {
        int owner = parts.owner(position);
        EntryReader reader = reader(depth);
        for (int i = parts.first(owner); i < parts.behind(owner); i++) {
            reader.read(parts.position(i));
            switch (reader.tag()) {
                case DwarfTag.MEMBER, DwarfTag.INHERITANCE -> {
                    if (!TypeDecoder.isStatic(reader)) { // a unit has those that it uses
                        member(hash.add(reader.tag()), reader, depth);
                    }
                }
                case DwarfTag.VARIANT_PART, DwarfTag.VARIANT -> variants(hash.add(reader.tag()), reader, depth);
                case DwarfTag.TEMPLATE_TYPE_PARAMETER, DwarfTag.TEMPLATE_VALUE_PARAMETER -> {
                    number(hash.add(reader.tag()), reader, DwarfAttribute.CONST_VALUE);
                    target(hash, reader, DwarfAttribute.TYPE, true, depth);
                }
                default -> {}
            }
        }
        hash.add(END);
    }

    private void variants(ContentHash hash, EntryReader reader, int depth) {
        number(hash, reader, DwarfAttribute.DISCR_VALUE);
        place(hash, reader, DwarfAttribute.DISCR_LIST);
        if (depth < DEEPEST) {
            members(hash, reader.position(), depth + 1);
        }
    }

    private void member(ContentHash hash, EntryReader reader, int depth) {
        long text = reader.text(DwarfAttribute.NAME);
        hash.add(text < 0 ? NO_NAME : unit.textHash(text));
        for (DwarfAttribute attribute : reader.memberAttributes()) {
            place(hash, reader, attribute);
        }
        target(hash, reader, DwarfAttribute.TYPE, false, depth);
    }

    /** Adds the key of the type that the entry a reader stands on refers to; the reader is not moved. */
    private void target(ContentHash hash, EntryReader reader, DwarfAttribute attribute, boolean isNamed, int depth) {
        if (reader.isSignature(attribute)) {
            hash.add(BLOCK).add(reader.signature(attribute));
            return;
        }
        int inUnit = reader.entry(attribute);
        if (inUnit >= 0) {
            add(hash, inUnit, isNamed, depth + 1);
            return;
        }
        Optional<EntryPlace> target = types.target(reader, attribute, lookup);
        if (target.isEmpty()) {
            hash.add(VOID);
        } else {
            target.get().types().keys().add(hash, target.get().position(), isNamed, depth + 1);
        }
    }

    private void add(ContentHash hash, int position, boolean isNamed, int depth) {
        int slot = find(position, isNamed, depth);
        if (slot == KeyTable.NONE) {
            hash.add(CYCLE);
        } else {
            hash.add(known.high(slot), known.low(slot));
        }
    }
}
