package dev.faultline.source.dwarf.type;

import dev.faultline.layout.MemberRole;
import dev.faultline.source.dwarf.entry.DwarfAttribute;
import dev.faultline.source.dwarf.entry.DwarfTag;
import dev.faultline.source.dwarf.entry.EntryReader;
import dev.faultline.source.dwarf.record.TypeRecord;
import dev.faultline.source.dwarf.record.TypeRecord.MemberRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the part of a struct whose members depend on a discriminant: DWARF 5, 5.7.10. Rust describes its enums and the
 * states of its coroutines so, Ada its discriminated records.
 */
final class VariantPart {

    /** Called so where the compiler gives it no name. */
    private static final String DISCRIMINANT = "discriminant";

    private static final int DEEPEST = 64;

    private final UnitTypes types;
    private final TypeDecoder decoder;

    VariantPart(UnitTypes types, TypeDecoder decoder) {
        this.types = types;
        this.decoder = decoder;
    }

    /**
     * {@return the variants as one member without name}
     *
     * @param part stands on the variant part
     * @param depth how many types are around it
     */
    MemberRecord member(EntryReader part, int depth) {
        if (depth > DEEPEST) {
            throw new IllegalArgumentException("variants nested deeper than " + DEEPEST + " levels");
        }
        Optional<MemberRecord> discriminant = Optional.empty();
        List<List<MemberRecord>> variants = new ArrayList<>();
        EntryReader reader = new EntryReader(types.unit());
        for (int one : types.entries().parts().of(part.position())) {
            reader.read(one);
            if (reader.tag() == DwarfTag.MEMBER) {
                discriminant = decoder.member(reader, depth).map(VariantPart::named);
            } else if (reader.tag() == DwarfTag.VARIANT && reader.hasChildren()) {
                variants.add(decoder.members(one, depth + 1));
            }
        }
        return new MemberRecord("", new TypeRecord.Variants(discriminant, variants), 0, 0, 0, MemberRole.FIELD, 0);
    }

    private static MemberRecord named(MemberRecord member) {
        return member.name().isEmpty() ? member.named(DISCRIMINANT) : member;
    }

    /** {@return whether a struct of a Rust unit is a variant of an enum: these alone are declared inside of others} */
    static boolean isVariant(UnitTypes types, int position) {
        if (!types.isRust()) {
            return false;
        }
        int index = types.entries().find(position);
        int outer = index < 0 ? UnitEntries.TOP : types.entries().outer(index);
        return outer >= 0
                && DwarfTag.isAggregate(types.entries().tag(index))
                && DwarfTag.isAggregate(types.entries().tag(outer));
    }

    /**
     * {@return the name of a member; the state of a coroutine has a number, and the type of it the name}
     *
     * @param stated as the member states it
     */
    static String memberName(UnitTypes types, EntryReader member, String stated) {
        int target = member.entry(DwarfAttribute.TYPE);
        return target >= 0 && isVariant(types, target) ? types.names().simple(target) : stated;
    }
}
