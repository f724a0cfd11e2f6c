package dev.faultline.input;

import dev.faultline.api.Internal;

/**
 * Makes text from outside (names in files, words of a command line) safe to show. Characters that a terminal, browser
 * or editor would interpret, reorder, hide or cannot show become a backslash, {@code u} and four hex digits for each of
 * their UTF-16 units, as in Java and JSON. These are
 *
 * <ul>
 *   <li>control characters: C0 with tabs and line breaks, DEL, C1;
 *   <li>the line and paragraph separators U+2028 and U+2029;
 *   <li>format characters (category Cf): bidirectional controls, zero-width characters, the soft hyphen, tags;
 *   <li>other characters that are invisible by default: variation selectors, fillers, the grapheme joiner;
 *   <li>unpaired surrogates, and noncharacters.
 * </ul>
 *
 * <p>A backslash is not changed, so that Windows paths stay readable and escaping twice has no effect. The result is
 * for display only: JSON reports have the original names. Combining marks are not changed, since identifiers of Java
 * and C may contain them.
 */
@Internal
public final class VisibleText {

    private VisibleText() {}

    /** {@return the text on one line, with line breaks and tabs escaped too} */
    public static String of(String text) {
        return escaped(text, false);
    }

    /** {@return the text with line feeds and tabs kept} */
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
     * @param codePoint the character, or an unpaired surrogate
     * @param out the output
     */
    public static void escape(int codePoint, StringBuilder out) {
        for (char unit : Character.toChars(codePoint)) {
            out.append("\\u");
            for (int shift = 12; shift >= 0; shift -= 4) {
                out.append(Character.forDigit(unit >> shift & 15, 16));
            }
        }
    }

    /** {@return whether a character may be shown; line breaks and tabs may not} */
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

    /**
     * {@return whether Unicode's Default_Ignorable_Code_Point holds, beyond category Cf, or the code point is reserved
     * for it}
     */
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
