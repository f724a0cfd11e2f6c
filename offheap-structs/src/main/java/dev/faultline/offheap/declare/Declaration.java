package dev.faultline.offheap.declare;

import dev.faultline.layout.AggregateKind;
import dev.faultline.layout.FieldType;
import dev.faultline.layout.StructLayout;
import dev.faultline.layout.explicit.ExplicitLayoutBuilder;
import java.util.List;

/**
 * Declares a struct with explicit offsets: each field at its byte, each hole with its size.
 *
 * <pre>{@code
 * public static final StructLayout LAYOUT = Declaration.struct("ring")
 *         .field("head", Declaration.int64(), 0)
 *         .hole(8, 56)
 *         .field("tail", Declaration.int64(), 64)
 *         .hole(72, 56)
 *         .ofSize(128, 64);
 * }</pre>
 *
 * <p>A gap that is not declared, a field that starts before the one before it ends, a second field of the same name, or
 * a size that is another throws an {@link IllegalArgumentException} that names the struct and both places. Offsets need
 * not be multiples of the alignment of a type; a word that several threads use ({@code StructView.int64}) needs one
 * that is. Bytes of unknown content are declared as a field named after their offset ({@link #undeclared}), so that
 * they are not taken for padding.
 *
 * <p>The methods that declare something return this declaration, and take constant time. A declaration can be ended
 * more than once, and continued after that; layouts do not change. Not thread-safe.
 *
 * <p>Faultline finds layouts that are declared this way in {@code static final} fields of class files, without running
 * them, as far as offsets and sizes are computed from constants.
 */
public final class Declaration {

    private static final String OWN = "declared in Java";

    private final ExplicitLayoutBuilder builder;
    private final String source;

    private Declaration(AggregateKind kind, String name, String source) {
        builder = new ExplicitLayoutBuilder(kind, name);
        this.source = source;
    }

    /**
     * {@return the start of a struct of the program's own}
     *
     * @param name its tag
     */
    public static Declaration struct(String name) {
        return new Declaration(AggregateKind.STRUCT, name, OWN);
    }

    /**
     * {@return the start of a struct of the built-in catalogue}
     *
     * @param name its tag
     * @param version its version, or an empty string
     */
    public static Declaration struct(String name, String version) {
        return new Declaration(AggregateKind.STRUCT, name, version.isEmpty() ? "catalogue" : "catalogue " + version);
    }

    /**
     * {@return the start of a union; all its members start at byte 0}
     *
     * @param name its tag, or an empty string
     */
    public static Declaration union(String name) {
        return new Declaration(AggregateKind.UNION, name, OWN);
    }

    /** {@return a 64-bit number, {@code long} in Java} */
    public static FieldType int64() {
        return number("long", 8);
    }

    /** {@return a 32-bit number, {@code int} in Java} */
    public static FieldType int32() {
        return number("int", 4);
    }

    /** {@return a 16-bit number, {@code short} in Java} */
    public static FieldType int16() {
        return number("short", 2);
    }

    /** {@return an 8-bit number, {@code byte} in Java} */
    public static FieldType int8() {
        return number("byte", 1);
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
     * @param byteOffset its offset in bytes, from 0
     * @return this declaration
     * @throws IllegalArgumentException when it does not start there, or another field has its name
     */
    public Declaration field(String field, FieldType type, long byteOffset) {
        builder.field(field, type, byteOffset);
        return this;
    }

    /**
     * Declares an embedded struct.
     *
     * @param field its name; empty for a nameless one
     * @param embedded its layout
     * @param byteOffset its offset in bytes, from 0
     * @return this declaration
     * @throws IllegalArgumentException when it does not start where the field or hole before it ends, or another field
     *     has its name
     */
    public Declaration field(String field, StructLayout embedded, long byteOffset) {
        return field(field, embedded(embedded.spelling(), embedded), byteOffset);
    }

    /**
     * Declares consecutive bit-fields of a whole unit, from its bit 0 on. The unit must start where the field before it
     * ends.
     *
     * @param unit the type of the unit
     * @param unitByteOffset offset of the unit in bytes, from 0
     * @param named name and width in bits of each, such as {@code "rt_pmtu:31"}
     * @return this declaration
     * @throws IllegalArgumentException when one is written otherwise, they need more bits than the unit has, or the
     *     unit does not start there
     */
    public Declaration bits(FieldType unit, long unitByteOffset, String... named) {
        builder.bits(unit, unitByteOffset, List.of(named));
        return this;
    }

    /**
     * Declares one bit-field, which starts where the field or the unused bits before it end.
     *
     * @param field its name
     * @param unit the type of its unit
     * @param unitByteOffset offset of its unit in bytes, from 0; earlier fields may share the unit
     * @param bitOffset its first bit in the unit, from 0
     * @param bitSize its width in bits, at least 1
     * @return this declaration
     * @throws IllegalArgumentException when it does not start there, or another field has its name
     */
    public Declaration bit(String field, FieldType unit, long unitByteOffset, int bitOffset, int bitSize) {
        builder.bit(field, unit, unitByteOffset, bitOffset, bitSize);
        return this;
    }

    /**
     * Declares unused bits after the last field.
     *
     * @param bitSize how many, at least 1
     * @return this declaration
     * @throws IllegalArgumentException when there are none
     */
    public Declaration unusedBits(int bitSize) {
        builder.unusedBits(bitSize);
        return this;
    }

    /**
     * Declares bytes of unknown content.
     *
     * @param byteOffset their offset in bytes, from 0
     * @param byteSize how many
     * @return this declaration
     * @throws IllegalArgumentException when they do not start where the field or hole before them ends
     */
    public Declaration undeclared(long byteOffset, long byteSize) {
        builder.undeclared(byteOffset, byteSize);
        return this;
    }

    /**
     * Declares unused bytes.
     *
     * @param byteOffset their offset in bytes, from 0
     * @param byteSize how many, at least 1
     * @return this declaration
     * @throws IllegalArgumentException when they do not start where the field or hole before them ends
     */
    public Declaration hole(long byteOffset, long byteSize) {
        builder.hole(byteOffset, byteSize);
        return this;
    }

    /**
     * Ends the declaration.
     *
     * @param byteSize the size of the struct in bytes; the last field or hole must end there
     * @param byteAlignment the alignment of the type in bytes, a power of two: a view of the struct must start at a
     *     multiple of it
     * @return the layout
     * @throws IllegalArgumentException when the size is another, or the alignment is no power of two
     */
    public StructLayout ofSize(long byteSize, long byteAlignment) {
        return builder.ofSize(byteSize, byteAlignment, source);
    }

    /**
     * Ends the declaration of a struct of which only the first bytes are known.
     *
     * @param byteSize how many bytes are known
     * @param byteAlignment the alignment of the type in bytes, a power of two
     * @return the layout of these bytes
     * @throws IllegalArgumentException when the last field or hole ends elsewhere, or the alignment is no power of two
     */
    public StructLayout upTo(long byteSize, long byteAlignment) {
        return builder.upTo(byteSize, byteAlignment, source);
    }
}
