package dev.faultline.layout.dialect.clang;

/**
 * What is known of the size of a type that a text does not print.
 *
 * @param least bytes that it has at least, 0 for a type that may be empty
 * @param most bytes that it has at most
 */
record ByteBounds(long least, long most) {

    static final ByteBounds NONE = new ByteBounds(0, Long.MAX_VALUE);

    boolean isExact() {
        return least == most;
    }

    /** {@return what both say; these bounds where the other contradicts them} */
    ByteBounds and(ByteBounds other) {
        long low = Math.max(least, other.least);
        long high = Math.min(most, other.most);
        return low > high ? this : new ByteBounds(low, high);
    }

    /** {@return the bounds of a type whose size is a power of two} */
    ByteBounds powerOfTwo() {
        long low = least <= 1 ? 1 : Long.highestOneBit(least - 1) * 2;
        long high = Long.highestOneBit(most);
        return low > high ? this : new ByteBounds(low, high);
    }
}
