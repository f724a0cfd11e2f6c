package dev.faultline.input;

/**
 * Text from outside (names in files, words of a command line) made fit to be shown: what a terminal, a browser or a
 * text
 * editor would act on, reorder, hide or cannot show becomes a backslash, {@code u} and four hex digits for each of its
 * UTF-16 units, as Java and JSON write it. These are
 *
 * <ul>
 *   <li>control characters: C0 with tabs and line breaks, DEL, C1;
 *   <li>the separators of lines and paragraphs U+2028 and U+2029;
 *   <li>format characters (category Cf): bidirectional controls, zero-width characters, the soft hyphen, tags;
 *   <li>other characters that show nothing by default: variation selectors, fillers, the grapheme joiner;
 *   <li>surrogates without their other half, and noncharacters.
 * </ul>
 *
 * <p>A backslash stays as it is, so that names and paths of Windows stay readable and escaping twice is escaping once.
 * The
 * result is for eyes: who must have the very name back reads JSON, where the same escape means the character itself.
 * Combining marks stay, since identifiers of Java and C may hold them.
 */
public final class VisibleText {

    private VisibleText() {}

    /** {@return the text on one line, with line breaks and tabs escaped like all else} */
    public static String of(String text) {
        return escaped(text, false);
    }

    /** {@return the text with its line feeds and tabs, and all else escaped} */
    public static String lines(String text) {
        return escaped(text, true);
    }

    private static String escaped(String text, boolean inLines) {
        int at = firstHidden(text, 0, inLines);
        if (at < 0) {
            return text;
        }
        StringBuilder shown = new StringBuilder(text.length() + 32);
        int from = 0;
        while (at >= 0) {
            int codePoint = text.codePointAt(at);
            escape(codePoint, shown.append(text, from, at));
            from = at + Character.charCount(codePoint);
            at = firstHidden(text, from, inLines);
        }
        return shown.append(text, from, text.length()).toString();
    }

    private static int firstHidden(String text, int from, boolean inLines) {
        int at = from;
        while (at < text.length()) {
            int c = text.codePointAt(at);
            if (!isVisible(c) && !(inLines && (c == '\n' || c == '\t'))) {
                return at;
            }
            at += Character.charCount(c);
        }
        return -1;
    }

    /**
     * Appends the escape of a character.
     *
     * @param codePoint the character, or a surrogate without its other half
     * @param out where to
     */
    public static void escape(int codePoint, StringBuilder out) {
        for (char unit : Character.toChars(codePoint)) {
            out.append("\\u");
            for (int shift = 12; shift >= 0; shift -= 4) {
                out.append(Character.forDigit(unit >> shift & 15, 16));
            }
        }
    }

    /** {@return whether a character may be shown as it is; line breaks and tabs may not} */
    public static boolean isVisible(int codePoint) {
        if (codePoint < 0xa0) {
            return codePoint >= ' ' && codePoint < 0x7f;
        }
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> !isIgnorable(codePoint) && !isNoncharacter(codePoint);
        };
    }

    /** Unicode's property Default_Ignorable_Code_Point beyond category Cf; also the code points it keeps for later. */
    private static boolean isIgnorable(int c) {
        return c == 0x034f
                || c == 0x115f
                || c == 0x1160
                || c == 0x17b4
                || c == 0x17b5
                || c >= 0x180b && c <= 0x180f
                || c == 0x2065
                || c == 0x3164
                || c >= 0xfe00 && c <= 0xfe0f
                || c == 0xffa0
                || c >= 0xfff0 && c <= 0xfff8
                || c >= 0xe0000 && c <= 0xe0fff;
    }

    private static boolean isNoncharacter(int c) {
        return c >= 0xfdd0 && c <= 0xfdef || (c & 0xfffe) == 0xfffe;
    }
}
