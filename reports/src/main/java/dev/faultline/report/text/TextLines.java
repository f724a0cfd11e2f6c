package dev.faultline.report.text;

import dev.faultline.input.VisibleText;
import dev.faultline.report.VisibleWriter;
import java.io.IOException;

/**
 * The lines of a text report. A line ends where {@link #end} is called and nowhere else, and nothing is coloured but
 * what {@link #ink} writes: all text is {@link VisibleText}, so no name can break a line or forge a colour. Code that
 * pads or cuts text to a width escapes it first.
 */
public final class TextLines {

    /** Bold. */
    public static final String BOLD = "1";

    private final Appendable out;
    private final boolean color;

    /**
     * Lines of a report.
     *
     * @param out where to
     * @param color whether {@link #ink} colours
     */
    public TextLines(Appendable out, boolean color) {
        this.out = out;
        this.color = color;
    }

    /** Adds text to the line. */
    public TextLines add(String text) throws IOException {
        out.append(VisibleText.of(text));
        return this;
    }

    /**
     * Adds text to the line, coloured if that is wanted.
     *
     * @param style parameters of SGR, such as {@link #BOLD} or {@code "1;31"}; empty for none
     * @param text the text
     */
    public TextLines ink(String style, String text) throws IOException {
        if (!color || style.isEmpty() || text.isEmpty()) {
            return add(text);
        }
        style(style);
        add(text);
        style("0");
        return this;
    }

    private void style(String numbers) throws IOException {
        if (out instanceof VisibleWriter writer) {
            writer.style(numbers);
        } else {
            out.append("\u001b[").append(numbers).append('m');
        }
    }

    /** Ends the line. */
    public TextLines end() throws IOException {
        out.append('\n');
        return this;
    }
}
