package dev.faultline.layout.notation;

import dev.faultline.layout.ByteRange;
import dev.faultline.layout.Member;
import dev.faultline.layout.syntax.SyntaxTree;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the bytes of members whose lines are missing: lines that were cut out with a mark, or without one when the
 * statistics state more members than there are. They are not free, but what is in them is not known.
 */
final class MissingLines {

    private final NotationReader reader;
    private final SyntaxTree.Aggregate aggregate;
    private final boolean hasByteSize;

    MissingLines(NotationReader reader, SyntaxTree.Aggregate aggregate, boolean hasByteSize) {
        this.reader = reader;
        this.aggregate = aggregate;
        this.hasByteSize = hasByteSize;
    }

    /**
     * {@return the bytes that are not shown}
     *
     * @param members the members in order of the text, without unnamed bit-fields
     * @param byteSize the size of the struct
     */
    List<Member> bytes(List<Member> members, long byteSize) {
        SyntaxTree.Remarks remarks = aggregate.remarks();
        boolean isMissing = remarks.memberCount() > members.size();
        if (remarks.cuts().isEmpty() && !isMissing) {
            return List.of();
        }
        int[] indices = indices();
        boolean[] cut = new boolean[members.size() + 1];
        for (SyntaxTree.Mark mark : remarks.cuts()) {
            int index = indices[mark.index()];
            cut[index] = true;
            requireSize(mark, index == members.size());
        }
        boolean[] hole = new boolean[members.size() + 1];
        remarks.holes().forEach(index -> hole[indices[index]] = true);
        hole[members.size()] |= remarks.hasPadding();
        List<Member> found = new ArrayList<>();
        long[] starts = starts(members, byteSize);
        long end = 0;
        for (int i = 0; i <= members.size(); i++) {
            if ((cut[i] || isMissing && !hole[i]) && starts[i] > end) {
                found.add(Member.notShown(end, starts[i] - end));
            }
            end = i == members.size() ? end : Math.max(end, end(members.get(i)));
        }
        return found;
    }

    private void requireSize(SyntaxTree.Mark mark, boolean isLast) {
        if (isLast && !hasByteSize) {
            throw reader.error(
                    mark.token(),
                    "the last lines of " + aggregate.spelling() + " are cut out here and nothing states its size;"
                            + " add `/* size: N */`");
        }
    }

    /** {@return for each index among all members that among the ones without unnamed bit-fields} */
    private int[] indices() {
        List<SyntaxTree.Member> all = aggregate.members();
        int[] indices = new int[all.size() + 1];
        int count = 0;
        for (int i = 0; i < all.size(); i++) {
            indices[i] = count;
            count += all.get(i).isPlaceable() ? 1 : 0;
        }
        indices[all.size()] = count;
        return indices;
    }

    /** {@return for each index the offset of the first byte of the members from it on} */
    private static long[] starts(List<Member> members, long byteSize) {
        long[] starts = new long[members.size() + 1];
        starts[members.size()] = byteSize;
        for (int i = members.size() - 1; i >= 0; i--) {
            Member member = members.get(i);
            long start = member.bytes().map(ByteRange::start).orElse(member.byteOffset());
            starts[i] = Math.min(start, starts[i + 1]);
        }
        return starts;
    }

    private static long end(Member member) {
        return member.bytes().map(ByteRange::end).orElse(member.byteOffset());
    }
}
