package dev.faultline.suggest.struct;

import dev.faultline.layout.ByteRange;
import dev.faultline.layout.CachelineGroup;
import dev.faultline.layout.FieldType;
import dev.faultline.layout.Member;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Decomposes a struct into the units that move as a whole. */
final class StructDecomposer {

    /** Largest alignment assumed for a type of unknown alignment, in bytes. */
    private static final long MOST_ALIGNED = 64;

    private final List<OpenedStruct> openedStructs;
    private final List<Piece> pieces = new ArrayList<>();
    private final List<MoveUnit.Part> tail = new ArrayList<>();

    /** A unit under construction; its parts are at their offsets of today. */
    private static final class Piece {
        private final List<MoveUnit.Part> parts = new ArrayList<>();
        private long start;
        private long end;
        private long modulus = 1;
        private boolean misaligned;

        private Piece(long start, long end) {
            this.start = start;
            this.end = end;
        }

        private void take(Piece other) {
            parts.addAll(other.parts);
            start = Math.min(start, other.start);
            end = Math.max(end, other.end);
            modulus = Math.max(modulus, other.modulus);
            misaligned |= other.misaligned;
        }

        private MoveUnit build() {
            List<MoveUnit.Part> moved = new ArrayList<>();
            for (MoveUnit.Part part : parts) {
                Member member = part.member();
                moved.add(new MoveUnit.Part(part.depth(), member.at(member.byteOffset() - start), part.todayOffset()));
            }
            return new MoveUnit(moved, end - start, modulus, start % modulus, start, List.of());
        }
    }

    private StructDecomposer(List<OpenedStruct> openedStructs) {
        this.openedStructs = openedStructs;
    }

    /** {@return the units of a struct, without touched fields} */
    static DecomposedStruct of(List<OpenedStruct> openedStructs) {
        StructDecomposer decomposer = new StructDecomposer(openedStructs);
        decomposer.collect(0);
        decomposer.pieces.sort(Comparator.comparingLong((Piece piece) -> piece.start));
        decomposer.mergeMisaligned();
        decomposer.mergeOverlapping();
        List<MoveUnit> units = decomposer.pieces.stream().map(Piece::build).toList();
        return new DecomposedStruct(openedStructs.get(0).layout(), openedStructs, units, decomposer.tail);
    }

    /**
     * Collects the members of one opened struct. A member without bytes joins the next unit; the last ones join the
     * unit before.
     */
    private void collect(int depth) {
        OpenedStruct openedStruct = openedStructs.get(depth);
        List<Member> members = inOrder(openedStruct);
        List<MoveUnit.Part> waiting = new ArrayList<>();
        Piece last = null;
        for (int i = 0; i < members.size(); i++) {
            Member member = members.get(i);
            int end = groupEnd(members, i);
            if (end > i && hasBytes(members.subList(i, end + 1))) {
                last = group(depth, members.subList(i, end + 1));
                i = end;
            } else if (member.bytes().isEmpty()) {
                waiting.add(new MoveUnit.Part(depth, member, member.byteOffset()));
                continue;
            } else if (isOpened(depth, member)) {
                collect(depth + 1);
                continue;
            } else {
                last = piece(depth, member);
            }
            long first = member.bytes().map(ByteRange::start).orElse(last.start);
            for (MoveUnit.Part marker : waiting) {
                // directly before the member; the storage unit of a bit-field may start before the marker
                place(marker, last, Math.max(last.start, Math.min(first, marker.todayOffset())));
            }
            waiting.clear();
            pieces.add(last);
        }
        for (MoveUnit.Part part : waiting) {
            if (depth == 0 && isFlexible(part.member())) {
                tail.add(part);
            } else if (last != null) {
                place(part, last, last.end);
            }
        }
    }

    private static List<Member> inOrder(OpenedStruct openedStruct) {
        List<Member> members = new ArrayList<>(openedStruct.layout().members());
        members.sort(Comparator.comparingLong(member -> member.byteOffset() * 8
                + member.bits().map(bits -> bits.bitOffset()).orElse(0)));
        return members;
    }

    private boolean isOpened(int depth, Member member) {
        return depth + 1 < openedStructs.size()
                && member.byteOffset() == 0
                && openedStructs
                        .get(depth)
                        .pathOf(member.name())
                        .equals(openedStructs.get(depth + 1).path());
    }

