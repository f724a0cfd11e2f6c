package dev.faultline.layout.paste;

import java.util.ArrayList;
import java.util.List;

/** Removes what stands before, behind and between the lines of a text. */
final class PastedLines {

    private static final int MOST_MARKS = 32;

    private final TextBuffer text;
    private final LineKinds kinds;
    private final LineNumbers numbers;
    private final QuoteMarks quotes;
    private final DiffSides diff;

    PastedLines(TextBuffer text) {
        this.text = text;
        this.kinds = LineKinds.of(text);
        this.numbers = new LineNumbers(text);
        this.quotes = new QuoteMarks(text, kinds);
        this.diff = new DiffSides(text);
    }

    void clean() {
        for (int start = 0; start < text.length(); ) {
            int end = text.lineEnd(start);
            line(start, end);
            start = end + 1;
        }
    }

    /** Removes only what no tool prints in front of a column: quote marks and times of logs. */
    void cleanColumns() {
        for (int start = 0; start < text.length(); ) {
            int end = text.lineEnd(start);
            int at = start;
            for (int i = 0; i < MOST_MARKS; i++) {
                int first = text.skipBlanks(at, end);
                int next = LogStamps.end(text, at, end);
                next = next == at && first < end && text.charAt(first) == '>' ? first + 1 : next;
                text.blank(at, next);
                at = next;
            }
            cut(at, end);
            start = end + 1;
        }
    }

    List<String> notes() {
        List<String> notes = new ArrayList<>();
        if (diff.removed() > 0) {
            notes.add("this is a diff: the new side is read, "
                    + (diff.removed() == 1 ? "1 line" : diff.removed() + " lines") + " of the old side left out");
        }
        return notes;
    }

    private void line(int start, int end) {
        int at = marks(start, end);
        if (kinds.isDiff()) {
            at = diff.line(at, end);
        }
        int first = text.skipBlanks(at, end);
        if (first < end && text.charAt(first) == '+') {
            text.blank(first, first + 1);
        }
        int last = text.trimEnd(at, end);
        if (!cut(at, end) && last > at && text.charAt(last - 1) == '\\') {
            text.blank(last - 1, last);
        }
    }

    private boolean cut(int at, int end) {
        int first = text.skipBlanks(at, end);
        int last = text.trimEnd(first, end);
        if (text.startsWith("--Type <RET> for more", first) || text.startsWith("---Type <return> to", first)) {
            text.blank(first, last); // gdb asks before the next page
            return true;
        }
        boolean isCut = CutMarks.isOne(text, first, last);
        if (isCut) {
            text.blank(first, last);
            text.set(first, PastedText.CUT);
        }
        return isCut;
    }

    /** Removes the marks in front of a line and returns where the line itself starts. */
    private int marks(int start, int end) {
        int at = start;
        for (int i = 0; i < MOST_MARKS; i++) {
            int next = LogStamps.end(text, at, end);
            next = next > at ? next : numbers.end(at, end);
            next = next > at ? next : quotes.end(at, end);
            if (next == at) {
                break;
            }
            numbers.remove(at, next);
            at = next;
        }
        return at;
    }
}
