package dev.faultline.layout.paste;

import java.util.Set;
import java.util.TreeSet;

/**
 * What the lines of a whole text tell about a single one.
 *
 * @param isDiff whether lines that start with a minus are the old side of a diff
 * @param hasColons whether colons at the start of lines are quote marks
 * @param writers the initials in front of quote marks: {@code JD> struct foo}
 */
record LineKinds(boolean isDiff, boolean hasColons, Set<String> writers) {

    private static final int MOST_WRITERS = 16;
    private static final int LONGEST_INITIALS = 4;

    static LineKinds of(TextBuffer text) {
        boolean hunks = false;
        boolean plus = false;
        boolean minus = false;
        boolean colons = false;
        Set<String> writers = new TreeSet<>();
        for (int start = 0; start < text.length(); ) {
            int end = text.lineEnd(start);
            int at = text.skipMarks(start, end);
            char c = at < end ? text.charAt(at) : ' ';
            hunks |= c == '@' && DiffSides.isHunk(text, at, end) || c == '*' && DiffSides.isOldHeader(text, at, end);
            plus |= c == '+' && isCode(text, at, end);
            minus |= c == '-' && isCode(text, at, end);
            colons |= c == ':' && opens(text, at + 1, end);
            String initials = c >= 'A' && c <= 'Z' ? initials(text, at, end) : "";
            if (!initials.isEmpty() && writers.size() < MOST_WRITERS) {
                writers.add(initials);
            }
            start = end + 1;
        }
        return new LineKinds(hunks || plus && minus, colons, writers);
    }

    private static boolean isCode(TextBuffer text, int at, int end) {
        for (int i = at + 1; i < end; i++) {
            char c = text.charAt(i);
            if (c == ';' || c == '{' || c == '}' || c == '*' && text.startsWith("*/", i)) {
                return true;
            }
        }
        return false;
    }

    private static boolean opens(TextBuffer text, int at, int end) {
        int first = text.skipBlanks(at, end);
        return text.startsWith("struct ", first)
                || text.startsWith("union ", first)
                || text.startsWith("class ", first)
                || text.startsWith("typedef ", first);
    }

    /** {@return the initials and the mark of a quoted line that begins a declaration; empty for other lines} */
    private static String initials(TextBuffer text, int at, int end) {
        int mark = at;
        while (mark < end && mark <= at + LONGEST_INITIALS && Character.isLetter(text.charAt(mark))) {
            mark++;
        }
        boolean isMarked = mark < end && text.charAt(mark) == '>';
        return isMarked && opens(text, mark + 1, end)
                ? text.subSequence(at, mark + 1).toString()
                : "";
    }
}
