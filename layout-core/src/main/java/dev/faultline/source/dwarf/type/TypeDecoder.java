package dev.faultline.source.dwarf.type;

import dev.faultline.layout.AggregateKind;
import dev.faultline.layout.MemberRole;
import dev.faultline.source.dwarf.entry.Abbreviation;
import dev.faultline.source.dwarf.entry.DwarfAttribute;
import dev.faultline.source.dwarf.entry.DwarfTag;
import dev.faultline.source.dwarf.entry.EntryReader;
import dev.faultline.source.dwarf.entry.EntrySummary;
import dev.faultline.source.dwarf.entry.Unit;
import dev.faultline.source.dwarf.record.ContentKey;
import dev.faultline.source.dwarf.record.DeclarationPlace;
import dev.faultline.source.dwarf.record.SignedNames;
import dev.faultline.source.dwarf.record.TypeRecord;
import dev.faultline.source.dwarf.record.TypeRecord.MemberRecord;
import dev.faultline.source.dwarf.record.TypeStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes records of a unit's types, of each type of the file once. */
final class TypeDecoder {

    private static final int DEEPEST = 128;
    private static final String VTABLE_POINTER = "_vptr";
    private static final String FLOAT_128 = "loat128";
    private static final int COMPLEX_FLOAT = 0x03;
    private static final int MOST_ATOMIC = 16;
    private static final int MOST_SPELLED = 16_384;

    private final UnitTypes types;
    private final Unit unit;
    private final UnitLookup lookup;
    private final TypeStore store;

    TypeDecoder(UnitTypes types, UnitLookup lookup, TypeStore store) {
        this.types = types;
        this.unit = types.unit();
        this.lookup = lookup;
        this.store = store;
    }

    /** {@return the record of the type at a position} */
    TypeRecord record(int position) {
        return record(position, 0);
    }

    private TypeRecord record(int position, int depth) {
        if (depth > DEEPEST) {
            return new TypeRecord.Unsized("a type that contains itself or nests deeper than " + DEEPEST + " levels");
        }
        ContentKey key = types.keys().of(position);
        Optional<TypeRecord> known = store.find(key);
        return known.isPresent() ? known.get() : store.keep(key, decode(position, depth));
    }

    private TypeRecord decode(int position, int depth) {
        EntryReader reader = new EntryReader(unit);
        if (!reader.read(position)) {
            return new TypeRecord.Unsized("a missing type");
        }
        if (isInTypeUnit(reader)) {
            return new TypeRecord.Signed(reader.signature(DwarfAttribute.SIGNATURE));
        }
        int tag = reader.tag();
        long alignment = reader.number(DwarfAttribute.ALIGNMENT, 0);
        long size = reader.number(DwarfAttribute.BYTE_SIZE, -1);
        return switch (tag) {
            case DwarfTag.STRUCTURE_TYPE, DwarfTag.CLASS_TYPE, DwarfTag.UNION_TYPE, DwarfTag.INTERFACE_TYPE ->
                aggregate(reader, position, depth);
            case DwarfTag.TYPEDEF, DwarfTag.TEMPLATE_ALIAS -> renamed(reader, position, true, depth);
            case DwarfTag.CONST_TYPE,
                    DwarfTag.VOLATILE_TYPE,
                    DwarfTag.RESTRICT_TYPE,
                    DwarfTag.ATOMIC_TYPE,
                    DwarfTag.SHARED_TYPE,
                    DwarfTag.IMMUTABLE_TYPE -> renamed(reader, position, false, depth);
            case DwarfTag.POINTER_TYPE, DwarfTag.REFERENCE_TYPE, DwarfTag.RVALUE_REFERENCE_TYPE ->
                new TypeRecord.Number(
                        spelling(position), size > 0 ? size : unit.header().addressBytes(), alignment);
            case DwarfTag.PTR_TO_MEMBER_TYPE -> memberPointer(reader, position, size);
            case DwarfTag.UNSPECIFIED_TYPE -> unspecified(position, size);
            case DwarfTag.ARRAY_TYPE -> array(reader, position, depth);
            case DwarfTag.ENUMERATION_TYPE -> enumeration(reader, position, depth);
            case DwarfTag.BASE_TYPE -> number(reader, position, size, alignment);
            case DwarfTag.SUBROUTINE_TYPE -> function(position, size);
            default -> {
                if (size >= 0) {
                    yield new TypeRecord.Sized(spelling(position), size, Math.max(1, alignment));
                }
                Optional<TypeRecord> inner = target(reader, depth);
                yield inner.orElseGet(() ->
                        new TypeRecord.Unsized("a type with tag 0x" + Integer.toHexString(tag) + " and without size"));
            }
        };
    }

