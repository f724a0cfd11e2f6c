package dev.faultline.suggest.struct;

import dev.faultline.layout.ByteRange;
import dev.faultline.layout.FieldRef;
import dev.faultline.layout.FieldType;
import dev.faultline.layout.Member;
import java.util.List;

/**
 * A unit that moves as a whole: a member, an anonymous aggregate, bit-fields with everything that shares their
 * storage units, a cache-line group, misaligned members with everything between them, or fields to be kept together.
 *
 * @param parts its members; their byte offsets count from the start of the unit
 * @param byteSize its size in bytes, holes included; at least 1
 * @param modulus a power of two; the unit may start at offsets that are {@code residue} above a multiple of it
 * @param residue remainder of a valid start offset modulo {@code modulus}
 * @param todayOffset its offset today
 * @param touched its fields that a role touches
 */
record MoveUnit(List<Part> parts, long byteSize, long modulus, long residue, long todayOffset, List<Touched> touched) {

    /**
     * A member and the struct that declares it.
     *
     * @param depth 0 for the outer struct, 1 for the opened struct at its byte 0, and so on
     * @param member the member; its offset counts from the start of the unit
     * @param todayOffset its offset today, in the whole struct
     */
    record Part(int depth, Member member, long todayOffset) {

        /**
         * {@return one past its last byte, from the start of the unit; the offset of a marker, which has no bytes}
         */
        long end() {
            return member.bytes().map(ByteRange::end).orElse(member.byteOffset());
        }

        List<String> names() {
            return MoveUnit.names(member);
        }
    }

    /**
     * A field that a role touches.
     *
     * @param field its index in the workload
     * @param bytes its bytes, from the start of the unit
     */
    record Touched(int field, ByteRange bytes) {}

    MoveUnit {
        parts = List.copyOf(parts);
        touched = List.copyOf(touched);
    }

    boolean isTouched() {
        return !touched.isEmpty();
    }

    /** {@return whether it holds a member that the compiler or the source fixes at its place} */
    boolean isPinned() {
        return parts.stream().anyMatch(part -> part.member().role().isPinned());
    }

    /** {@return the lowest valid start offset that is at least {@code from}} */
    long startFrom(long from) {
        long start = Math.floorDiv(from, modulus) * modulus + residue;
        return start < from ? start + modulus : start;
    }

    boolean mayStartAt(long offset) {
        return offset >= 0 && offset % modulus == residue;
    }

    /** {@return its name in messages and packings: that of its first member} */
    String name() {
        for (Part part : parts) {
            if (part.member().bytes().isPresent()) {
                return part.member().isAnonymous()
                        ? "anonymous at " + part.todayOffset()
                        : part.member().name();
            }
        }
        return "unit at " + todayOffset;
    }

    /**
     * {@return the names that a member adds to its struct: its own, or those of the members inside when it is
     * anonymous}
     */
    static List<String> names(Member member) {
        if (!member.isAnonymous()) {
            return List.of(member.name());
        }
        return member.type() instanceof FieldType.Aggregate inner
                ? inner.layout().members().stream()
                        .flatMap(one -> names(one).stream())
                        .toList()
                : List.of();
    }

    /** {@return the fields of a workload at the offsets of the units that hold them} */
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
