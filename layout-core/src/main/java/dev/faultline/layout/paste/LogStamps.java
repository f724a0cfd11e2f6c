package dev.faultline.layout.paste;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the time in front of a line of a log: of the kernel, of syslog, of a build server. */
final class LogStamps {

    private static final Pattern KERNEL =
            Pattern.compile("(?:<\\d{1,3}>)?\\[ {0,12}\\d{1,10}\\.\\d{1,9}\\](?: ?\\[ {0,12}[TC]\\d{1,10}\\])?");

    private static final String PROGRAM = "(?: \\S{1,60} (?:kernel|[\\w./-]{1,60}\\[\\d{1,10}\\]):)";

    private static final Pattern DATE = Pattern.compile(
            "\\[?\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d:\\d\\d(?:[.,]\\d{1,9})?(?:Z|[+-]\\d\\d:?\\d\\d)?\\]?" + PROGRAM
                    + "?"
                    + "|\\d\\d:\\d\\d:\\d\\d(?:[.,]\\d{1,9})?(?= )"
                    + "|[A-Z][a-z][a-z] [ \\d]\\d \\d\\d:\\d\\d:\\d\\d" + PROGRAM + "?");

    private LogStamps() {}

    /** {@return the index behind the time; {@code at} when there is none} */
    static int end(TextBuffer text, int at, int end) {
        int first = text.skipBlanks(at, end);
        char c = first < end ? text.charAt(first) : ' ';
        Pattern pattern = c == '<' || c == '[' && !isYear(text, first + 1, end)
                ? KERNEL
                : c == '[' || c >= '0' && c <= '9' || c >= 'A' && c <= 'S' ? DATE : null;
        if (pattern == null) {
            return at;
        }
        Matcher matcher = pattern.matcher(text).region(first, end);
        return matcher.lookingAt() ? matcher.end() : at;
    }

    private static boolean isYear(TextBuffer text, int at, int end) {
        return at + 4 < end && text.charAt(at + 4) == '-';
    }
}
