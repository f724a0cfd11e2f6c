package dev.faultline.offheap.declare;

import dev.faultline.layout.AggregateKind;
import dev.faultline.layout.FieldType;
import dev.faultline.layout.Member;
import dev.faultline.layout.Provenance;
import dev.faultline.layout.StructLayout;
import java.util.ArrayList;
import java.util.List;

/**
 * Declares a struct with nothing left to a compiler: each field at its byte, each hole with its size. A gap that is not
 * declared, or a field that is not where the ones before it end, is refused when it is declared, with an
 * {@code IllegalArgumentException} that names both. Bytes of which nothing is told are a run of their own, named after where
 * it starts, so that nobody takes them for padding. Not for several threads at once.
 */
public final class Declaration {

    private static final String OWN = "declared in Java";

    private final String name;
    private final AggregateKind kind;
    private final String source;
    private final List<Member> members = new ArrayList<>();
    private long endBit;
    private String part = "";

    private Declaration(String name, AggregateKind kind, String source) {
        this.name = name;
        this.kind = kind;
        this.source = source;
    }

    /** {@return the beginning of a struct of a program's own} */
    public static Declaration struct(String name) {
        return new Declaration(name, AggregateKind.STRUCT, OWN);
    }

    /** {@return the beginning of a struct of the built-in catalogue, of a version; empty for one of no version} */
    public static Declaration struct(String name, String version) {
        return new Declaration(name, AggregateKind.STRUCT, version.isEmpty() ? "catalogue" : "catalogue " + version);
    }

    /** {@return the beginning of a union, whose members all start at byte 0; the name is empty when it has none} */
    public static Declaration union(String name) {
        return new Declaration(name, AggregateKind.UNION, OWN);
    }

    /** {@return a pointer} */
    public static FieldType pointer(String spelling) {
        return FieldType.Scalar.natural(spelling, 8);
    }

    /** {@return a pointer of a machine of 4-byte pointers} */
    public static FieldType pointer32(String spelling) {
        return FieldType.Scalar.natural(spelling, 4);
    }

    /** {@return a number or enum of some bytes, aligned to its size} */
    public static FieldType number(String spelling, int byteSize) {
        return FieldType.Scalar.natural(spelling, byteSize);
    }

    /** {@return a number of some bytes with an alignment of its own} */
    public static FieldType number(String spelling, int byteSize, int byteAlignment) {
        return new FieldType.Scalar(spelling, byteSize, byteAlignment);
    }

    /** {@return a member of no bytes: it begins or ends a group of members, or marks where one starts} */
    public static FieldType marker() {
        return array(number("__u8", 1), 0);
    }

    /** {@return so many elements one after the other; none for a flexible array} */
    public static FieldType array(FieldType element, long count) {
        return new FieldType.Array(element, count);
    }

    /** {@return a type of which nothing matters here but its name and size} */
    public static FieldType opaque(String spelling, int byteSize, int byteAlignment) {
        return new FieldType.Opaque(spelling, byteSize, byteAlignment);
    }

    /** {@return a struct laid out inside another, called by a name that is not its tag: {@code spinlock_t}} */
    public static FieldType embedded(String spelling, StructLayout layout) {
        return new FieldType.Aggregate(spelling, layout);
    }

    /**
     * Declares a field; in a struct it must start where the last one, or the last declared hole, ends.
     *
     * @param field its name; empty for a nameless struct or union
     * @param type its type
     * @param byteOffset where it starts
     * @return this declaration
     */
    public Declaration field(String field, FieldType type, long byteOffset) {
        return add(Member.of(field, type, byteOffset), 8 * (byteOffset + type.byteSize()));
    }

    /**
     * Declares a struct laid out inside this one.
     *
     * @param field its name; empty for a nameless one
     * @param embedded its layout
     * @param byteOffset where it starts
     * @return this declaration
     */
    public Declaration field(String field, StructLayout embedded, long byteOffset) {
        return field(field, embedded(embedded.spelling(), embedded), byteOffset);
    }