    private static boolean isFlexible(Member member) {
        return member.type() instanceof FieldType.Array;
    }

    private static boolean hasBytes(List<Member> members) {
        return members.stream().anyMatch(member -> member.bytes().isPresent());
    }

    private static void place(MoveUnit.Part marker, Piece piece, long offset) {
        Member member = marker.member();
        piece.parts.add(new MoveUnit.Part(marker.depth(), member.at(offset), offset));
    }

    private Piece piece(int depth, Member member) {
        long start = member.byteOffset();
        long end = Math.max(
                start + member.type().byteSize(), member.bytes().orElseThrow().end());
        OpenedStruct openedStruct = openedStructs.get(depth);
        Piece piece = new Piece(start, Math.min(end, openedStruct.layout().byteSize()));
        piece.parts.add(new MoveUnit.Part(depth, member, start));
        if (member.bits().isPresent()) {
            piece.modulus = Long.highestOneBit(Math.max(1, member.type().byteSize()));
            piece.misaligned = end > openedStruct.layout().byteSize();
        } else {
            // in a packed struct too: a member that is aligned today stays aligned
            piece.modulus = alignment(member);
            piece.misaligned = start % member.type().byteAlignment() != 0;
        }
        return piece;
    }

    /**
     * {@return the alignment to keep: for a type of which only the size is known, the one its offset today suggests;
     * for a packed type, the one its members need}
     */
    private static long alignment(Member member) {
        FieldType type = member.type();
        while (type instanceof FieldType.Array array) {
            type = array.element();
        }
        return type instanceof FieldType.Opaque && type.byteAlignment() == 1
                ? Long.lowestOneBit(member.byteOffset() | member.type().byteSize() | MOST_ALIGNED)
                : inside(type);
    }

    private static long inside(FieldType type) {
        long alignment = type.byteAlignment();
        if (type instanceof FieldType.Array array) {
            return inside(array.element());
        }
        if (type instanceof FieldType.Aggregate inner) {
            for (Member member : inner.layout().members()) {
                alignment = Math.max(alignment, inside(member.type()));
            }
        }
        return alignment;
    }

    private static int groupEnd(List<Member> members, int begin) {
        for (int i = begin + 1; CachelineGroup.isBegin(members.get(begin)) && i < members.size(); i++) {
            if (CachelineGroup.matches(members.get(begin), members.get(i))) {
                return i;
            }
        }
        return -1;
    }

    /** {@return a cache-line group with both its markers, unchanged} */
    private Piece group(int depth, List<Member> members) {
        Piece group = new Piece(
                members.get(0).byteOffset(), members.get(members.size() - 1).byteOffset());
        for (Member member : members) {
            if (member.bytes().isPresent()) {
                group.take(piece(depth, member));
            } else {
                group.parts.add(new MoveUnit.Part(depth, member, member.byteOffset()));
            }
        }
        return group;
    }

    /**
     * Misaligned members keep their relative offsets, together with all members between them and so with the cause of
     * the misalignment.
     */
    private void mergeMisaligned() {
        long from = Long.MAX_VALUE;
        long to = 0;
        for (Piece piece : pieces) {
            if (piece.misaligned) {
                from = Math.min(from, piece.start);
                to = Math.max(to, piece.end);
            }
        }
        if (to > 0) {
            join(from, to);
        }
    }

    private void join(long from, long to) {
        Piece joined = null;
        for (int i = 0; i < pieces.size(); ) {
            Piece piece = pieces.get(i);
            if (piece.start < to && piece.end > from) {
                if (joined == null) {
                    joined = piece;
                    i++;
                } else {
                    joined.take(piece);
                    pieces.remove(i);
                }
            } else {
                i++;
            }
        }
    }

    /** Joins bit-fields with the members that share their storage units. */
    private void mergeOverlapping() {
        for (int i = 1; i < pieces.size(); ) {
            Piece before = pieces.get(i - 1);
            if (pieces.get(i).start < before.end) {
                before.take(pieces.remove(i));
                // the joined piece may start before the end of the piece before
                i = Math.max(1, i - 1);
            } else {
                i++;
            }
        }
    }
}
