package dev.faultline.layout.syntax;

import dev.faultline.layout.FieldType;

/**
 * Types whose size tools print wrongly: pahole gives the size of what an rvalue reference refers to, no size of a
 * pointer to a member, and any number for {@code decltype(nullptr)} and for Go's functions. The ABIs of 64-bit machines
 * fix these sizes.
 */
public final class CxxTypes {

    private static final long POINTER = 8;

    private CxxTypes() {}

    /**
     * A type with what is known of it.
     *
     * @param spelling the type
     * @param pointer whether it is an address
     * @param byteSize its size in bytes
     */
    record Known(String spelling, boolean pointer, long byteSize) {}

    /**
     * {@return the type that a tool prints}
     *
     * @param printed the type as printed
     * @param byteSize the size in bytes that its comment states
     */
    static Known of(String printed, long byteSize) {
        if (printed.isEmpty()) {
            return new Known("&&", true, POINTER); // pahole does not print the type of an rvalue reference
        }
        if (printed.equals("void")) {
            return new Known("decltype(nullptr)", true, POINTER);
        }
        if (printed.startsWith("func(") && !printed.endsWith("*")) {
            return new Known(printed, true, POINTER);
        }
        if (printed.endsWith("::*")) {
            return new Known(printed, true, addressByteSize(printed));
        }
        boolean pointer = printed.endsWith("*")
                || printed.endsWith("&")
                || printed.startsWith("map[")
                || printed.startsWith("chan ")
                || printed.startsWith("<-chan ");
        return new Known(printed, pointer, byteSize);
    }

    /** {@return the type of a pointer, reference or pointer to a member that a compiler lays out} */
    public static FieldType address(String spelling) {
        return address(spelling, addressByteSize(spelling));
    }

    /** {@return the type of a pointer, reference or pointer to a member of a size in bytes, at least 1} */
    public static FieldType address(String spelling, long byteSize) {
        return new FieldType.Scalar(spelling, byteSize, Math.min(POINTER, Long.highestOneBit(byteSize)));
    }

    /** {@return the size in bytes of an address: twice that of a pointer for a pointer to a function of a class} */
    private static long addressByteSize(String spelling) {
        boolean method = spelling.contains("::*)") || spelling.endsWith("::*") && spelling.contains(")");
        return method ? 2 * POINTER : POINTER;
    }
}
