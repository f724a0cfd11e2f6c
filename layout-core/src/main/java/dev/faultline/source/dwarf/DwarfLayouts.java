package dev.faultline.source.dwarf;

import dev.faultline.input.InputException;
import dev.faultline.layout.AggregateKind;
import dev.faultline.layout.FieldType;
import dev.faultline.layout.InferredAlignment;
import dev.faultline.layout.Member;
import dev.faultline.layout.MemberRole;
import dev.faultline.layout.Provenance;
import dev.faultline.layout.StructLayout;
import dev.faultline.source.dwarf.record.SignedNames;
import dev.faultline.source.dwarf.record.SourceLanguage;
import dev.faultline.source.dwarf.record.TypeRecord;
import dev.faultline.source.dwarf.record.TypeRecord.MemberRecord;
import dev.faultline.source.dwarf.record.TypeStore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;

/**
 * Makes layouts of records, each once. Throws {@link InputException} for a struct with a member that has no size, and
 * for members that overlap.
 */
final class DwarfLayouts {

    private static final int DEEPEST = 64;

    /** Longest reason why a struct is left out, in characters: names may be long, and each struct around adds one. */
    private static final int LONGEST = 1000;

    /** Most fields of all layouts of a small file; of a large one, some more for each byte of its units. */
    private static final long MOST_SLOTS = 1 << 20;

    private static final int BYTES_PER_SLOT = 4;
    private static final int EM_386 = 3;
    private static final int EM_68K = 4;
    private static final int EM_S390 = 22;

    private final String source;
    private final long mostAlignment;
    private final SignedNames signedNames;
    private final CompletedTypes completed;
    private final Map<TypeRecord, FieldType> known = new IdentityHashMap<>();
    private final Map<TypeRecord, InputException> broken = new IdentityHashMap<>();

    private final TypeStore store;

    /** The fields of all layouts so far. */
    private long slots;

    /** How often a type was nested too deep. */
    private int tooDeep;

    /** The classes that have virtual base classes, possibly through others. */
    private final Set<TypeRecord> withVirtualBases = Collections.newSetFromMap(new IdentityHashMap<>());

    /**
     * Makes none yet.
     *
     * @param source the name of the file
     * @param machine the architecture it is for: {@code e_machine}
     * @param store resolves signatures of type units
     * @param definitions finds the definitions of what a unit only declares
     */
    DwarfLayouts(
            String source, int machine, TypeStore store, Function<String, List<TypeRecord.Aggregate>> definitions) {
        this.source = source;
        this.mostAlignment = mostAlignment(machine);
        this.store = store;
        this.signedNames = new SignedNames(store);
        this.completed = new CompletedTypes(
                store, definitions, (one, other) -> layout(one, "").sameBytesAs(layout(other, "")));
    }

    /** {@return the largest alignment that the ABI of an architecture gives a number, in bytes} */
    private static long mostAlignment(int machine) {
        return switch (machine) {
            case EM_386 -> 4;
            case EM_68K -> 2;
            case EM_S390 -> 8;
            default -> 16;
        };
    }

    /** {@return the layout of a struct under the name that it is found by} */
    StructLayout layout(TypeRecord.Aggregate record, String name) {
        StructLayout layout = ((FieldType.Aggregate) type(record, 0)).layout();
        return layout.name().equals(name)
                ? layout
                : StructLayout.of(
                        name,
                        layout.kind(),
                        layout.byteSize(),
                        layout.byteAlignment(),
                        layout.members(),
                        layout.provenance());
    }

    /** {@return a type as that of a variable} */
    FieldType type(TypeRecord record) {
        TypeRecord complete;
        try {
            complete = completed.type(record).orElse(record);
        } catch (IllegalArgumentException several) {
            throw refused(String.valueOf(several.getMessage()));
        }
        return type(complete, 0);
    }

    private FieldType type(TypeRecord record, int depth) {
        FieldType made = known.get(record);
        if (made != null) {
            return made;
        }
        InputException failure = broken.get(record);
        if (failure != null) {
            throw failure;
        }
        if (depth > DEEPEST) {
            tooDeep++;
            throw refused("a type that contains itself or nests deeper than " + DEEPEST + " levels");
        }
        int before = tooDeep;
        try {
            FieldType type = make(record, depth);
            known.put(record, type);
            return type;
        } catch (IllegalArgumentException | ArithmeticException impossible) {
            InputException reason = refused(String.valueOf(impossible.getMessage()));
            broken.put(record, reason);
            throw reason;
        } catch (InputException reason) {
            if (tooDeep == before || depth == 0) { // else it may be fine where less is around it
                broken.put(record, reason);
            }
            throw reason;
        }
    }

