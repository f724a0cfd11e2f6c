package dev.faultline.offheap.declare;

import dev.faultline.layout.AggregateKind;
import dev.faultline.layout.FieldType;
import dev.faultline.layout.Member;
import dev.faultline.layout.Provenance;
import dev.faultline.layout.StructLayout;
import java.util.ArrayList;
import java.util.List;

/**
 * Declares a struct with explicit offsets: each field at its byte, each hole with its size. An undeclared gap, or a
 * field that does not start where the one before it ends, throws an {@link IllegalArgumentException} that names both.
 * Bytes of unknown content are declared as a field named after their offset ({@link #undeclared}), so that they are not
 * taken for padding. The methods that declare something return this declaration. Not thread-safe.
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

    /**
     * {@return the start of a struct of the program's own}
     *
     * @param name its tag
     */
    public static Declaration struct(String name) {
        return new Declaration(name, AggregateKind.STRUCT, OWN);
    }

    /**
     * {@return the start of a struct of the built-in catalogue}
     *
     * @param name its tag
     * @param version its version, or an empty string
     */
    public static Declaration struct(String name, String version) {
        return new Declaration(name, AggregateKind.STRUCT, version.isEmpty() ? "catalogue" : "catalogue " + version);
    }

    /**
     * {@return the start of a union; all its members start at byte 0}
     *
     * @param name its tag, or an empty string
     */
    public static Declaration union(String name) {
        return new Declaration(name, AggregateKind.UNION, OWN);
    }

    /**
     * {@return a 64-bit pointer}
     *
     * @param spelling the type in C
     */
    public static FieldType pointer(String spelling) {
        return FieldType.Scalar.natural(spelling, 8);
    }

    /**
     * {@return a 32-bit pointer}
     *
     * @param spelling the type in C
     */
    public static FieldType pointer32(String spelling) {
        return FieldType.Scalar.natural(spelling, 4);
    }

    /**
     * {@return a number or enum, aligned to its size}
     *
     * @param spelling the type in C
     * @param byteSize its size in bytes
     */
    public static FieldType number(String spelling, int byteSize) {
        return FieldType.Scalar.natural(spelling, byteSize);
    }

    /**
     * {@return a number with an alignment of its own}
     *
     * @param spelling the type in C
     * @param byteSize its size in bytes
     * @param byteAlignment its alignment in bytes
     */
    public static FieldType number(String spelling, int byteSize, int byteAlignment) {
        return new FieldType.Scalar(spelling, byteSize, byteAlignment);
    }

    /** {@return the type of a member of no bytes that begins or ends a group of members} */
    public static FieldType marker() {
        return array(number("__u8", 1), 0);
    }

    /**
     * {@return an array}
     *
     * @param element the type of an element
     * @param count number of elements; 0 for a flexible array
     */
    public static FieldType array(FieldType element, long count) {
        return new FieldType.Array(element, count);
    }

    /**
     * {@return a type of which only name, size and alignment matter}
     *
     * @param spelling the type in C
     * @param byteSize its size in bytes
     * @param byteAlignment its alignment in bytes
     */
    public static FieldType opaque(String spelling, int byteSize, int byteAlignment) {
        return new FieldType.Opaque(spelling, byteSize, byteAlignment);
    }

    /**
     * {@return an embedded struct under a name that is not its tag, such as {@code spinlock_t}}
     *
     * @param spelling the type in C
     * @param layout its layout
     */
    public static FieldType embedded(String spelling, StructLayout layout) {
        return new FieldType.Aggregate(spelling, layout);
    }

    /**
     * Declares a field. In a struct it must start where the field or hole before it ends.
     *
     * @param field its name; empty for a nameless struct or union
     * @param type its type
     * @param byteOffset its offset in bytes
     * @return this declaration
     */
    public Declaration field(String field, FieldType type, long byteOffset) {
        return add(Member.of(field, type, byteOffset), 8 * (byteOffset + type.byteSize()));
    }

    /**
     * Declares an embedded struct.
     *
     * @param field its name; empty for a nameless one
     * @param embedded its layout
     * @param byteOffset its offset in bytes
     * @return this declaration
     */
    public Declaration field(String field, StructLayout embedded, long byteOffset) {
        return field(field, embedded(embedded.spelling(), embedded), byteOffset);
    }

    /**
     * Declares consecutive bit-fields of a whole unit, from its bit 0 on. The unit must start where the field before it
     * ends.
     *
     * @param unit the type of the unit
     * @param unitByteOffset offset of the unit in bytes
     * @param named name and width in bits of each, such as {@code "rt_pmtu:31"}
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
     * Declares one bit-field, which starts where the field or the unused bits before it end.
     *
     * @param field its name
     * @param unit the type of its unit
     * @param unitByteOffset offset of its unit in bytes; earlier fields may share the unit
     * @param bitOffset its first bit in the unit
     * @param bitSize its width in bits
     * @return this declaration
     */
    public Declaration bit(String field, FieldType unit, long unitByteOffset, int bitOffset, int bitSize) {
        return add(
                Member.bits(field, unit, unitByteOffset, bitOffset, bitSize), 8 * unitByteOffset + bitOffset + bitSize);
    }

    /**
     * Declares unused bits after the last field.
     *
     * @param bitSize how many
     * @return this declaration
     */
    public Declaration unusedBits(int bitSize) {
        endBit += bitSize;
        return this;
    }

    /**
     * Declares bytes of unknown content.
     *
     * @param byteOffset their offset in bytes
     * @param byteSize how many
     * @return this declaration
     */
    public Declaration undeclared(long byteOffset, long byteSize) {
        part = ", in part";
        return field("undeclared_" + byteOffset, array(number("u8", 1), byteSize), byteOffset);
    }

    /**
     * Declares unused bytes.
     *
     * @param byteOffset their offset in bytes
     * @param byteSize how many
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
                    + ", but the declaration before it ends at "
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
     * @param byteSize the size of the struct in bytes; the last field or hole must end there
     * @param byteAlignment the alignment of the type in bytes, a power of two
     * @return the layout
     * @throws IllegalArgumentException when the size is another
     */
    public StructLayout ofSize(long byteSize, long byteAlignment) {
        if (8 * byteSize != endBit) {
            throw new IllegalArgumentException(name + ": declared size " + byteSize + ", but its fields end at "
                    + place(endBit).replace("byte ", ""));
        }
        return StructLayout.of(
                name, kind, byteSize, byteAlignment, members, Provenance.of(Provenance.Origin.DECLARED, source + part));
    }

    /**
     * Ends the declaration of a struct of which only the first bytes are known.
     *
     * @param byteSize how many bytes are known
     * @param byteAlignment the alignment of the type in bytes, a power of two
     * @return the layout of these bytes
     * @throws IllegalArgumentException when the last field or hole ends elsewhere
     */
    public StructLayout upTo(long byteSize, long byteAlignment) {
        part = ", its first " + byteSize + " bytes, in part";
        return ofSize(byteSize, byteAlignment);
    }
}
