package dev.faultline.layout.dialect.clang;

import dev.faultline.layout.AggregateKind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What the records of a text tell about types whose size they do not print: typedefs and enums. A type has at most the
 * bytes up to the next member. It has at least those minus the largest hole that the alignment of the record allows.
 */
final class ClangSizes {

    private final ClangTypes types;
    private final Map<String, ByteBounds> bounds = new HashMap<>();

    ClangSizes(ClangTypes types, List<ClangRecord> records) {
        this.types = types;
        for (ClangRecord record : records) {
            learn(record);
        }
    }

    /** {@return what is known of the size of an element of that type} */
    ByteBounds of(String element) {
        return bounds.getOrDefault(element, ByteBounds.NONE);
    }

    private void learn(ClangRecord record) {
        List<ClangMember> members = record.root().members();
        boolean isUnion = ClangSpans.kind(record.spelling(), members, types) == AggregateKind.UNION;
        long[] ends = ClangSpans.ends(members, isUnion, record.byteSize());
        for (int i = 0; i < ends.length && !record.isCut(); i++) {
            ClangMember member = members.get(i);
            boolean isUnknown = member.bits().isEmpty()
                    && !member.hasNoBits()
                    && !member.content().isEmpty()
                    && member.members().isEmpty()
                    && member.content().kind() == ClangContent.Kind.FIELD
                    && types.of(member.content().type()).isEmpty();
            long span = ends[i] - member.byteOffset();
            if (isUnknown && span > 0) {
                learn(member, span, isUnion ? span : largestHole(record, ends[i]));
            }
        }
    }

    private void learn(ClangMember member, long span, long hole) {
        SpelledType type = types.spelled(member.content().type());
        long count = type.dimensions().isEmpty() ? 1 : type.count();
        if (count == 0) {
            return;
        }
        long least = Math.max(0, span - hole);
        ByteBounds found = new ByteBounds((least + count - 1) / count, span / count);
        if (found.least() <= found.most()) {
            bounds.merge(type.element(), found, ByteBounds::and);
        }
    }

    /** {@return the most bytes that alignment can leave free before a member or the end of a record} */
    private static long largestHole(ClangRecord record, long end) {
        OptionalLong data = record.dataByteSize();
        if (end == record.byteSize() && data.isPresent() && data.getAsLong() < end) {
            return end - data.getAsLong(); // the last member ends where the data ends
        }
        return Math.max(1, Math.min(record.byteAlignment(), Long.lowestOneBit(end))) - 1;
    }
}