    private InputException refused(String problem) {
        String named = signedNames.resolve(problem);
        String cut = named.length() <= LONGEST ? named : named.substring(0, LONGEST) + "...";
        return new InputException(source, "", cut);
    }

    private FieldType make(TypeRecord record, int depth) {
        if (record instanceof TypeRecord.Number number) {
            return number(number);
        }
        if (record instanceof TypeRecord.Renamed renamed) {
            return renamed(renamed, type(renamed.target(), depth + 1));
        }
        if (record instanceof TypeRecord.Array array) {
            FieldType type = type(array.element(), depth + 1);
            for (int i = array.counts().size() - 1; i >= 0; i--) {
                type = new FieldType.Array(type, array.counts().get(i));
            }
            return type;
        }
        if (record instanceof TypeRecord.Sized sized) {
            return new FieldType.Opaque(signedNames.resolve(sized.spelling()), sized.byteSize(), sized.byteAlignment());
        }
        if (record instanceof TypeRecord.Unsized unsized) {
            throw refused("a member is " + unsized.reason());
        }
        if (record instanceof TypeRecord.Aggregate aggregate) {
            return aggregate(aggregate, depth);
        }
        throw refused("a member has a type that the file does not define");
    }

    private FieldType number(TypeRecord.Number number) {
        long alignment = number.byteAlignment() > 0
                ? number.byteAlignment()
                : Math.min(mostAlignment, Long.lowestOneBit(number.unitBytes()));
        return new FieldType.Scalar(signedNames.resolve(number.spelling()), number.byteSize(), alignment);
    }

    private FieldType renamed(TypeRecord.Renamed name, FieldType target) {
        String spelling = signedNames.resolve(name.spelling());
        long alignment = name.byteAlignment() > 0 ? name.byteAlignment() : target.byteAlignment();
        if (target instanceof FieldType.Scalar scalar) {
            return new FieldType.Scalar(spelling, scalar.byteSize(), alignment);
        }
        if (target instanceof FieldType.Aggregate aggregate) {
            return new FieldType.Aggregate(spelling, aligned(aggregate.layout(), alignment));
        }
        if (!name.isTypedef() && target instanceof FieldType.Array array) {
            return array; // qualifiers of an array apply to its elements, whose spelling has them or not
        }
        return new FieldType.Opaque(spelling, target.byteSize(), alignment);
    }

    private static FieldType aligned(FieldType type, long alignment) {
        if (type instanceof FieldType.Scalar scalar) {
            return new FieldType.Scalar(scalar.spelling(), scalar.byteSize(), alignment);
        }
        if (type instanceof FieldType.Opaque opaque) {
            return new FieldType.Opaque(opaque.spelling(), opaque.byteSize(), alignment);
        }
        if (type instanceof FieldType.Array array) {
            return new FieldType.Array(aligned(array.element(), alignment), array.count());
        }
        FieldType.Aggregate aggregate = (FieldType.Aggregate) type;
        return new FieldType.Aggregate(aggregate.spelling(), aligned(aggregate.layout(), alignment));
    }

    private static StructLayout aligned(StructLayout layout, long alignment) {
        return alignment == layout.byteAlignment()
                ? layout
                : StructLayout.of(
                        layout.name(),
                        layout.kind(),
                        layout.byteSize(),
                        alignment,
                        layout.members(),
                        layout.provenance());
    }

    private FieldType aggregate(TypeRecord.Aggregate record, int depth) {
        List<Member> members = members(record, depth);
        long alignment = record.byteAlignment() > 0 ? record.byteAlignment() : inferredAlignment(record, members);
        if (slots > MOST_SLOTS + store.unitBytes() / BYTES_PER_SLOT) {
            throw refused("the structs before it have " + slots + " fields together, those of structs inside others"
                    + " included, which is the limit for this file");
        }
        StructLayout layout = StructLayout.of(
                signedNames.resolve(record.name()),
                record.kind(),
                record.byteSize(),
                alignment,
                members,
                provenance(record));
        slots += layout.slots().size();
        return new FieldType.Aggregate(signedNames.resolve(record.spelling()), layout);
    }

    private static long inferredAlignment(TypeRecord.Aggregate record, List<Member> members) {
        if (record.language() != SourceLanguage.GO) {
            boolean isUnion = record.kind() == AggregateKind.UNION;
            return Math.min(
                    InferredAlignment.of(record.byteSize(), isUnion, members), PackedMembers.mostAlignment(members));
        }
        return members.stream() // which alone decide it in Go
                .mapToLong(member -> member.type().byteAlignment())
                .max()
                .orElse(1);
    }

