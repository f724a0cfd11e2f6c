package dev.faultline.layout.debugger;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
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

    private static final String COMMENT = "/* ";
    private static final Pattern OPENING = Pattern.compile("/\\* (?:struct|class|union) .{1,4000}\\{");
    /** The last line of a base class; that of a class with virtual functions also ends the list of them. */
    private static final Pattern END =
            Pattern.compile("(?:} \\*/\\s{0,80})?}[^<]{0,200}<ancestor>; \\*/\\s{0,80}(/\\*[\\s\\d:xa-f-]{1,80}\\*/)");

    /** {@return the base classes of a text by the line that they start at, from 0} */
    static Map<Integer, ExpandedAncestor> all(DebuggerLines lines) {
        Map<Integer, ExpandedAncestor> found = new HashMap<>();
        Deque<Integer> open = new ArrayDeque<>();
        for (int line = 0; line < lines.count(); line++) {
            String content = lines.content(line);
            for (int at = 0; at < content.length(); at++) {
                boolean isQuoted = at > 0 && content.charAt(at - 1) == '\'';
                if (content.charAt(at) == '{' && !isQuoted) {
                    open.push(line);
                } else if (content.charAt(at) == '}' && !isQuoted && !open.isEmpty()) {
                    add(lines, open.pop(), line, found);
                }
            }
        }
        return found;
    }

    private static void add(DebuggerLines lines, int first, int last, Map<Integer, ExpandedAncestor> found) {
        String opening = lines.content(first);
        if (opening.startsWith(COMMENT)
                && !opening.contains("*/")
                && OPENING.matcher(opening).matches()) {
            Matcher end = END.matcher(lines.content(last));
            if (end.matches()) {
                DebuggerHead head = DebuggerHead.of(opening.substring(COMMENT.length(), opening.length() - 1));
                String text = COMMENT + head.keyword() + " " + head.tag() + " <ancestor>; */ " + end.group(1);
                found.put(first, new ExpandedAncestor(text, last + 1));
            }
        }
    }
}
