package dev.faultline.layout.paste;

/** Removes what terminals and web pages put between letters: colours, overstrikes, invisible and unusual blanks. */
final class TerminalCodes {

    private static final char ESCAPE = '\u001b';
    private static final char CONTROL_SEQUENCE = '\u009b';

    private final TextBuffer text;

    private TerminalCodes(TextBuffer text) {
        this.text = text;
    }

    static void remove(TextBuffer text) {
        TerminalCodes codes = new TerminalCodes(text);
        for (int i = 0; i < text.length(); ) {
            i = codes.next(i);
        }
    }

    private int next(int at) {
        char c = text.charAt(at);
        if (c > ' ' && c < '\u007f' || c == ' ' || c == '\n' || c == '\t') {
            return at + 1;
        }
        switch (c) {
            case '\r' -> carriageReturn(at);
            case '\b' -> {
                text.set(at, PastedText.NOTHING);
                if (at > 0 && text.charAt(at - 1) != '\n') {
                    text.set(at - 1, PastedText.NOTHING);
                }
            }
            case ESCAPE, CONTROL_SEQUENCE -> {
                int end = sequenceEnd(at);
                text.fill(at, end, PastedText.NOTHING);
                return end;
            }
            default -> {
                char plain = plain(c);
                if (plain != c) {
                    text.set(at, plain);
                }
            }
        }
        return at + 1;
    }

    /** {@return what a character means in C: a blank, {@link PastedText#NOTHING}, or the same} */
    static char plain(char c) {
        boolean isInvisible = c == '\u00ad'
                || c >= '\u200b' && c <= '\u200f'
                || c >= '\u202a' && c <= '\u202e'
                || c >= '\u2060' && c <= '\u2069'
                || c == '\ufeff';
        if (isInvisible) {
            return PastedText.NOTHING;
        }
        return c < ' ' && c != '\n' || c == '\u007f' || c == '\u0085' || Character.isSpaceChar(c) ? ' ' : c;
    }

    /** A carriage return alone ends a line, as on old Macintoshes; before a line feed it is a blank. */
    private void carriageReturn(int at) {
        char after = at + 1 < text.length() ? text.charAt(at + 1) : '\n';
        text.set(at, after == '\n' || after == '\r' ? ' ' : '\n');
    }

    /** {@return the index behind an escape sequence; it ends at the latest with its line} */
    private int sequenceEnd(int at) {
        int i = at + 1;
        char kind = text.charAt(at) == CONTROL_SEQUENCE ? '[' : i < text.length() ? text.charAt(i++) : '\n';
        if (kind == '[') {
            while (i < text.length() && text.charAt(i) >= ' ' && text.charAt(i) < '@') {
                i++;
            }
            return i < text.length() && text.charAt(i) >= '@' && text.charAt(i) <= '~' ? i + 1 : i;
        }
        if (kind == ']') {
            while (i < text.length() && text.charAt(i) >= ' ') {
                i++;
            }
            boolean isBell = i < text.length() && text.charAt(i) == '\u0007';
            boolean isEscape = i + 1 < text.length() && text.charAt(i) == ESCAPE && text.charAt(i + 1) == '\\';
            return isBell ? i + 1 : isEscape ? i + 2 : i;
        }
        boolean hasSet = (kind == '(' || kind == ')') && i < text.length() && text.charAt(i) != '\n';
        return kind == '\n' ? at + 1 : hasSet ? i + 1 : i;
    }
}
