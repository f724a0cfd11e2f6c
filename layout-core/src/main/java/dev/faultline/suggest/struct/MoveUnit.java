package dev.faultline.suggest.struct;

import dev.faultline.layout.ByteRange;
import dev.faultline.layout.FieldRef;
import dev.faultline.layout.Member;
import java.util.List;

/**
 * What moves as a whole: a member, an anonymous aggregate, bit-fields with all that shares their storage units, a cache-line
 * group, misaligned members with what is between them, fields to be kept together.
 *
 * @param parts the members in it; their byte offsets are counted from the start of the atom
 * @param byteSize its size in bytes, at least 1; holes within it included
 * @param modulus a power of two: where it may start is told by the remainder of this
 * @param residue the remainder: a start must be so many bytes above a multiple of the modulus
 * @param todayOffset where it starts today
 * @param touched the fields somebody touches in it
 */
record MoveUnit(List<Part> parts, long byteSize, long modulus, long residue, long todayOffset, List<Touched> touched) {

    /**
     * A member and the struct it is declared in.
     *
     * @param depth 0 for the struct itself, 1 for the opened struct it begins with, and so on
     * @param member the member; its offset is counted from the start of the atom
     * @param todayOffset its offset today, in the struct as a whole
     */
    record Part(int depth, Member member, long todayOffset) {

        /** {@return one past its last byte, counted like the member's offset; for a marker, its offset} */
        long end() {
            return member.bytes().map(ByteRange::end).orElse(member.byteOffset());
        }
    }

    /**
     * A field somebody touches.
     *
     * @param field its index in the workload
     * @param bytes its bytes, counted from the start of the atom
     */
    record Touched(int field, ByteRange bytes) {}

    MoveUnit {
        parts = List.copyOf(parts);
        touched = List.copyOf(touched);
    }

    boolean isTouched() {
        return !touched.isEmpty();
    }

    /** {@return the lowest offset from {@code from} on where it may start} */
    long startFrom(long from) {
        long start = Math.floorDiv(from, modulus) * modulus + residue;
        return start < from ? start + modulus : start;
    }

    boolean mayStartAt(long offset) {
        return offset >= 0 && offset % modulus == residue;
    }

    /** {@return what it is called in messages and in the packing: its first member} */
    String name() {
        for (Part part : parts) {
            if (part.member().bytes().isPresent()) {
                return part.member().isAnonymous()
                        ? "anonymous at " + part.todayOffset()
                        : part.member().name();
            }
        }
        return "atom at " + todayOffset;
    }

    /** {@return the fields of a workload, moved to where {@code offsets} put the units that hold them} */
    static List<FieldRef> moved(List<FieldRef> fields, List<MoveUnit> units, long[] offsets) {
        FieldRef[] moved = new FieldRef[fields.size()];
        for (int i = 0; i < offsets.length; i++) {
            for (Touched touched : units.get(i).touched()) {
                FieldRef field = fields.get(touched.field());
                moved[touched.field()] =
                        new FieldRef(field.path(), field.type(), touched.bytes().plus(offsets[i]), field.bits());
            }
        }
        return List.of(moved);
    }

    MoveUnit withTouched(List<Touched> fields) {
        return new MoveUnit(parts, byteSize, modulus, residue, todayOffset, fields);
    }
}
