package dev.faultline.source.dwarf;

import dev.faultline.layout.Member;
import java.util.List;

/**
 * What places of members tell about a packed struct, which debug information does not name: a member where its type may
 * not be shows that the struct has no larger alignment than its offset.
 */
final class PackedMembers {

    private static final long UNLIMITED = Long.MAX_VALUE;

    private PackedMembers() {}

    /** {@return the largest alignment that a struct with these members may have, in bytes} */
    static long mostAlignment(List<Member> members) {
        return members.stream().mapToLong(PackedMembers::mostAlignment).min().orElse(UNLIMITED);
    }

    private static long mostAlignment(Member member) {
        if (member.bits().isPresent()) {
            long end =
                    (long) member.bits().get().bitOffset() + member.bits().get().bitSize();
            return end > member.type().byteSize() * 8 ? 1 : UNLIMITED; // it crosses the end of its unit
        }
        boolean isMisplaced = member.byteOffset() % member.type().byteAlignment() != 0;
        return isMisplaced ? Long.lowestOneBit(member.byteOffset()) : UNLIMITED;
    }
}