    /**
     * Declares the bit-fields of a whole unit, which follow each other from its bit 0 on; the unit must start where the last
     * field ends.
     *
     * @param unit the type they are declared with
     * @param unitByteOffset where the unit starts
     * @param named each a name and a width, as in {@code "rt_pmtu:31"}
     * @return this declaration
     */
    public Declaration bits(FieldType unit, long unitByteOffset, String... named) {
        int bit = 0;
        for (String one : named) {
            int colon = one.indexOf(':');
            int width = Integer.parseInt(one.substring(colon + 1));
            bit(one.substring(0, colon), unit, unitByteOffset, bit, width);
            bit += width;
        }
        endBit = 8 * (unitByteOffset + unit.byteSize());
        return this;
    }

    /**
     * Declares one bit-field, which starts where the last field, or the last unused bits, end.
     *
     * @param field its name
     * @param unit the type it is declared with
     * @param unitByteOffset where its unit starts, which may be before the fields that share the unit
     * @param bitOffset its first bit in the unit
     * @param bitSize how many bits it has
     * @return this declaration
     */
    public Declaration bit(String field, FieldType unit, long unitByteOffset, int bitOffset, int bitSize) {
        return add(
                Member.bits(field, unit, unitByteOffset, bitOffset, bitSize), 8 * unitByteOffset + bitOffset + bitSize);
    }

    /**
     * Declares bits that nothing uses, behind the last field.
     *
     * @return this declaration
     */
    public Declaration unusedBits(int bitSize) {
        endBit += bitSize;
        return this;
    }

    /**
     * Declares bytes that hold something, of which the catalogue does not say what.
     *
     * @return this declaration
     */
    public Declaration undeclared(long byteOffset, long byteSize) {
        part = ", in part";
        return field("undeclared_" + byteOffset, array(number("u8", 1), byteSize), byteOffset);
    }

    /**
     * Declares unused bytes.
     *
     * @return this declaration
     */
    public Declaration hole(long byteOffset, long byteSize) {
        expectEnd("a hole", 8 * byteOffset);
        endBit = 8 * (byteOffset + byteSize);
        return this;
    }

    private Declaration add(Member member, long memberEndBit) {
        if (kind == AggregateKind.UNION) {
            endBit = Math.max(endBit, memberEndBit);
        } else {
            int bit = member.bits().map(bits -> bits.bitOffset()).orElse(0);
            expectEnd(member.name(), 8 * member.byteOffset() + bit);
            endBit = memberEndBit;
        }
        members.add(member);
        return this;
    }

    private void expectEnd(String what, long bit) {
        if (bit != endBit) {
            throw new IllegalArgumentException(name + ": " + what + " declared at " + place(bit)
                    + ", but what is declared before it ends at "
                    + place(endBit).replace("byte ", "")
                    + "; declare the hole");
        }
    }

    private static String place(long bit) {
        return "byte " + bit / 8 + (bit % 8 == 0 ? "" : ", bit " + bit % 8);
    }

    /**
     * Ends the declaration.
     *
     * @param byteSize the size; where the last field or hole ends
     * @param byteAlignment alignment of the type, a power of two
     * @return the layout
     */
    public StructLayout ofSize(long byteSize, long byteAlignment) {
        if (8 * byteSize != endBit) {
            throw new IllegalArgumentException(name + ": declared size " + byteSize + ", but its fields end at "
                    + place(endBit).replace("byte ", ""));
        }
        return StructLayout.of(
                name, kind, byteSize, byteAlignment, members, Provenance.of(Provenance.Origin.DECLARED, source + part));
    }

    /** {@return the layout of the first bytes of a struct whose end is not known} */
    public StructLayout upTo(long byteSize, long byteAlignment) {
        part = ", its first " + byteSize + " bytes, in part";
        return ofSize(byteSize, byteAlignment);
    }
}