    private List<Member> members(TypeRecord.Aggregate record, int depth) {
        if (record.kind() == AggregateKind.UNION) {
            return members(record, record.members(), depth);
        }
        boolean hasVariants = record.members().stream().anyMatch(one -> one.type() instanceof TypeRecord.Variants);
        return record.language().sharesTails() && !hasVariants
                ? placed(record, depth)
                : new OverlappingMembers(members(record, record.members(), depth), provenance(record)).members();
    }

    private List<Member> members(TypeRecord.Aggregate owner, List<MemberRecord> records, int depth) {
        List<Member> members = new ArrayList<>();
        for (MemberRecord one : records) {
            if (one.type() instanceof TypeRecord.Variants variants) {
                members.addAll(variants(owner, variants, depth));
            } else {
                member(owner, one, depth).ifPresent(members::add);
            }
        }
        return members;
    }

    private List<Member> variants(TypeRecord.Aggregate owner, TypeRecord.Variants variants, int depth) {
        List<List<Member>> arms = new ArrayList<>();
        for (List<MemberRecord> variant : variants.variants()) {
            arms.add(members(owner, variant, depth));
        }
        Optional<Member> discriminant = variants.discriminant().flatMap(one -> member(owner, one, depth));
        return new VariantArms(discriminant, arms, provenance(owner)).members();
    }

    /** {@return a member that shares bytes with others; empty when it has none} */
    private Optional<Member> member(TypeRecord.Aggregate owner, MemberRecord member, int depth) {
        Optional<TypeRecord> type = typeOf(owner, member);
        if (type.isPresent()) {
            return Optional.of(member(owner, member, type.get(), depth));
        }
        return owner.byteSize() == 0 ? Optional.empty() : Optional.of(Member.notShown(0, owner.byteSize()));
    }

    private List<Member> placed(TypeRecord.Aggregate record, int depth) {
        SharedTails tails = new SharedTails(record.byteSize());
        for (MemberRecord member : record.members()) {
            boolean isBase = member.role() == MemberRole.BASE_CLASS;
            if (isBase && member.bitOffset() < 0) {
                hideVirtualBases(record, tails);
                continue;
            }
            Optional<TypeRecord> type = typeOf(record, member);
            if (type.isEmpty()) {
                FieldType nothing = new FieldType.Opaque(spelling(member), 0, 1);
                tails.addUndefined(Member.of(member.name(), nothing, offset(record, member) / 8)
                        .as(member.role()));
                continue;
            }
            tails.add(member(record, member, type.get(), depth));
            if (isBase && withVirtualBases.contains(type.get())) {
                hideVirtualBases(record, tails);
            }
        }
        return tails.members();
    }

    private void hideVirtualBases(TypeRecord.Aggregate record, SharedTails tails) {
        withVirtualBases.add(record);
        tails.hideVirtualBases();
    }

    private static String spelling(MemberRecord member) {
        TypeRecord type = member.type();
        if (type instanceof TypeRecord.Renamed renamed) {
            return renamed.spelling();
        }
        return type instanceof TypeRecord.Declared declared ? declared.spelling() : "?";
    }

    private Optional<TypeRecord> typeOf(TypeRecord.Aggregate owner, MemberRecord member) {
        try {
            return completed.type(owner, member);
        } catch (IllegalArgumentException ambiguous) {
            throw refused(owner.title() + ": member " + member.name() + ": " + ambiguous.getMessage());
        }
    }

    private Provenance provenance(TypeRecord.Aggregate record) {
        return new Provenance(Provenance.Origin.DWARF, source, "", OptionalInt.empty());
    }

    private long offset(TypeRecord.Aggregate owner, MemberRecord member) {
        if (member.bitOffset() < 0) {
            throw refused(owner.title() + ": member " + signedNames.resolve(member.name())
                    + " has a place that is computed at run time");
        }
        return member.bitOffset();
    }

    private Member member(TypeRecord.Aggregate owner, MemberRecord member, TypeRecord record, int depth) {
        FieldType type;
        try {
            type = type(record, depth + 1);
        } catch (InputException reason) {
            throw refused(owner.title() + ": member " + signedNames.resolve(member.name()) + ": "
                    + reason.getMessage().substring(source.length() + 2));
        }
        long bitOffset = offset(owner, member);
        if (member.bitSize() == 0) {
            FieldType stated = member.byteAlignment() > 0 ? aligned(type, member.byteAlignment()) : type;
            return Member.of(signedNames.resolve(member.name()), stated, bitOffset / 8)
                    .as(member.role());
        }
        // As in pahole, a unit starts at a multiple of its size, even in a packed struct.
        long unitBits = Math.max(1, type.byteSize()) * 8;
        long unit = bitOffset / unitBits * unitBits;
        return Member.bits(member.name(), type, unit / 8, (int) (bitOffset - unit), member.bitSize());
    }
}
