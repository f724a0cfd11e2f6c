package dev.faultline.layout.dialect;

import dev.faultline.layout.AggregateKind;
import dev.faultline.layout.ByteRange;
import dev.faultline.layout.FieldType;
import dev.faultline.layout.Member;
import dev.faultline.layout.StructLayout;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Lays out a type that rustc printed. An enum is its discriminant and a union of its variants; the discriminant is at
 * byte 0, except in coroutines, where rustc does not print its place.
 */
final class RustLayout {

    /** What a type is called that rustc does not print. */
    private static final String NOT_PRINTED = "unknown";

    private final SizedText text;
    private final RustType type;

    RustLayout(SizedText text, RustType type) {
        this.text = text;
        this.type = type;
    }

    StructLayout layout() {
        List<Member> members = new ArrayList<>();
        boolean isUnion = false;
        if (type.isSingle()) {
            RustType.Variant only = type.variants.get(0);
            isUnion = overlaps(only);
            only.fields.forEach(field -> members.add(member(field, 0)));
        } else if (type.isCoroutine()) {
            variants(members, 0);
        } else {
            long start = type.discriminantBytes.orElse(0);
            if (start > 0) {
                members.add(Member.of("discriminant", whole("discriminant", start, 1), 0));
            }
            type.own.fields.forEach(field -> members.add(member(field, 0)));
            variants(members, start);
        }
        if (isNotPrinted()) {
            hide(members);
        }
        AggregateKind kind = isUnion ? AggregateKind.UNION : AggregateKind.STRUCT;
        return StructLayout.of(type.name, kind, type.byteSize, type.byteAlignment, members, text.provenance(type.line));
    }

    /**
     * {@return whether some bytes have a use that rustc does not print: captures of a closure, the discriminant of a
     * coroutine}
     */
    private boolean isNotPrinted() {
        boolean isEmpty = type.own.fields.isEmpty() && type.variants.isEmpty() && type.discriminantBytes.isEmpty();
        return isEmpty && type.byteSize > 0 || type.isCoroutine();
    }

    private static boolean overlaps(RustType.Variant variant) {
        long end = 0;
        for (RustType.Field field : inOrder(variant)) {
            if (field.byteSize() > 0 && field.byteOffset() < end) {
                return true;
            }
            end = Math.max(end, field.end());
        }
        return false;
    }

    private static List<RustType.Field> inOrder(RustType.Variant variant) {
        return variant.fields.stream()
                .sorted(Comparator.comparingLong(RustType.Field::byteOffset))
                .toList();
    }

    /** Adds an anonymous union of the variants that have data. */
    private void variants(List<Member> members, long start) {
        List<Member> arms = new ArrayList<>();
        Set<String> names = new HashSet<>();
        long end = start;
        for (RustType.Variant variant : type.variants) {
            if (variant.end() > start) {
                String name = names.add(variant.name) ? variant.name : variant.name + "@" + names.size();
                arms.add(Member.of(name, arm(variant, start), 0));
                end = Math.max(end, variant.end());
            }
        }
        if (!arms.isEmpty()) {
            if (type.isCoroutine() && type.discriminantBytes.isPresent()) {
                arms.add(Member.notShown(0, end - start)); // the discriminant is somewhere in it
            }
            StructLayout union =
                    StructLayout.of("", AggregateKind.UNION, end - start, 1, arms, text.provenance(type.line));
            members.add(Member.of("", new FieldType.Aggregate("union", union), start));
        }
    }

    private FieldType arm(RustType.Variant variant, long start) {
        List<Member> fields = new ArrayList<>();
        for (RustType.Field field : inOrder(variant)) {
            if (field.byteOffset() < start) {
                throw text.error(
                        field.line(),
                        "." + field.name() + " at byte " + field.byteOffset() + " lies in the discriminant of " + start
                                + " bytes");
            }
            fields.add(member(field, start));
        }
        AggregateKind kind = overlaps(variant) ? AggregateKind.UNION : AggregateKind.STRUCT;
        StructLayout layout = StructLayout.of("", kind, variant.end() - start, 1, fields, text.provenance(type.line));
        return new FieldType.Aggregate(kind.keyword(), layout);
    }

    private static Member member(RustType.Field field, long base) {
        String spelling = field.type().isEmpty() ? NOT_PRINTED : field.type();
        FieldType type = whole(spelling, field.byteSize(), field.byteAlignment());
        return Member.of(field.name(), type, field.byteOffset() - base);
    }

    private static FieldType whole(String spelling, long byteSize, long byteAlignment) {
        return new FieldType.Opaque(spelling, byteSize, byteAlignment);
    }

    /** Shows the bytes behind the members as not known. */
    private void hide(List<Member> members) {
        long end = members.stream()
                .flatMap(one -> one.bytes().stream())
                .mapToLong(ByteRange::end)
                .max()
                .orElse(0);
        if (end < type.byteSize) {
            members.add(Member.notShown(end, type.byteSize - end));
        }
    }
}
