package dev.faultline.suggest.struct;

import dev.faultline.layout.ByteRange;
import dev.faultline.layout.CachelineGroup;
import dev.faultline.layout.Member;
import dev.faultline.suggest.cost.LayoutCostEvaluator;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;

/**
 * Orders the members within cache-line groups: first those only read, then untouched ones, then written ones, each by
 * falling alignment. The costs decide whether that is better. Groups with bit-fields keep their order.
 */
final class GroupMemberOrder {

    private GroupMemberOrder() {}

    /** {@return the struct with the members of its groups in this order} */
    static DecomposedStruct of(DecomposedStruct struct, LayoutCostEvaluator evaluator) {
        BitSet written = evaluator.writtenFields();
        List<MoveUnit> units = struct.units().stream()
                .map(unit -> isGroup(unit) ? ordered(unit, written) : unit)
                .toList();
        return new DecomposedStruct(struct.layout(), struct.openedStructs(), units, struct.tail());
    }

    private static boolean isGroup(MoveUnit group) {
        List<MoveUnit.Part> parts = group.parts();
        return group.todayOffset() > 0 // the first member stays
                && CachelineGroup.isBegin(parts.get(0).member())
                && CachelineGroup.isEnd(parts.get(parts.size() - 1).member())
                && parts.stream().noneMatch(part -> part.member().bits().isPresent())
                && parts.stream()
                                .filter(part -> part.end() == part.member().byteOffset())
                                .count()
                        == 2;
    }

    private static MoveUnit ordered(MoveUnit group, BitSet written) {
        List<MoveUnit.Part> parts = group.parts();
        List<MoveUnit.Part> inside = new ArrayList<>(parts.subList(1, parts.size() - 1));
        inside.sort(Comparator.comparingInt((MoveUnit.Part part) -> heat(group, part, written))
                .thenComparingLong(part -> -part.member().type().byteAlignment()));
        long at = group.residue();
        List<MoveUnit.Part> placed = new ArrayList<>(List.of(parts.get(0)));
        List<MoveUnit.Touched> touched = new ArrayList<>();
        for (MoveUnit.Part part : inside) {
            Member member = part.member();
            at = DecomposedStruct.roundUp(at, member.type().byteAlignment());
            long shift = at - group.residue() - member.byteOffset();
            placed.add(moved(part, at - group.residue()));
            for (MoveUnit.Touched one : group.touched()) {
                if (range(part).contains(one.bytes())) {
                    ByteRange bytes = one.bytes();
                    touched.add(new MoveUnit.Touched(
                            one.field(), new ByteRange(bytes.start() + shift, bytes.end() + shift)));
                }
            }
            at += member.type().byteSize();
        }
        long size = at - group.residue();
        placed.add(moved(parts.get(parts.size() - 1), size));
        return new MoveUnit(placed, size, group.modulus(), group.residue(), group.todayOffset(), touched);
    }

    private static MoveUnit.Part moved(MoveUnit.Part part, long offset) {
        return new MoveUnit.Part(part.depth(), part.member().at(offset), part.todayOffset());
    }

    private static ByteRange range(MoveUnit.Part part) {
        return new ByteRange(part.member().byteOffset(), part.end());
    }

    /** {@return 0 for a member that is only read, 1 for an untouched one, 2 for a written one} */
    private static int heat(MoveUnit group, MoveUnit.Part part, BitSet written) {
        int heat = 1;
        for (MoveUnit.Touched one : group.touched()) {
            if (range(part).contains(one.bytes())) {
                heat = written.get(one.field()) ? 2 : Math.min(heat, 0);
                if (heat == 2) {
                    return heat;
                }
            }
        }
        return heat;
    }
}
