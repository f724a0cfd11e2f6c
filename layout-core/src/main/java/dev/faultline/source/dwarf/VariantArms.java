package dev.faultline.source.dwarf;

import dev.faultline.layout.ByteRange;
import dev.faultline.layout.FieldType;
import dev.faultline.layout.Member;
import dev.faultline.layout.Provenance;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes members of variants, of which one is there at a time: the discriminant, and an anonymous union with a struct
 * for each variant that has fields. A discriminant that is not in front of all fields is in the union, too: in Rust it
 * is often kept in values that a field does not use (a niche).
 *
 * @param discriminant tells which variant is there; empty when there is one, or a member of the struct tells
 * @param variants the members of each, from the start of the struct
 * @param provenance of the struct
 */
record VariantArms(Optional<Member> discriminant, List<List<Member>> variants, Provenance provenance) {

    /** {@return the members of the struct} */
    List<Member> members() {
        List<Member> fields = new ArrayList<>();
        variants.forEach(variant -> fields.addAll(fields(variant)));
        if (fields.stream().allMatch(field -> field.bytes().isEmpty())) {
            return discriminant.stream().toList();
        }
        long start = MemberGroup.start(fields);
        List<Member> members = new ArrayList<>();
        List<Member> arms = new ArrayList<>();
        if (discriminant.isPresent()) {
            long end = discriminant.get().bytes().map(ByteRange::end).orElse(0L);
            (end <= start ? members : arms).add(discriminant.get());
            start = Math.min(start, end <= start ? start : discriminant.get().byteOffset());
        }
        for (List<Member> variant : variants) {
            arm(variant, start).ifPresent(arms::add);
        }
        members.add(arms.size() == 1 ? arms.get(0) : new MemberGroup("", arms, start, provenance).union());
        return members;
    }

    /** {@return the fields of a variant from the start of the struct} */
    private static List<Member> fields(List<Member> variant) {
        if (!isStruct(variant)) {
            return variant;
        }
        long base = variant.get(0).byteOffset();
        return ((FieldType.Aggregate) variant.get(0).type())
                .layout().members().stream()
                        .map(field -> field.at(base + field.byteOffset()))
                        .toList();
    }

    /** {@return whether a variant is one struct without tag, as in Rust} */
    private static boolean isStruct(List<Member> variant) {
        return variant.size() == 1
                && variant.get(0).bits().isEmpty()
                && variant.get(0).type() instanceof FieldType.Aggregate aggregate
                && aggregate.isInline();
    }

    private Optional<Member> arm(List<Member> variant, long start) {
        List<Member> fields = fields(variant);
        if (fields.stream().allMatch(field -> field.bytes().isEmpty())) {
            return Optional.empty();
        }
        if (variant.size() == 1 && !isStruct(variant)) {
            return Optional.of(fields.get(0));
        }
        String name = isStruct(variant) ? variant.get(0).name() : "";
        return Optional.of(new MemberGroup(name, fields, start, provenance).struct());
    }
}
