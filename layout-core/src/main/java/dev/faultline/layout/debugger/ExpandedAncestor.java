package dev.faultline.layout.debugger;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A base class that {@code pahole -E} prints with its members inside a comment. The comments of its members end that
 * comment too early, so that only its name and its place are kept.
 *
 * @param text the base class as pahole prints it without members
 * @param end the first line behind it, from 0
 */
record ExpandedAncestor(String text, int end) {

    private static final int MOST_LINES = 1 << 16;
    private static final Pattern OPENING = Pattern.compile("/\\* ((?:struct|class|union) .{1,4000})\\{");

    /** How a list of a vtable's entries ends; pahole prints the end of its class on the same line. */
    private static final Pattern LIST_END = Pattern.compile("} \\*/\\s{0,80}(?=})");

    private static final Pattern END =
            Pattern.compile("(?:} \\*/\\s{0,80})?}[^<]{0,200}<ancestor>; \\*/\\s{0,80}(/\\*[\\s\\d:xa-f-]{1,80}\\*/)");

    /** {@return the base class that starts at a line} */
    static Optional<ExpandedAncestor> at(DebuggerLines lines, int line) {
        Matcher opening = OPENING.matcher(lines.content(line));
        if (!opening.matches()) {
            return Optional.empty();
        }
        int depth = 1;
        for (int i = line + 1; i < Math.min(lines.count(), line + MOST_LINES); i++) {
            String content = lines.content(i);
            depth += content.endsWith("{") ? 1 : content.startsWith("}") ? -1 : 0;
            depth -= LIST_END.matcher(content).lookingAt() ? 1 : 0;
            if (depth == 0) {
                Matcher end = END.matcher(content);
                DebuggerHead head = DebuggerHead.of(opening.group(1));
                return end.matches()
                        ? Optional.of(new ExpandedAncestor(
                                "/* " + head.keyword() + " " + head.tag() + " <ancestor>; */ " + end.group(1), i + 1))
                        : Optional.empty();
            }
        }
        return Optional.empty();
    }
}
