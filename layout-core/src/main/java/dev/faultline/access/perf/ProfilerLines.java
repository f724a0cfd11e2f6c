package dev.faultline.access.perf;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The lines of a text as people paste it: without the marks of a quoted mail, line numbers and ends of DOS lines. */
final class ProfilerLines {

    /** Longer lines are no output of a profiler. */
    static final int LONGEST = 8_192;

    private static final Pattern QUOTE = Pattern.compile("^(?:> ?){1,16}");
    private static final Pattern NUMBER = Pattern.compile("^ {0,8}[0-9]{1,7}\t");

    private ProfilerLines() {}

    /** {@return the lines, without what is too long to be one} */
    static List<String> of(String text) {
        List<String> lines = new ArrayList<>();
        for (int start = 0, end; start < text.length(); start = end + 1) {
            end = text.indexOf('\n', start);
            end = end < 0 ? text.length() : end;
            lines.add(end - start > LONGEST ? "" : plain(text.substring(start, end)));
        }
        return lines;
    }

    private static String plain(String line) {
        String plain = line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
        plain = plain.replace('\u00a0', ' ');
        if (plain.startsWith(">")) {
            plain = QUOTE.matcher(plain).replaceFirst("");
        }
        return plain.indexOf('\t') >= 0 ? NUMBER.matcher(plain).replaceFirst("").replace('\t', ' ') : plain;
    }

    /** {@return the words of a line} */
    static List<String> words(String line) {
        String stripped = line.strip();
        return stripped.isEmpty() ? List.of() : List.of(stripped.split("\\s+"));
    }

    /**
     * {@return a percentage such as {@code 26.36%} or, where a language writes it so, {@code 26,36%}, in hundredths of a
     * percent; -1 when it is none}
     */
    static long hundredths(String word) {
        String number =
                word.endsWith("%") ? word.substring(0, word.length() - 1).replace(',', '.') : "";
        return decimal(number);
    }

    /** {@return a decimal number in hundredths; -1 when it is none, or larger than 1,000} */
    static long hundredths(double value) {
        return value >= 0 && value <= 1_000 ? Math.round(value * 100) : -1;
    }

    private static long decimal(String number) {
        return number.matches("[0-9]{1,4}(\\.[0-9]{1,6})?") ? hundredths(Double.parseDouble(number)) : -1;
    }

    /** {@return a whole number; -1 when it is none, or too large} */
    static long whole(String word) {
        return word.matches("[0-9]{1,18}") ? Long.parseLong(word) : -1;
    }

    /** {@return whether a word is a hexadecimal number without prefix, of at most 16 digits} */
    static boolean isHex(String word, int fewest) {
        return word.length() >= fewest
                && word.length() <= 16
                && word.chars().allMatch(c -> c >= '0' && c <= '9' || c >= 'a' && c <= 'f');
    }

    /** {@return the address that a word is, with or without 0x; -1 when it is none} */
    static long address(String word) {
        String digits = word.startsWith("0x") ? word.substring(2) : word;
        return isHex(digits, 1) ? Long.parseUnsignedLong(digits, 16) : -1;
    }
}
