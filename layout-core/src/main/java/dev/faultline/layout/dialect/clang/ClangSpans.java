package dev.faultline.layout.dialect.clang;

import dev.faultline.layout.AggregateKind;
import java.util.List;

/** Where the members of a printed record end at the latest. */
final class ClangSpans {

    private ClangSpans() {}

    /**
     * {@return for each member the byte at which the next one starts, counted like the offsets of the text}
     *
     * @param members the members of a record
     * @param isUnion whether they all start at the same byte
     * @param end one past the last byte of the record
     */
    static long[] ends(List<ClangMember> members, boolean isUnion, long end) {
        long[] starts = members.stream()
                .filter(member -> !member.content().isEmpty())
                .mapToLong(ClangMember::byteOffset)
                .sorted()
                .toArray();
        return members.stream()
                .mapToLong(member -> isUnion ? end : Math.min(end, next(starts, member.byteOffset(), end)))
                .toArray();
    }

    private static long next(long[] sorted, long start, long end) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) / 2;
            if (sorted[middle] > start) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low < sorted.length ? sorted[low] : end;
    }

    /**
     * {@return the kind of a record: its keyword tells; without one, as behind a typedef, two members at its start that
     * both have data make it a union}
     *
     * @param type the spelling of the record
     * @param members its members
     * @param types knows their sizes
     */
    static AggregateKind kind(String type, List<ClangMember> members, ClangTypes types) {
        for (AggregateKind kind : List.of(AggregateKind.STRUCT, AggregateKind.UNION, AggregateKind.CLASS)) {
            if (type.startsWith(kind.keyword() + " ")) {
                return kind;
            }
        }
        long base = members.isEmpty() ? 0 : members.get(0).byteOffset();
        long atStart = members.stream()
                .filter(member -> member.byteOffset() == base && hasData(member, types))
                .count();
        return atStart > 1 ? AggregateKind.UNION : AggregateKind.STRUCT;
    }

    private static boolean hasData(ClangMember member, ClangTypes types) {
        if (member.hasNoBits() || member.content().isEmpty()) {
            return false;
        }
        if (member.bits().isPresent()) {
            return member.bits().get().first() == 0;
        }
        return !member.members().isEmpty()
                || types.of(member.content().type())
                        .map(type -> type.byteSize() > 0)
                        .orElse(!types.spelled(member.content().type())
                                .dimensions()
                                .contains(0L));
    }
}
