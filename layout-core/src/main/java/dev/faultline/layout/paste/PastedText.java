package dev.faultline.layout.paste;

import java.util.List;

/**
 * A text without the marks of mail, the web, terminals and diffs. It is as long as the pasted text and has its lines,
 * so that places in messages are true.
 *
 * @param text the text; {@link #NOTHING}, {@link #JOINED_LINE} and {@link #CUT} stand for what was removed
 * @param notes what users should know about it, a line each
 */
public record PastedText(String text, List<String> notes) {

    /** Stands for a removed character; a word continues behind it. */
    public static final char NOTHING = '\u0001';

    /** Stands for a line end that a mailer put into a line; a word continues behind it. */
    public static final char JOINED_LINE = '\u0002';

    /** The character that replaces a mark such as {@code [...]}, which stands for missing lines. */
    public static final char CUT = '\u0003';

    public PastedText {
        notes = List.copyOf(notes);
    }

    /**
     * {@return a text without these marks}
     *
     * @param pasted the text as it was pasted
     */
    public static PastedText of(String pasted) {
        TextBuffer text = new TextBuffer(pasted);
        TerminalCodes.remove(text);
        EscapedText.decode(text);
        QuotedPrintable.decode(text);
        HtmlMarkup.decode(text);
        PastedLines lines = new PastedLines(text);
        lines.clean();
        return new PastedText(text.toString(), lines.notes());
    }

    /**
     * {@return a text whose columns carry meaning, without quote marks, times of logs and terminal codes}
     *
     * <p>Bars, numbers and angle brackets stay, since they may be part of what a tool printed.
     *
     * @param pasted the text as it was pasted
     */
    public static PastedText ofColumns(String pasted) {
        TextBuffer text = new TextBuffer(pasted);
        TerminalCodes.remove(text);
        new PastedLines(text).cleanColumns();
        return new PastedText(text.toString(), List.of());
    }
}
