package dev.faultline.layout.paste;

/** Keeps the new side of a diff, line by line: unified, combined or context. */
final class DiffSides {

    private final TextBuffer text;
    private int columns = 1;
    private boolean isOldSection;
    private boolean removesRest;
    private int removed;
    private int depth;
    private String opening = "";

    DiffSides(TextBuffer text) {
        this.text = text;
    }

    /** {@return the number of lines of the old side} */
    int removed() {
        return removed;
    }

    /** {@return whether a line is {@code @@ -1,6 +1,6 @@}, or the like for several old sides} */
    static boolean isHunk(TextBuffer text, int at, int end) {
        int signs = at;
        while (signs < end && text.charAt(signs) == '@') {
            signs++;
        }
        return signs - at >= 2 && text.startsWith(" -", signs);
    }

    /** {@return whether a line is {@code *** 1,6 ****}} */
    static boolean isOldHeader(TextBuffer text, int at, int end) {
        return isSection(text, at, end, "*** ", " ****");
    }

    private static boolean isSection(TextBuffer text, int at, int end, String front, String back) {
        int last = text.trimEnd(at, end);
        boolean framed = text.startsWith(front, at) && text.startsWith(back, last - back.length());
        return framed
                && last - at > front.length() + back.length()
                && Character.digit(text.charAt(at + front.length()), 10) >= 0;
    }

    /** Removes the marks of a line, or all of it, and returns where the rest starts. */
    int line(int at, int end) {
        int first = text.skipBlanks(at, end);
        if (isHunk(text, first, end)) {
            hunk(first, end);
            return end;
        }
        if (isHeader(first, end)) {
            text.blank(at, end);
            depth = 0;
            return end;
        }
        if (isOldSection || isRemoved(at, end)) {
            remove(at, end);
            return end;
        }
        int kept = removesRest ? restEnd(at, end) : at;
        removesRest = false;
        int i = text.skipBlanks(kept, end);
        while (i < end && (text.charAt(i) == '+' || text.charAt(i) == '!')) {
            text.blank(i, i + 1);
            i++;
        }
        count(kept, end);
        return kept;
    }

    private boolean isHeader(int at, int end) {
        if (isOldHeader(text, at, end)) {
            isOldSection = true;
            return true;
        }
        if (isSection(text, at, end, "--- ", " ----")) {
            isOldSection = false;
            return true;
        }
        boolean isFile = text.startsWith("+++ ", at)
                || text.startsWith("--- ", at) && text.startsWith("+++ ", nextLine(end))
                || text.startsWith("*** ", at) && text.startsWith("--- ", nextLine(end))
                || text.startsWith("diff --", at)
                || text.startsWith("***************", at);
        isOldSection &= !isFile;
        return isFile;
    }

    /** {@return where the next line starts, behind its quote marks} */
    private int nextLine(int end) {
        int start = Math.min(text.length(), end + 1);
        return text.skipMarks(start, text.lineEnd(start));
    }

    /** {@return whether one of the columns of marks has a minus, and the line does not only end a wrapped comment} */
    private boolean isRemoved(int at, int end) {
        int first = text.skipBlanks(at, end);
        boolean isMinus = first < end && text.charAt(first) == '-';
        if (columns > 1) {
            for (int i = at; i < Math.min(end, at + columns); i++) {
                isMinus |= text.charAt(i) == '-';
            }
        }
        int close = isMinus ? indexOf("*/", first, end) : -1;
        int open = close < 0 ? -1 : indexOf("/*", first, end);
        return isMinus && (close < 0 || open >= 0 && open < close || removesRest);
    }

    private int indexOf(String part, int from, int end) {
        for (int i = from; i + part.length() <= end; i++) {
            if (text.startsWith(part, i)) {
                return i;
            }
        }
        return -1;
    }

    private void remove(int at, int end) {
        int dashes = text.skipBlanks(at, end);
        while (dashes < end && text.charAt(dashes) == '-') {
            dashes++;
        }
        removed += text.skipBlanks(dashes, end) < end ? 1 : 0; // not what ends a mail or a patch
        removesRest = false;
        for (int i = at; i + 1 < end; i++) {
            if (text.startsWith("/*", i)) {
                removesRest = true;
            } else if (text.startsWith("*/", i)) {
                removesRest = false;
            }
        }
        text.blank(at, end);
    }

    /** Removes the end of a comment that a mailer wrapped and whose beginning is removed. */
    private int restEnd(int at, int end) {
        int close = indexOf("*/", at, end);
        int open = indexOf("/*", at, end);
        if (close < 0 || open >= 0 && open < close) {
            return at;
        }
        text.blank(at, close + 2);
        return close + 2;
    }

    /** Keeps the struct that git names behind a hunk's numbers, unless it is open; its first lines are not shown. */
    private void hunk(int at, int end) {
        int signs = at;
        while (text.charAt(signs) == '@') {
            signs++;
        }
        columns = signs - at - 1;
        isOldSection = false;
        removesRest = false;
        int rest = signs;
        while (rest < end && text.charAt(rest) != '@') {
            rest++;
        }
        while (rest < end && text.charAt(rest) == '@') {
            rest++;
        }
        int first = text.skipBlanks(rest, end);
        String context = text.subSequence(first, text.trimEnd(first, end)).toString();
        text.blank(at, end);
        boolean opens = context.endsWith("{") && !(depth > 0 && opening.startsWith(context));
        int cut = at;
        if (opens) {
            cut = at + columns; // in the column of the lines below, which have signs in front
            for (int i = 0; i < context.length(); i++) {
                text.set(cut++, context.charAt(i));
            }
            opening = context;
            depth = 1;
        }
        text.set(cut, PastedText.CUT);
    }

    private void count(int at, int end) {
        boolean isComment = false;
        for (int i = at; i < end; i++) {
            char c = text.charAt(i);
            if (text.startsWith(isComment ? "*/" : "/*", i)) {
                isComment = !isComment;
                i++;
            } else if (c == '{' && !isComment) {
                depth++;
                if (depth == 1) {
                    int first = text.skipBlanks(at, end);
                    opening = text.subSequence(first, end).toString();
                }
            } else if (c == '}' && !isComment && depth > 0) {
                depth--;
            }
        }
    }
}
