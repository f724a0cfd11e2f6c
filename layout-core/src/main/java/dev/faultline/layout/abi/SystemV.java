package dev.faultline.layout.abi;

import dev.faultline.layout.AggregateKind;
import dev.faultline.layout.ByteRange;
import dev.faultline.layout.Member;
import dev.faultline.layout.Provenance;
import dev.faultline.layout.StructLayout;
import java.util.ArrayList;
import java.util.List;

/**
 * Lays out C structs and unions by the System V ABI for x86-64 (section 3.1.2, "Aggregates and Unions" and
 * "Bit-Fields"). Linear in the number of members.
 */
public final class SystemV {

    private final boolean union;
    private final boolean packed;
    private final List<Member> members = new ArrayList<>();
    private long bitEnd;
    private long unionByteSize;
    private long alignment = 1;

    private SystemV(boolean union, boolean packed) {
        this.union = union;
        this.packed = packed;
    }

    /**
     * Lays out an aggregate.
     *
     * @param name its tag, empty for an anonymous one
     * @param kind struct or union
     * @param declared its members in order
     * @param packed whether the type is {@code packed}
     * @param byteAlignment the alignment in bytes that {@code aligned} requests for the type, 1 without
     * @param provenance where the declaration comes from
     * @return the layout that gcc makes
     * @throws IllegalArgumentException when the members do not make a valid layout
     * @throws ArithmeticException when it would be larger than 2^60 bytes
     */
    public static StructLayout layOut(
            String name,
            AggregateKind kind,
            List<DeclaredMember> declared,
            boolean packed,
            long byteAlignment,
            Provenance provenance) {
        SystemV abi = new SystemV(kind == AggregateKind.UNION, packed);
        for (DeclaredMember member : declared) {
            if (member.bitSize().isPresent()) {
                abi.addBits(member);
            } else {
                abi.add(member);
            }
        }
        long alignment = Math.max(abi.alignment, byteAlignment);
        long end = abi.union ? abi.unionByteSize : bytes(abi.bitEnd);
        return StructLayout.of(name, kind, ByteRange.roundUp(end, alignment), alignment, abi.members, provenance);
    }

    private void add(DeclaredMember member) {
        long natural = packed || member.packed() ? 1 : member.type().byteAlignment();
        long memberAlignment = Math.max(natural, member.byteAlignment());
        alignment = Math.max(alignment, memberAlignment);
        long offset = union ? 0 : ByteRange.roundUp(bytes(bitEnd), memberAlignment);
        members.add(Member.of(member.name(), member.type(), offset));
        advance(Math.multiplyExact(offset + member.type().byteSize(), 8L));
    }

    private void addBits(DeclaredMember member) {
        int width = member.bitSize().orElseThrow();
        long unitBytes = member.type().byteSize();
        boolean tight = packed || member.packed();
        long natural = tight ? 1 : member.type().byteAlignment();
        long from = union ? 0 : bitEnd;
        if (width == 0) {
            // `int :0` ends the unit, packed or not, and does not align the struct
            bitEnd = union
                    ? bitEnd
                    : ByteRange.roundUp(from, 8 * Math.max(member.type().byteAlignment(), member.byteAlignment()));
            return;
        }
        if (member.byteAlignment() > 1) {
            from = ByteRange.roundUp(from, 8 * member.byteAlignment());
        }
        boolean crosses = from / (8 * unitBytes) != (from + width - 1) / (8 * unitBytes);
        if (!tight && crosses) {
            from = ByteRange.roundUp(from, 8 * natural);
        }
        if (!member.name().isEmpty()) { // an unnamed bit-field does not align the struct
            alignment = Math.max(alignment, Math.max(natural, member.byteAlignment()));
            long unit = from / (8 * unitBytes) * unitBytes;
            members.add(Member.bits(member.name(), member.type(), unit, (int) (from - 8 * unit), width));
        }
        advance(from + width);
    }

    private void advance(long bits) {
        if (union) {
            unionByteSize = Math.max(unionByteSize, bytes(bits));
        } else {
            bitEnd = bits;
        }
    }

    private static long bytes(long bits) {
        return bits / 8 + (bits % 8 == 0 ? 0 : 1);
    }
}
