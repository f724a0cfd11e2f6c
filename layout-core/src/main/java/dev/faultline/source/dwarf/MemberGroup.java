package dev.faultline.source.dwarf;

import dev.faultline.layout.AggregateKind;
import dev.faultline.layout.ByteRange;
import dev.faultline.layout.FieldType;
import dev.faultline.layout.InferredAlignment;
import dev.faultline.layout.Member;
import dev.faultline.layout.Provenance;
import dev.faultline.layout.StructLayout;
import java.util.List;

/**
 * Members that become one, a struct or union without tag.
 *
 * @param name the name of the member; empty when its fields count as those of the struct around
 * @param fields with offsets from the start of the struct around
 * @param start offset of the group in bytes, at most that of its first field with bytes
 * @param provenance of the struct around
 */
record MemberGroup(String name, List<Member> fields, long start, Provenance provenance) {

    /** {@return the offset in bytes of the first field; 0 when none has bytes} */
    static long start(List<Member> fields) {
        return fields.stream()
                .filter(field -> field.bytes().isPresent())
                .mapToLong(Member::byteOffset)
                .min()
                .orElse(0);
    }

    private long end() {
        return fields.stream()
                .flatMap(field -> field.bytes().stream())
                .mapToLong(ByteRange::end)
                .max()
                .orElse(start);
    }

    /** {@return a struct of the fields} */
    Member struct() {
        return of(AggregateKind.STRUCT, fields);
    }

    /** {@return a union of the fields; one that does not start with it is in a struct of its own} */
    Member union() {
        List<Member> arms = fields.stream()
                .map(field -> field.byteOffset() == start
                        ? field
                        : new MemberGroup("", List.of(field), start, provenance).struct())
                .toList();
        return of(AggregateKind.UNION, arms);
    }

    private Member of(AggregateKind kind, List<Member> members) {
        List<Member> moved = members.stream()
                .map(field -> field.at(Math.max(0, field.byteOffset() - start)))
                .toList();
        long byteSize = end() - start;
        long alignment = InferredAlignment.of(byteSize, kind == AggregateKind.UNION, moved);
        if (start > 0) {
            alignment = Math.min(alignment, Long.lowestOneBit(start));
        }
        StructLayout layout = StructLayout.of("", kind, byteSize, alignment, moved, provenance);
        return Member.of(name, new FieldType.Aggregate(kind.keyword(), layout), start);
    }
}
