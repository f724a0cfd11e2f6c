package dev.faultline.layout.debugger;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The bits of a bit-field, counted from the start of a unit of its type, as pahole counts them. gdb counts from the
 * byte that holds the first bit.
 *
 * @param unitOffset offset of the unit in bytes
 * @param firstBit first bit, from the start of the unit
 * @param bitSize number of bits
 * @param byteSize size of the unit in bytes
 */
record UnitBits(long unitOffset, long firstBit, long bitSize, long byteSize) {

    private static final Pattern WIDTH = Pattern.compile("[^:]:\\s{0,9}(\\d{1,6})\\s{0,9};$");

    /**
     * {@return the bits of a member; empty when it is no bit-field}
     *
     * @param member the member, which has a place
     * @param byteOffset its offset in bytes
     * @param start offset of its struct in bytes
     */
    static Optional<UnitBits> of(FrontNode member, long byteOffset, long start) {
        Matcher width = WIDTH.matcher(member.head);
        FrontPlace place = member.place.orElseThrow();
        if (member.hasBody() || !width.find() || place.byteSize() < 1 || byteOffset < start) {
            return Optional.empty();
        }
        long unit = start + (byteOffset - start) / place.byteSize() * place.byteSize();
        long first = (byteOffset - unit) * 8 + place.bitOffset().orElse(0);
        return Optional.of(new UnitBits(unit, first, Long.parseLong(width.group(1)), place.byteSize()));
    }

    /** {@return the first byte behind it} */
    long end() {
        return unitOffset + (firstBit + bitSize + 7) / 8;
    }

    /** {@return whether it is the first of its unit, behind other bits} */
    boolean startsBehindHole(Optional<UnitBits> before) {
        boolean same = before.isPresent() && before.get().unitOffset == unitOffset && before.get().byteSize == byteSize;
        return firstBit > 0 && !same;
    }

    /** {@return the comment that states its place} */
    String place() {
        return " /* " + unitOffset + ":" + firstBit + " " + byteSize + " */";
    }
}
