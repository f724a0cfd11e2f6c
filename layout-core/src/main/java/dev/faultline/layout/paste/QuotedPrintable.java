package dev.faultline.layout.paste;

import java.util.List;

/** Decodes quoted-printable text of mails: {@code =3D}, {@code =20}, and line ends behind {@code =}. */
final class QuotedPrintable {

    /** What only quoted-printable text has; C has no assignments between the members of a struct. */
    private static final List<String> SIGNS = List.of("=3D", "=20\n", "=20 \n", "=09", "=C2=A0", "=E2=80");

    /** Mailers end lines at 76 characters. */
    private static final int SHORTEST_FULL_LINE = 70;

    private final TextBuffer text;

    private QuotedPrintable(TextBuffer text) {
        this.text = text;
    }

    static void decode(TextBuffer text) {
        QuotedPrintable decoder = new QuotedPrintable(text);
        if (decoder.isOne()) {
            for (int at = text.indexOf("=", 0); at >= 0; at = text.indexOf("=", at)) {
                at = decoder.sign(at);
            }
        }
    }

    private boolean isOne() {
        if (text.indexOf("=", 0) < 0) {
            return false;
        }
        if (SIGNS.stream().anyMatch(sign -> text.indexOf(sign, 0) >= 0)) {
            return true;
        }
        for (int start = 0; start < text.length(); ) {
            int end = text.lineEnd(start);
            int last = text.trimEnd(start, end);
            if (last - start >= SHORTEST_FULL_LINE && text.charAt(last - 1) == '=' && end < text.length()) {
                return true;
            }
            start = end + 1;
        }
        return false;
    }

    /** Decodes one sign and returns the index behind it. */
    private int sign(int at) {
        int end = text.skipBlanks(at + 1, text.length());
        if (end < text.length() && text.charAt(end) == '\n') {
            text.fill(at, end, PastedText.NOTHING);
            text.set(end, PastedText.JOINED_LINE);
            return end + 1;
        }
        int first = octet(at);
        if (first < 0) {
            return at + 1;
        }
        int more = first >= 0xf0 ? 3 : first >= 0xe0 ? 2 : first >= 0xc0 ? 1 : 0;
        int code = more == 0 ? first : first & 0x3f >> more;
        int next = at + 3;
        for (; more > 0 && (octet(next) & 0xc0) == 0x80 && octet(next) >= 0; more--) {
            code = code << 6 | octet(next) & 0x3f;
            next += 3;
        }
        text.fill(at, next, PastedText.NOTHING);
        text.set(at, code > 0xffff ? '?' : code == '\n' || code == '\r' ? ' ' : TerminalCodes.plain((char) code));
        return next;
    }

    /** {@return the value of {@code =XX} at this index; -1 when there is none} */
    private int octet(int at) {
        if (at + 2 >= text.length() || text.charAt(at) != '=') {
            return -1;
        }
        int high = digit(text.charAt(at + 1));
        int low = digit(text.charAt(at + 2));
        return high < 0 || low < 0 ? -1 : high << 4 | low;
    }

    private static int digit(char c) {
        return c < 128 ? Character.digit(c, 16) : -1;
    }
}