    /**
     * {@return whether the entry that a reader stands on is that of a struct, class or enum that a type unit defines}
     */
    static boolean isInTypeUnit(EntryReader reader) {
        return reader.isSignature(DwarfAttribute.SIGNATURE) && !reader.has(DwarfAttribute.BYTE_SIZE);
    }

    private TypeRecord number(EntryReader reader, int position, long size, long alignment) {
        String spelling = spelling(position);
        if (size < 1) {
            return new TypeRecord.Sized(spelling, 0, 1);
        }
        if (alignment == 0 && spelling.contains(FLOAT_128)) {
            return new TypeRecord.Number(spelling, size, size); // also where other numbers of 16 bytes align to less
        }
        long encoding = reader.number(DwarfAttribute.ENCODING, 0);
        boolean isComplex = encoding == COMPLEX_FLOAT || spelling.startsWith("complex ");
        boolean isBits = spelling.contains("_BitInt") || spelling.contains("_ExtInt");
        long unitBytes =
                isComplex ? size / 2 : isBits ? Math.min(size, unit.header().addressBytes()) : size;
        return new TypeRecord.Number(spelling, size, alignment, Math.max(1, unitBytes));
    }

    private String spelling(int position) {
        return types.names().spelling(position);
    }

    private Optional<TypeRecord> target(EntryReader reader, int depth) {
        if (reader.isSignature(DwarfAttribute.TYPE)) {
            return Optional.of(new TypeRecord.Signed(reader.signature(DwarfAttribute.TYPE)));
        }
        return types.target(reader, DwarfAttribute.TYPE, lookup)
                .map(place -> place.types().decoder().record(place.position(), depth + 1));
    }

    private TypeRecord renamed(EntryReader reader, int position, boolean isTypedef, int depth) {
        long alignment = reader.number(DwarfAttribute.ALIGNMENT, 0);
        Optional<TypeRecord> target = target(reader, depth);
        if (reader.tag() == DwarfTag.ATOMIC_TYPE && alignment == 0 && target.isPresent()) {
            long size = byteSize(target.get());
            alignment = size <= MOST_ATOMIC && Long.bitCount(size) == 1 ? size : 0;
        }
        long stated = alignment;
        return target.<TypeRecord>map(type -> new TypeRecord.Renamed(spelling(position), type, stated, isTypedef))
                .orElseGet(() -> new TypeRecord.Unsized("void"));
    }

    /** {@return the size of a type in bytes; 0 when it is not known here} */
    static long byteSize(TypeRecord type) {
        TypeRecord one = named(type);
        if (one instanceof TypeRecord.Number number) {
            return number.byteSize();
        }
        return one instanceof TypeRecord.Aggregate aggregate ? aggregate.byteSize() : 0;
    }

    /** {@return what a type is under its other names, at most 128 of them} */
    private static TypeRecord named(TypeRecord type) {
        TypeRecord one = type;
        for (int depth = 0; depth < DEEPEST && one instanceof TypeRecord.Renamed renamed; depth++) {
            one = renamed.target();
        }
        return one;
    }

    private TypeRecord memberPointer(EntryReader reader, int position, long size) {
        int addressBytes = unit.header().addressBytes();
        boolean isFunction = types.target(reader, DwarfAttribute.TYPE, lookup)
                .map(place -> {
                    EntryReader target = new EntryReader(place.types().unit());
                    return target.read(place.position()) && target.tag() == DwarfTag.SUBROUTINE_TYPE;
                })
                .orElse(false);
        long byteSize = size > 0 ? size : isFunction ? 2L * addressBytes : addressBytes;
        return new TypeRecord.Number(spelling(position), byteSize, addressBytes);
    }

