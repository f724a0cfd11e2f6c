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
    private final long packBytes;
    private final List<Member> members = new ArrayList<>();
    private long bitEnd;
    private long unionByteSize;
    private long alignment = 1;

    private SystemV(boolean union, boolean packed, long packBytes) {
        this.union = union;
        this.packed = packed;
        this.packBytes = packBytes;
    }

    /**
     * Lays out an aggregate.
     *
     * @param name its tag, empty for an anonymous one
     * @param kind struct or union
     * @param declared its members in order
     * @param packed whether the type is {@code packed}
     * @param byteAlignment the alignment in bytes that {@code aligned} requests for the type, 1 without
     * @param packBytes the alignment in bytes to which {@code #pragma pack} limits its members, 0 without
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
            long packBytes,
            Provenance provenance) {
        SystemV abi = new SystemV(kind == AggregateKind.UNION, packed, packBytes);
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
        long natural = packed || member.packed() ? 1 : member.typeByteAlignment();
        long memberAlignment = limited(Math.max(natural, member.byteAlignment()));
        alignment = Math.max(alignment, memberAlignment);
        long offset = union ? 0 : ByteRange.roundUp(bytes(bitEnd), memberAlignment);
        members.add(Member.of(member.name(), member.type(), offset));
        advance(Math.multiplyExact(offset + member.type().byteSize(), 8L));
    }

    /** {@return an alignment in bytes as {@code #pragma pack} limits it, requested ones too} */
    private long limited(long byteAlignment) {
        return packBytes == 0 ? byteAlignment : Math.min(byteAlignment, packBytes);
    }

    private void addBits(DeclaredMember member) {
        int width = member.bitSize().orElseThrow();
        if (width == 0) {
            // `int :0` ends the unit, packed or not, and does not align the struct
            long unit = 8 * Math.max(member.typeByteAlignment(), member.byteAlignment());
            bitEnd = union ? bitEnd : ByteRange.roundUp(bitEnd, unit);
            return;
        }
        boolean tight = packed || member.packed();
        long asked = limited(member.byteAlignment());
        long from = union ? 0 : ByteRange.roundUp(bitEnd, Math.max(1, 8 * asked));
        if (!tight && packBytes == 0 && crosses(member, from, width)) {
            from = ByteRange.roundUp(from, 8 * member.typeByteAlignment());
        }
        if (!member.name().isEmpty()) { // an unnamed bit-field does not align the struct
            long natural = tight && packBytes == 0 ? 1 : limited(member.typeByteAlignment());
            alignment = Math.max(alignment, Math.max(natural, asked));
            long unitBytes = member.type().byteSize();
            long unit = from / (8 * unitBytes) * unitBytes;
            members.add(Member.bits(member.name(), member.type(), unit, (int) (from - 8 * unit), width));
        }
        advance(from + width);
    }

    /**
     * {@return whether a bit-field from this bit spans more units of its type's alignment than the type has; one that
     * is as wide and as aligned as a number never does}
     */
    private static boolean crosses(DeclaredMember member, long from, int width) {
        if (width >= 8 && width <= 64 && Integer.bitCount(width) == 1 && from % width == 0) {
            return false;
        }
        long unitBits = 8 * member.typeByteAlignment();
        long spanned = (from % unitBits + width + unitBits - 1) / unitBits;
        return spanned > 8 * member.type().byteSize() / unitBits;
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
