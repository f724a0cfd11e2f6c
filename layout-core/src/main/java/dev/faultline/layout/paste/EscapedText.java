package dev.faultline.layout.paste;

/** Decodes a text that was copied out of a string of JSON or of a program, where line ends are two characters. */
final class EscapedText {

    private EscapedText() {}

    static void decode(TextBuffer text) {
        if (text.indexOf("{\\n", 0) < 0) {
            return;
        }
        for (int at = text.indexOf("\\", 0); at >= 0; at = text.indexOf("\\", at + 2)) {
            char kind = at + 1 < text.length() ? text.charAt(at + 1) : '\n';
            if (kind == 'n' || kind == 't' || kind == 'r') {
                text.blank(at, at + 2);
            } else if (kind == '"' || kind == '/') {
                text.set(at, PastedText.NOTHING);
            }
        }
    }
}