    private TypeRecord unspecified(int position, long size) {
        String name = spelling(position);
        if (size > 0) {
            return new TypeRecord.Number(name, size, 0);
        }
        return name.contains("nullptr")
                ? new TypeRecord.Number(name, unit.header().addressBytes(), 0)
                : new TypeRecord.Unsized("the type " + name);
    }

    /** In Go a value of a function's type is a pointer to its code and variables. */
    private TypeRecord function(int position, long size) {
        long byteSize = size <= 0 && types.isGo() ? unit.header().addressBytes() : size;
        return byteSize > 0
                ? new TypeRecord.Number(spelling(position), byteSize, 0)
                : new TypeRecord.Unsized("a function");
    }

    private TypeRecord enumeration(EntryReader reader, int position, int depth) {
        long size = reader.number(DwarfAttribute.BYTE_SIZE, -1);
        if (size > 0) {
            return new TypeRecord.Number(spelling(position), size, reader.number(DwarfAttribute.ALIGNMENT, 0));
        }
        return target(reader, depth)
                .<TypeRecord>map(type -> new TypeRecord.Renamed(spelling(position), type, 0, true))
                .orElseGet(() -> new TypeRecord.Unsized("an enum without size"));
    }

    private TypeRecord array(EntryReader reader, int position, int depth) {
        Optional<TypeRecord> element = target(reader, depth);
        if (element.isEmpty()) {
            return new TypeRecord.Unsized("an array without element type");
        }
        List<Long> counts = reader.hasChildren() ? new ArrayBounds(types, lookup).counts(reader.next()) : List.of();
        long size = reader.number(DwarfAttribute.BYTE_SIZE, -1);
        if (reader.flag(DwarfAttribute.GNU_VECTOR)) {
            return new VectorType(spellingOfElement(reader), element.get(), counts, size).record();
        }
        if (counts.contains(ArrayBounds.COMPUTED)) {
            return size >= 0
                    ? new TypeRecord.Sized(spelling(position), size, 1)
                    : new TypeRecord.Unsized("an array whose length is computed at run time");
        }
        return new TypeRecord.Array(element.get(), counts.isEmpty() ? List.of(0L) : counts);
    }

    private String spellingOfElement(EntryReader reader) {
        return types.target(reader, DwarfAttribute.TYPE, lookup)
                .map(place -> place.types().names().spelling(place.position()))
                .orElse("?");
    }

    private TypeRecord aggregate(EntryReader reader, int position, int depth) {
        boolean isVariant = VariantPart.isVariant(types, position);
        String name = isVariant ? "" : types.names().qualified(position);
        String spelling = isVariant ? AggregateKind.STRUCT.keyword() : spelling(position);
        long size = reader.number(DwarfAttribute.BYTE_SIZE, -1);
        if (reader.flag(DwarfAttribute.DECLARATION) || size < 0 && !reader.hasChildren()) {
            int definition = types.definition(position);
            return definition < 0 ? new TypeRecord.Declared(spelling, name) : record(definition, depth + 1);
        }
        AggregateKind kind = kind(reader.tag());
        long alignment = reader.number(DwarfAttribute.ALIGNMENT, 0);
        DeclarationPlace place = new DeclarationPlace(
                types.name(), types.directory(), types.file(reader.number(DwarfAttribute.DECL_FILE, -1)), (int)
                        reader.number(DwarfAttribute.DECL_LINE, 0));
        List<MemberRecord> members = members(position, depth);
        if (kind != AggregateKind.UNION) {
            members = WholeBitFields.of(members);
        }
        if (size < 0) {
            members = List.of(ofComputedSize(members));
        }
        if (types.isRust()) {
            members = RustMembers.of(members, size);
        }
        return new TypeRecord.Aggregate(
                name, spelling, kind, Math.max(0, size), alignment, members, place, types.language());
    }

