package dev.faultline.source.llvm.text;

import java.util.List;

/**
 * A type of the IR.
 *
 * @param kind what it is
 * @param bits of a number, its size in bits
 * @param count of an array or vector, the number of elements
 * @param element of an array, a vector or a typed pointer, what it consists of or points to
 * @param fields of a struct, the types of its fields
 * @param isPacked of a struct, whether its fields have no gaps
 * @param name of a named struct, its name
 */
public record IrType(
        Kind kind, int bits, long count, IrType element, List<IrType> fields, boolean isPacked, String name) {

    /** What a type is. */
    public enum Kind {
        /** No value. */
        VOID,
        /** A number of bits. */
        INTEGER,
        /** A floating-point number. */
        FLOAT,
        /** A pointer. */
        POINTER,
        /** An array. */
        ARRAY,
        /** A vector. */
        VECTOR,
        /** A struct with its fields. */
        STRUCT,
        /** A struct by its name. */
        NAMED,
        /** A function. */
        FUNCTION,
        /** A label, metadata, a token. */
        OTHER
    }

    static final IrType VOID = of(Kind.VOID, 0);
    static final IrType OTHER = of(Kind.OTHER, 0);
    static final IrType POINTER = of(Kind.POINTER, 0);

    static IrType of(Kind kind, int bits) {
        return new IrType(kind, bits, 0, null, List.of(), false, "");
    }

    static IrType pointer(IrType target) {
        return new IrType(Kind.POINTER, 0, 0, target, List.of(), false, "");
    }

    static IrType sequence(Kind kind, long count, IrType element) {
        return new IrType(kind, 0, count, element, List.of(), false, "");
    }

    static IrType struct(List<IrType> fields, boolean isPacked) {
        return new IrType(Kind.STRUCT, 0, 0, null, fields, isPacked, "");
    }

    static IrType named(String name) {
        return new IrType(Kind.NAMED, 0, 0, null, List.of(), false, name);
    }

    static IrType function(IrType result) {
        return new IrType(Kind.FUNCTION, 0, 0, result, List.of(), false, "");
    }

    /** {@return whether it is a pointer} */
    public boolean isPointer() {
        return kind == Kind.POINTER;
    }

    /** {@return the name of the struct that it is or points to; empty for others} */
    public String structName() {
        IrType one = kind == Kind.POINTER && element != null ? element : this;
        return one.kind == Kind.NAMED ? one.name : "";
    }
}
