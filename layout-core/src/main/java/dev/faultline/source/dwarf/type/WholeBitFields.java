package dev.faultline.source.dwarf.type;

import dev.faultline.source.dwarf.record.TypeRecord.MemberRecord;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds bit-fields as wide as their type, which clang describes as other members: {@code short s : 16}. In a packed
 * struct such a member may start inside the byte in which a bit-field ends; only its byte is stated.
 */
final class WholeBitFields {

    private WholeBitFields() {}

    /** {@return the members, with those that start in the last byte of the bit-field before made bit-fields} */
    static List<MemberRecord> of(List<MemberRecord> members) {
        List<MemberRecord> made = new ArrayList<>(members.size());
        long endBit = 0; // of the bit-field before; 0 when it ends with a byte
        for (MemberRecord member : members) {
            boolean isPart = endBit % 8 != 0
                    && member.bitSize() == 0
                    && member.bitOffset() == endBit / 8 * 8
                    && TypeDecoder.byteSize(member.type()) > 0;
            MemberRecord one = isPart ? bitField(member, endBit) : member;
            endBit = one.bitSize() > 0 ? one.bitOffset() + one.bitSize() : 0;
            made.add(one);
        }
        return made;
    }

    private static MemberRecord bitField(MemberRecord member, long bitOffset) {
        return new MemberRecord(
                member.name(),
                member.type(),
                bitOffset,
                (int) Math.min(Integer.MAX_VALUE, TypeDecoder.byteSize(member.type()) * 8),
                member.byteAlignment(),
                member.role(),
                member.line());
    }
}
