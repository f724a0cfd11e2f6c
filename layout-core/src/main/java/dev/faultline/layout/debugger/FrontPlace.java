package dev.faultline.layout.debugger;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The place that gdb prints in front of a member.
 *
 * @param byteOffset bytes from the start of the outermost struct; empty for a member of a union
 * @param bitOffset first bit of a bit-field in the byte at the offset
 * @param byteSize size of the member's type in bytes
 */
record FrontPlace(OptionalLong byteOffset, OptionalInt bitOffset, long byteSize) {

    private static final String NUMBER = "(0x[0-9a-f]{1,16}|\\d{1,18})";
    private static final Pattern COMMENT = Pattern.compile("/\\*\\s{0,40}(?:" + NUMBER + "(?:\\s{0,9}:\\s{0,9}" + NUMBER
            + ")?\\s{0,40}\\|\\s{0,40})?" + NUMBER + "\\s{0,40}\\*/");

    /**
     * A place and the declaration behind it.
     *
     * @param place the place
     * @param declaration the rest of the line, without blanks around it
     */
    record Placed(FrontPlace place, String declaration) {}

    /** {@return the place that a line begins with, and the rest of the line} */
    static Optional<Placed> read(String line) {
        if (!line.startsWith("/*")) {
            return Optional.empty();
        }
        Matcher found = COMMENT.matcher(line);
        if (!found.lookingAt()) {
            return Optional.empty();
        }
        OptionalLong offset = found.group(1) == null ? OptionalLong.empty() : OptionalLong.of(number(found.group(1)));
        OptionalInt bit = found.group(2) == null
                ? OptionalInt.empty()
                : OptionalInt.of((int) Math.min(number(found.group(2)), Byte.MAX_VALUE));
        FrontPlace place = new FrontPlace(offset, bit, number(found.group(3)));
        return Optional.of(new Placed(place, line.substring(found.end()).strip()));
    }

    /** {@return the value of a decimal or hexadecimal number; addresses of a kernel are negative} */
    static long number(String digits) {
        String lower = digits.toLowerCase(Locale.ROOT);
        try {
            return lower.startsWith("0x") ? Long.parseUnsignedLong(lower.substring(2), 16) : Long.parseLong(lower);
        } catch (NumberFormatException tooLarge) {
            return Long.MAX_VALUE >> 8;
        }
    }
}
