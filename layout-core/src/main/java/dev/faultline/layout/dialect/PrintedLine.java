package dev.faultline.layout.dialect;

import java.util.Iterator;
import java.util.regex.Pattern;

/**
 * A line of a text, without what mail and terminals add: quote marks in front, colours, no-break spaces.
 *
 * @param number the line, from 1
 * @param text what the tool printed; white space in front and behind is kept
 */
record PrintedLine(int number, String text) {

    private static final Pattern COLOUR = Pattern.compile("\u001b\\[[0-9;]{0,32}[A-Za-z]");
    private static final Pattern CUT = Pattern.compile(
            "\\s*(?:[\\[<({]?\\s*(?:\\.{3,}|\u2026|(?i:snip(?:ped)?\\b.{0,80}|cut\\b.{0,80}))\\s*[\\])}>]?)\\s*");

    /** {@return the lines of a text in order} */
    static Iterable<PrintedLine> of(String text) {
        return () -> new Iterator<>() {
            private final Iterator<String> lines = text.lines().iterator();
            private int number;

            @Override
            public boolean hasNext() {
                return lines.hasNext();
            }

            @Override
            public PrintedLine next() {
                return new PrintedLine(++number, cleaned(lines.next()));
            }
        };
    }

    /** {@return whether the line says that lines were cut out here: {@code ...}, {@code [snip]}} */
    boolean isCut() {
        return CUT.matcher(text).matches();
    }

    private static String cleaned(String line) {
        String plain = line.indexOf('\u001b') < 0 ? line : COLOUR.matcher(line).replaceAll("");
        plain = plain.replace('\u00a0', ' ');
        int start = 0;
        while (start < plain.length() && plain.charAt(start) == '>') {
            start++;
            if (start + 1 < plain.length() && plain.charAt(start) == ' ' && plain.charAt(start + 1) == '>') {
                start++;
            }
        }
        return plain.substring(start);
    }
}
