package dev.faultline.input;

import java.util.ArrayList;
import java.util.List;

/** Reads a glob. In paths only {@code **} matches the separator, and a backslash escapes the next character. */
final class GlobReader {

    private static final int SEPARATOR = '/';

    private final String text;
    private final int[] letters;
    private final boolean path;
    private final List<GlobMatcher.Part> parts = new ArrayList<>();
    private int at;

    private GlobReader(String text, boolean path) {
        this.text = text;
        this.letters = text.codePoints().toArray();
        this.path = path;
    }

    /** {@return a matcher of whole names} */
    static GlobMatcher ofName(String text) {
        return new GlobReader(text, false).read();
    }

    /** {@return a matcher of paths with {@code /} between names} */
    static GlobMatcher ofPath(String text) {
        return new GlobReader(text, true).read();
    }

    private GlobMatcher read() {
        while (at < letters.length) {
            int letter = letters[at++];
            switch (letter) {
                case '*' -> run();
                case '?' -> parts.add(path ? GlobMatcher.Part.allBut(false, SEPARATOR) : GlobMatcher.Part.ANY);
                case '[' -> parts.add(oneOf());
                case '\\' -> parts.add(GlobMatcher.Part.letter(path ? escaped() : letter));
                default -> parts.add(GlobMatcher.Part.letter(letter));
            }
        }
        return new GlobMatcher(parts);
    }

    private void run() {
        boolean two = at < letters.length && letters[at] == '*';
        GlobMatcher.Part run = path && !two ? GlobMatcher.Part.allBut(true, SEPARATOR) : GlobMatcher.Part.RUN;
        while (at < letters.length && letters[at] == '*') {
            at++; // more than two stars mean the same as two
        }
        parts.add(run);
    }

    private int escaped() {
        if (at == letters.length) {
            throw new IllegalArgumentException("nothing after the last '\\' in '" + text + "'");
        }
        return letters[at++];
    }

    private GlobMatcher.Part oneOf() {
        boolean others = at < letters.length && letters[at] == '!';
        int from = others ? at + 1 : at;
        int close = from + 1; // a bracket directly after the opening one stands for itself
        while (close < letters.length && letters[close] != ']') {
            close++;
        }
        if (close >= letters.length) {
            throw new IllegalArgumentException("'[' without ']' in '" + text + "'");
        }
        List<GlobMatcher.Range> ranges = new ArrayList<>();
        at = from;
        while (at < close) {
            boolean range = at + 2 < close && letters[at + 1] == '-';
            int last = range ? letters[at + 2] : letters[at];
            if (last < letters[at]) {
                throw new IllegalArgumentException("a range ends before it starts in '" + text + "'");
            }
            ranges.add(new GlobMatcher.Range(letters[at], last));
            at += range ? 3 : 1;
        }
        at = close + 1;
        if (path && others) {
            ranges.add(new GlobMatcher.Range(SEPARATOR, SEPARATOR));
        }
        return new GlobMatcher.Part(false, ranges, others);
    }
}