    /**
     * {@return the member that makes the size of a struct depend on the run: gcc has arrays of computed length there}
     */
    private static MemberRecord ofComputedSize(List<MemberRecord> members) {
        return members.stream()
                .filter(member -> member.type() instanceof TypeRecord.Unsized)
                .findFirst()
                .orElseGet(() -> {
                    TypeRecord unsized = new TypeRecord.Unsized("of a struct whose size is computed at run time");
                    String name = members.isEmpty() ? "" : members.get(0).name();
                    return new MemberRecord(name, unsized, 0, 0, 0, MemberRole.FIELD, 0);
                });
    }

    private static AggregateKind kind(int tag) {
        return switch (tag) {
            case DwarfTag.UNION_TYPE -> AggregateKind.UNION;
            case DwarfTag.CLASS_TYPE -> AggregateKind.CXX_CLASS;
            default -> AggregateKind.STRUCT;
        };
    }

    /** {@return the members of the struct or variant at a position} */
    List<MemberRecord> members(int position, int depth) {
        List<MemberRecord> members = new ArrayList<>();
        EntryReader reader = new EntryReader(unit);
        for (int part : types.entries().parts().of(position)) {
            reader.read(part);
            if (reader.tag() == DwarfTag.MEMBER || reader.tag() == DwarfTag.INHERITANCE) {
                member(reader, depth).ifPresent(members::add);
            } else if (reader.tag() == DwarfTag.VARIANT_PART) {
                members.add(new VariantPart(types, this).member(reader, depth + 1));
            }
        }
        return members;
    }

    Optional<MemberRecord> member(EntryReader reader, int depth) {
        boolean isBase = reader.tag() == DwarfTag.INHERITANCE;
        if (!isBase && isStatic(reader)) {
            return Optional.empty();
        }
        long text = reader.text(DwarfAttribute.NAME);
        String name = VariantPart.memberName(types, reader, text < 0 ? "" : unit.text(text));
        TypeRecord type = target(reader, depth).orElseGet(() -> new TypeRecord.Unsized("a member without type"));
        MemberRole role = MemberRole.FIELD;
        if (isBase) {
            role = MemberRole.BASE_CLASS;
            type = named(type);
            name = name(type);
        } else if (isVtablePointer(reader, name)) {
            role = MemberRole.VTABLE_POINTER;
        }
        MemberPlace place = MemberPlace.of(reader, type);
        return Optional.of(new MemberRecord(
                name, type, place.bitOffset(), place.bitSize(), reader.number(DwarfAttribute.ALIGNMENT, 0), role, (int)
                        reader.number(DwarfAttribute.DECL_LINE, 0)));
    }

    /** {@return the name of a class} */
    private static String name(TypeRecord type) {
        if (type instanceof TypeRecord.Signed signed) {
            return SignedNames.mark(signed.signature());
        }
        if (type instanceof TypeRecord.Aggregate aggregate) {
            return aggregate.name();
        }
        return type instanceof TypeRecord.Declared declared ? declared.name() : "";
    }

    private boolean isVtablePointer(EntryReader reader, String name) {
        if (types.isC() || !name.startsWith(VTABLE_POINTER)) {
            return false;
        }
        String rest = name.substring(VTABLE_POINTER.length());
        return reader.flag(DwarfAttribute.ARTIFICIAL) || rest.startsWith(".") || rest.startsWith("$");
    }

    /** Before DWARF 5 a static member is a member that is declared only. */
    static boolean isStatic(EntryReader reader) {
        return (reader.flag(DwarfAttribute.EXTERNAL) || reader.flag(DwarfAttribute.DECLARATION))
                && !reader.has(DwarfAttribute.DATA_MEMBER_LOCATION)
                && !reader.has(DwarfAttribute.DATA_BIT_OFFSET);
    }

