package dev.faultline.suggest.struct;

import dev.faultline.layout.BitField;
import dev.faultline.layout.FieldType;
import dev.faultline.layout.Member;
import dev.faultline.layout.StructLayout;
import dev.faultline.layout.abi.DeclaredMember;
import dev.faultline.layout.abi.SystemV;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** Declares a layout in C with all holes written out and lays it out again. */
final class RedeclaredLayout {

    private static final FieldType BYTE = FieldType.Scalar.natural("u8", 1);

    private final List<DeclaredMember> members = new ArrayList<>();
    private final boolean packed;
    private long bit;

    private RedeclaredLayout(boolean packed) {
        this.packed = packed;
    }

    /** {@return the layout of the declaration; pads are called {@code pad0} and so on} */
    static StructLayout of(StructLayout layout) {
        boolean packed = layout.members().stream()
                .anyMatch(member -> member.type().byteAlignment() > layout.byteAlignment()
                        || member.bits().isPresent() && crosses(member));
        RedeclaredLayout work = new RedeclaredLayout(packed);
        for (Member member : layout.members()) {
            work.add(member);
        }
        work.padTo(8 * layout.byteSize());
        return SystemV.layOut(
                layout.name(), layout.kind(), work.members, packed, layout.byteAlignment(), 0, layout.provenance());
    }

    private static boolean crosses(Member member) {
        BitField bits = member.bits().orElseThrow();
        return bits.bitOffset() + bits.bitSize() > 8 * member.type().byteSize();
    }

    private void add(Member member) {
        long first =
                8 * member.byteOffset() + member.bits().map(BitField::bitOffset).orElse(0);
        padTo(first);
        boolean alone = member.byteOffset() % member.type().byteAlignment() != 0;
        OptionalInt width =
                member.bits().isPresent() ? OptionalInt.of(member.bits().get().bitSize()) : OptionalInt.empty();
        members.add(new DeclaredMember(member.name(), member.type(), width, 0, !packed && width.isEmpty() && alone));
        bit = Math.max(
                bit,
                first
                        + (width.isPresent()
                                ? width.getAsInt()
                                : 8 * member.type().byteSize()));
    }

    private void padTo(long target) {
        while (bit < target) {
            long step;
            if (bit % 8 != 0) {
                step = Math.min(8 - bit % 8, target - bit);
                members.add(new DeclaredMember("", BYTE, OptionalInt.of((int) step), 0, false));
            } else if (target - bit >= 8) {
                step = (target - bit) / 8 * 8;
                FieldType pad = new FieldType.Array(BYTE, step / 8);
                members.add(new DeclaredMember("pad" + members.size(), pad, OptionalInt.empty(), 0, false));
            } else {
                step = target - bit;
                members.add(new DeclaredMember("", BYTE, OptionalInt.of((int) step), 0, false));
            }
            bit += step;
        }
    }
}
