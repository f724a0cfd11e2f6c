package dev.faultline.suggest.struct;

import dev.faultline.layout.FieldType;
import dev.faultline.layout.Member;
import dev.faultline.layout.StructLayout;
import dev.faultline.suggest.Move;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Builds a layout from units and their offsets. An opened struct reaches from byte 0 to the end of its last member; a
 * member of an outer struct that starts before that end moves into it.
 */
final class LayoutBuilder {

    private final DecomposedStruct struct;
    private final int lineBytes;
    private final List<Placed> placed = new ArrayList<>();

    /** A member at its new offset in the whole struct. */
    private static final class Placed {
        private final MoveUnit.Part part;
        private final int unit;
        private final long offset;
        private final long firstBit;
        private final long end;
        private int depth;

        private Placed(MoveUnit.Part part, int unit, long shift) {
            this.part = part;
            this.unit = unit;
            this.offset = part.member().byteOffset() + shift;
            this.firstBit = offset * 8
                    + part.member().bits().map(bits -> bits.bitOffset()).orElse(0);
            this.end = part.end() + shift;
            this.depth = part.depth();
        }

        private Member member() {
            Member member = part.member();
            return member.at(offset);
        }
    }

    private LayoutBuilder(DecomposedStruct struct, long[] offsets, int lineBytes) {
        this.struct = struct;
        this.lineBytes = lineBytes;
        long end = 0;
        for (int i = 0; i < offsets.length; i++) {
            MoveUnit unit = struct.units().get(i);
            end = Math.max(end, offsets[i] + unit.byteSize());
            for (MoveUnit.Part part : unit.parts()) {
                placed.add(new Placed(part, i, offsets[i]));
            }
        }
        for (MoveUnit.Part part : struct.tail()) {
            placed.add(new Placed(part, -1, struct.tailFrom(end) - part.member().byteOffset()));
        }
        // a marker goes before the member at its offset: behind it, it would get the offset of that member's end
        placed.sort(Comparator.comparingLong((Placed one) -> one.firstBit)
                .thenComparingInt(one -> one.end > one.offset ? 1 : 0)
                .thenComparingLong(one -> one.unit < 0 ? Long.MAX_VALUE : offsets[one.unit]));
    }

    /**
     * {@return the struct with its units at these offsets; empty when a member would move into a struct that already
     * has a member of that name}
     */
    static Optional<RebuiltLayout> of(DecomposedStruct struct, long[] offsets, int lineBytes) {
        LayoutBuilder builder = new LayoutBuilder(struct, offsets, lineBytes);
        long[] sizes = builder.assignDepths();
        StructLayout layout = null;
        List<String> changed = new ArrayList<>();
        for (int depth = struct.openedStructs().size() - 1; depth >= 0; depth--) {
            Optional<StructLayout> made = builder.build(depth, sizes[depth], layout);
            if (made.isEmpty()) {
                return Optional.empty();
            }
            layout = made.get();
            if (depth > 0
                    && !layout.sameBytesAs(struct.openedStructs().get(depth).layout())) {
                changed.add(0, struct.openedStructs().get(depth).path());
            }
        }
        return Optional.of(new RebuiltLayout(layout, builder.renames(), changed, builder.moves()));
    }

    /** Assigns each member the opened struct it belongs to and returns the size of each opened struct. */
    private long[] assignDepths() {
        int count = struct.openedStructs().size();
        long[] sizes = new long[count];
        for (int depth = count - 1; depth >= 0; depth--) {
            long alignment = struct.openedStructs().get(depth).layout().byteAlignment();
            long end = 1;
            for (Placed one : placed) {
                end = one.depth >= depth ? Math.max(end, one.end) : end;
            }
            end = DecomposedStruct.roundUp(end, alignment);
            for (Placed one :
                    placed) { // in order of offset: a member that moves in may enlarge the struct over the next one
                if (one.depth < depth && one.firstBit < 8 * end) {
                    end = Math.max(end, DecomposedStruct.roundUp(moveInto(one, depth), alignment));
                }
            }
            sizes[depth] = end;
        }
        return sizes;
    }

    /** Moves a member and the rest of its unit into an opened struct; returns one past their last byte. */
    private long moveInto(Placed moved, int depth) {
        long end = 0;
        for (Placed one : placed) {
            if (one == moved || one.unit == moved.unit) {
                one.depth = Math.max(one.depth, depth);
                end = Math.max(end, one.end);
            }
        }
        return end;
    }

    private Optional<StructLayout> build(int depth, long byteSize, StructLayout inner) {
        OpenedStruct openedStruct = struct.openedStructs().get(depth);
        List<Member> members = new ArrayList<>();
        if (inner != null) {
            OpenedStruct first = struct.openedStructs().get(depth + 1);
            String name = first.path().substring(first.path().lastIndexOf('.') + 1);
            members.add(Member.of(name, new FieldType.Aggregate(first.spelling(), inner), 0));
        }
        for (Placed one : placed) {
            if (one.depth == depth) {
                members.add(one.member());
            }
        }
        Set<String> names = new HashSet<>();
        for (Member member : members) {
            for (String name : MoveUnit.names(member)) {
                if (!names.add(name)) {
                    return Optional.empty();
                }
            }
        }
        StructLayout today = openedStruct.layout();
        return Optional.of(StructLayout.of(
                today.name(), today.kind(), byteSize, today.byteAlignment(), members, today.provenance()));
    }

    private Map<String, String> renames() {
        Map<String, String> renames = new LinkedHashMap<>();
        for (Placed one : placed) {
            if (one.depth != one.part.depth()) {
                for (String name : one.part.names()) {
                    renames.put(
                            struct.openedStructs().get(one.part.depth()).pathOf(name),
                            struct.openedStructs().get(one.depth).pathOf(name));
                }
            }
        }
        return renames;
    }

    private List<Move> moves() {
        List<Move> moves = new ArrayList<>();
        for (Placed one : placed) {
            long from = one.part.todayOffset();
            boolean elsewhere = from != one.offset || one.depth != one.part.depth();
            if (elsewhere && one.end > one.offset) {
                for (String name : one.part.names()) {
                    moves.add(new Move(
                            struct.openedStructs().get(one.part.depth()).pathOf(name),
                            struct.openedStructs().get(one.depth).pathOf(name),
                            from,
                            one.offset,
                            from / lineBytes,
                            one.offset / lineBytes));
                }
            }
        }
        return moves;
    }
}
