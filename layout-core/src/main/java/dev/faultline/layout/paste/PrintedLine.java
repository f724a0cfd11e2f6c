package dev.faultline.layout.paste;

import java.util.Iterator;

/**
 * A line that a tool printed, without what mail and terminals add.
 *
 * @param number the line of the text, from 1
 * @param text what the tool printed; white space in front and behind is kept
 */
public record PrintedLine(int number, String text) {

    /** {@return the lines of a text in order} */
    public static Iterable<PrintedLine> of(String text) {
        String pasted = PastedText.ofColumns(text.replace("\r\n", "\n")).text();
        return () -> new Iterator<>() {
            private final Iterator<String> lines = pasted.lines().iterator();
            private int number;

            @Override
            public boolean hasNext() {
                return lines.hasNext();
            }

            @Override
            public PrintedLine next() {
                String line = lines.next();
                String printed = line.indexOf(PastedText.NOTHING) < 0
                        ? line
                        : line.replace(String.valueOf(PastedText.NOTHING), "");
                return new PrintedLine(++number, printed);
            }
        };
    }

    /** {@return whether lines were cut out here} */
    public boolean isCut() {
        return text.indexOf(PastedText.CUT) >= 0;
    }
}
