package dev.faultline.layout.dialect.clang;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * A line of a record layout: {@code "    48:0-4 |   int bits"}.
 *
 * @param byteOffset the offset from the start of the outermost record; empty in lines that close a record
 * @param bits the first and last bit, counted from the byte of the offset; empty for whole bytes
 * @param hasNoBits whether it is a bit-field of no width
 * @param depth how many records it is in
 * @param content what is behind the bar, without the spaces in front
 */
record ClangLine(OptionalLong byteOffset, Optional<Bits> bits, boolean hasNoBits, int depth, String content) {

    private static final int MOST_DIGITS = 12;

    /** The first and the last bit of a bit-field, counted from the byte it starts in. */
    record Bits(int first, int last) {}

    /** {@return what the line says; empty when it is no line of a record layout} */
    static Optional<ClangLine> of(String line) {
        int bar = line.indexOf('|');
        if (bar < 0) {
            return Optional.empty();
        }
        String front = line.substring(0, bar).strip();
        int start = bar + 1;
        while (start < line.length() && line.charAt(start) == ' ') {
            start++;
        }
        int depth = (start - bar - 1) / 2;
        String content = line.substring(start);
        if (front.isEmpty()) {
            return Optional.of(new ClangLine(OptionalLong.empty(), Optional.empty(), false, depth, content));
        }
        int colon = front.indexOf(':');
        OptionalLong offset = number(colon < 0 ? front : front.substring(0, colon));
        if (offset.isEmpty() || content.isEmpty()) {
            return Optional.empty();
        }
        String behind = colon < 0 ? "" : front.substring(colon + 1);
        Optional<Bits> bits = bits(behind);
        boolean hasNoBits = behind.equals("-");
        return bits.isEmpty() && !behind.isEmpty() && !hasNoBits
                ? Optional.empty()
                : Optional.of(new ClangLine(offset, bits, hasNoBits, depth, content));
    }

    private static Optional<Bits> bits(String text) {
        int dash = text.indexOf('-');
        if (dash <= 0) {
            return Optional.empty();
        }
        OptionalLong first = number(text.substring(0, dash));
        OptionalLong last = number(text.substring(dash + 1));
        boolean isRange = first.isPresent()
                && last.isPresent()
                && first.getAsLong() <= last.getAsLong()
                && last.getAsLong() < 1 << 16;
        return isRange ? Optional.of(new Bits((int) first.getAsLong(), (int) last.getAsLong())) : Optional.empty();
    }

    private static OptionalLong number(String digits) {
        boolean isNumber = !digits.isEmpty()
                && digits.length() <= MOST_DIGITS
                && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        return isNumber ? OptionalLong.of(Long.parseLong(digits)) : OptionalLong.empty();
    }
}