    /** Puts the named structs, unions and classes of the unit into the store. */
    void list(int ordinal) {
        UnitEntries entries = types.entries();
        EntryReader reader = new EntryReader(unit);
        for (int i = 0; i < entries.count(); i++) {
            int tag = entries.tag(i);
            int position = entries.position(i);
            long seen = (long) ordinal << Integer.SIZE | position;
            if (!isWanted(reader, i)) {
                continue;
            }
            if (DwarfTag.isAggregate(tag)) {
                if (isListed(reader, i)) {
                    add(position, position, seen);
                }
            } else if (tag == DwarfTag.TYPEDEF && mayNameStruct(entries.target(i))) {
                listTypedef(reader, position, seen);
            }
        }
    }

    /** {@return whether a type may have a name that is looked for; one without a name of its own may have any} */
    private boolean isWanted(EntryReader reader, int index) {
        WantedNames wanted = lookup.wanted();
        if (wanted.areAll() || !types.entries().entry(index).has(DwarfAttribute.NAME)) {
            return true;
        }
        reader.read(types.entries().position(index));
        return wanted.has(unit, reader.text(DwarfAttribute.NAME));
    }

    /** {@return whether a struct, union or class has a name and is defined} */
    private boolean isListed(EntryReader reader, int index) {
        Abbreviation entry = types.entries().entry(index);
        int position = types.entries().position(index);
        boolean isDefined =
                entry.has(DwarfAttribute.BYTE_SIZE) || entry.hasChildren() && !entry.has(DwarfAttribute.SIGNATURE);
        return isDefined
                && !types.entries().isDeclaration(index)
                && (entry.has(DwarfAttribute.NAME) || isPartOfNamed(reader, entry, position))
                && !VariantPart.isVariant(types, position);
    }

    private static boolean isPartOfNamed(EntryReader reader, Abbreviation entry, int position) {
        return (entry.has(DwarfAttribute.SPECIFICATION) || entry.has(DwarfAttribute.ABSTRACT_ORIGIN))
                && reader.read(position)
                && UnitEntries.origin(reader) >= 0;
    }

    /** {@return whether a typedef may be the only name of a struct, by what it refers to} */
    private boolean mayNameStruct(int target) {
        if (target < 0) {
            return target == EntrySummary.ELSEWHERE;
        }
        Abbreviation entry = unit.abbreviation(target);
        return entry != null
                && (entry.has(DwarfAttribute.SIGNATURE)
                        || DwarfTag.isAggregate(entry.tag()) && !entry.has(DwarfAttribute.NAME));
    }

    /** A typedef names a struct without a name of its own. */
    private void listTypedef(EntryReader reader, int position, long seen) {
        reader.read(position);
        if (reader.isSignature(DwarfAttribute.TYPE)) {
            listSigned(reader.signature(DwarfAttribute.TYPE), position, seen);
            return;
        }
        int target = reader.entry(DwarfAttribute.TYPE);
        if (target < 0 || !reader.read(target)) {
            return;
        }
        if (isInTypeUnit(reader)) {
            listSigned(reader.signature(DwarfAttribute.SIGNATURE), position, seen);
        } else if (DwarfTag.isAggregate(reader.tag())
                && reader.text(DwarfAttribute.NAME) < 0
                && reader.has(DwarfAttribute.BYTE_SIZE)
                && UnitEntries.origin(reader) < 0) {
            add(position, target, seen);
        }
    }

    private void listSigned(long signature, int position, long seen) {
        String name = types.names().qualified(position);
        if (name.length() <= MOST_SPELLED) {
            store.nameSigned(signature, name, seen, types.name());
        }
    }

    /**
     * Lists a type unless it is.
     *
     * @param named the position of what has the name: a typedef, or the type itself
     * @param position the position of the struct, union or class
     */
    private void add(int named, int position, long seen) {
        if (types.keys().isListed(named, seen)) {
            return;
        }
        ContentKey key = types.keys().of(named);
        if (store.isListed(key, seen, types.name())) {
            lookup.listed().add(key, seen);
            return;
        }
        String name = types.names().qualified(named);
        if (name.length() <= MOST_SPELLED && record(position) instanceof TypeRecord.Aggregate type) {
            store.list(key, name, type, seen, types.name());
        }
    }
}
