package dev.faultline.layout.paste;

/**
 * Finds the numbers that editors, grep and web pages put in front of lines. A number counts only with its successor
 * near, so that numbers of C are left alone; when numbers are missing, lines were cut out.
 */
final class LineNumbers {

    private static final int MOST_DIGITS = 7;
    private static final int LONGEST_PATH = 256;

    /** Most lines between two numbers; some web pages put each number on a line of its own. */
    private static final int MOST_LINES_APART = 3;

    private final TextBuffer text;
    private int previous = -1;
    private boolean isCut;

    LineNumbers(TextBuffer text) {
        this.text = text;
    }

    /** Replaces marks by blanks, or by a cut where numbers are missing. */
    void remove(int from, int to) {
        text.blank(from, to);
        if (isCut) {
            text.set(from, PastedText.CUT);
            isCut = false;
        }
    }

    /** {@return the index behind a path and a number; {@code at} when there is none} */
    int end(int at, int end) {
        int path = pathEnd(at, end);
        int first = text.skipBlanks(path, end);
        int digits = digitsEnd(first, end);
        if (digits == first || path > at && (digits == end || ":-".indexOf(text.charAt(digits)) < 0)) {
            return at;
        }
        int number = value(first, digits);
        if (path == at && (!isSeparated(digits, end) || !isInSequence(number, end))) {
            return at;
        }
        isCut = previous >= 0 && number > previous + 1;
        previous = number;
        boolean isMark = digits < end && ":-|.".indexOf(text.charAt(digits)) >= 0;
        return secondNumber(isMark ? digits + 1 : digits, end);
    }

    /** {@return the index behind the number of the new side that a web page shows behind that of the old side} */
    private int secondNumber(int at, int end) {
        int first = text.skipBlanks(at, end);
        int digits = digitsEnd(first, end);
        boolean isNumber = first > at && digits > first && (digits == end || TextBuffer.isBlank(text.charAt(digits)));
        return isNumber && !isRestOfComment(digits, end) ? digits : at;
    }

    private boolean isSeparated(int digits, int end) {
        if (digits == end) {
            return true;
        }
        char c = text.charAt(digits);
        boolean isMark = ":|.-".indexOf(c) >= 0 && (digits + 1 == end || TextBuffer.isBlank(text.charAt(digits + 1)));
        return (isMark || c == ':' || TextBuffer.isBlank(c)) && !isRestOfComment(digits, end);
    }

    /** {@return whether a comment ends here that began on a line before, so that its numbers are wrapped ones} */
    private boolean isRestOfComment(int from, int end) {
        for (int i = from; i + 1 < end; i++) {
            if (text.charAt(i) == '/' && text.charAt(i + 1) == '*') {
                return false;
            } else if (text.charAt(i) == '*' && text.charAt(i + 1) == '/') {
                return true;
            }
        }
        return false;
    }

    /** {@return whether the number before this one was near, or the next one follows on one of the next lines} */
    private boolean isInSequence(int number, int end) {
        if (previous >= 0 && number == previous + 1) {
            return true;
        }
        int start = end + 1;
        for (int i = 0; i < MOST_LINES_APART && start < text.length(); i++) {
            int first = text.skipMarks(start, text.lineEnd(start));
            int digits = digitsEnd(first, text.length());
            if (digits > first && isNext(number, first, digits)) {
                return true;
            }
            start = text.lineEnd(start) + 1;
        }
        return false;
    }

    private boolean isNext(int number, int first, int digits) {
        int next = value(first, digits);
        boolean isGrep = digits < text.length() && text.charAt(digits) == ':';
        int lineEnd = text.lineEnd(digits);
        return isSeparated(digits, lineEnd) && (next == number + 1 || isGrep && next > number);
    }

    /** {@return the index behind {@code include/net/sock.h:}; {@code at} when there is no path} */
    private int pathEnd(int at, int end) {
        int last = Math.min(end, at + LONGEST_PATH);
        boolean hasDot = false;
        for (int i = at; i < last; i++) {
            char c = text.charAt(i);
            boolean isNumbered = i + 1 < end && Character.digit(text.charAt(i + 1), 10) >= 0;
            if (hasDot && isNumbered && (c == ':' || c == '-')) {
                return i + 1;
            }
            if (!Character.isLetterOrDigit(c) && "_-+./~".indexOf(c) < 0) {
                return at;
            }
            hasDot |= c == '.' && i > at;
        }
        return at;
    }

    private int digitsEnd(int from, int end) {
        int i = from;
        while (i < end && i < from + MOST_DIGITS && text.charAt(i) >= '0' && text.charAt(i) <= '9') {
            i++;
        }
        return i;
    }

    private int value(int from, int to) {
        int value = 0;
        for (int i = from; i < to; i++) {
            value = 10 * value + text.charAt(i) - '0';
        }
        return value;
    }
}
