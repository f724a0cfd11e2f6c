package dev.faultline.layout.token;

/** Reads integers as C and pahole write them. */
public final class IntegerLiterals {

    /** The value that {@link #literal} returns for numbers too large for a {@code long}. */
    static final long TOO_LARGE = Long.MAX_VALUE;

    private IntegerLiterals() {}

    /**
     * {@return the value of a C integer literal: decimal, {@code 0x}, {@code 0b} or octal, with the suffixes of C;
     * {@link #TOO_LARGE} when it does not fit, -1 when it is not a literal}
     */
    public static long literal(String text) {
        int end = text.length();
        while (end > 0 && "uUlL".indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        String digits = text.substring(0, end);
        if (digits.startsWith("0x") || digits.startsWith("0X")) {
            return value(digits, 2, 16);
        }
        if (digits.startsWith("0b") || digits.startsWith("0B")) {
            return value(digits, 2, 2);
        }
        return digits.length() > 1 && digits.charAt(0) == '0' ? value(digits, 1, 8) : value(digits, 0, 10);
    }

    /** {@return the value of a number in pahole's comments, decimal or {@code 0x}; results as for {@link #literal}} */
    public static long stated(String digits) {
        return digits.startsWith("0x") || digits.startsWith("0X") ? value(digits, 2, 16) : value(digits, 0, 10);
    }

    private static long value(String digits, int from, int radix) {
        if (from == digits.length()) {
            return -1;
        }
        long value = 0;
        for (int i = from; i < digits.length(); i++) {
            int digit = Character.digit(digits.charAt(i), radix);
            if (digit < 0) {
                return -1;
            }
            boolean fits = value <= (TOO_LARGE - digit) / radix;
            value = fits ? value * radix + digit : TOO_LARGE;
        }
        return value;
    }
}
