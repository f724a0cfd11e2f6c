package dev.faultline.layout.notation;

import dev.faultline.input.InputException;

/**
 * Splits notation into tokens on demand, so that memory use does not grow with the text. Quote marks of mails and diff
 * marks at the start of a line are skipped.
 */
final class Lexer {

    private static final int MOST_CHARACTERS = 256 << 20;

    private final String source;
    private final String text;
    private int at;
    private int line = 1;
    private int lineStart;

    /** Throws {@link InputException} when the text is too long. */
    Lexer(String source, String text) {
        if (text.length() > MOST_CHARACTERS) {
            throw new InputException(source, "", text.length() + " characters; at most " + MOST_CHARACTERS);
        }
        this.source = source;
        this.text = text;
        skipMarks();
    }

    /** {@return the next token; from the end of the text on, {@link Token.Kind#END}} */
    Token next() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '\n') {
                newLine();
            } else if (c <= ' ' || c == '\u00a0') {
                at++;
            } else if (text.startsWith("//", at)) {
                int end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end;
            } else {
                return text.startsWith("/*", at) ? comment() : isWord(c) ? word() : token(Token.Kind.SIGN, signEnd());
            }
        }
        return new Token(Token.Kind.END, "", line, at - lineStart + 1);
    }

    private void newLine() {
        at++;
        line++;
        lineStart = at;
        skipMarks();
    }

    /**
     * Skips {@code >} and {@code
     * } of mails and {@code +} of diffs at the start of a line; no line of C starts with them.
     */
    private void skipMarks() {
        while (at < text.length() && " \t>|+".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    /** {@return the end of a sign; a character in quotes is one, as in {@code Separated<'>'>}} */
    private int signEnd() {
        boolean quoted = text.startsWith("'", at)
                && at + 2 < text.length()
                && text.charAt(at + 2) == '\''
                && text.charAt(at + 1) > ' ';
        return quoted ? at + 3 : at + 1;
    }

    private static boolean isWord(char c) {
        return c == '_' || c == '$' || c >= '0' && c <= '9' || Character.isLetter(c);
    }

    private Token word() {
        int end = at;
        while (end < text.length() && (isWord(text.charAt(end)) || isScope(end))) {
            end += isScope(end) ? 2 : 1;
        }
        boolean number = text.charAt(at) >= '0' && text.charAt(at) <= '9';
        return token(number ? Token.Kind.NUMBER : Token.Kind.WORD, end);
    }

    /** {@return whether there is a {@code ::} between two words of a C++ name} */
    private boolean isScope(int index) {
        return text.startsWith("::", index) && index + 2 < text.length() && isWord(text.charAt(index + 2));
    }

    private Token token(Token.Kind kind, int end) {
        Token token = new Token(kind, text.substring(at, end), line, at - lineStart + 1);
        at = end;
        return token;
    }

    private Token comment() {
        int end = text.indexOf("*/", at + 2);
        if (end < 0) {
            throw InputException.at(source, line, at - lineStart + 1, "a comment without its end mark");
        }
        Token comment =
                new Token(Token.Kind.COMMENT, text.substring(at + 2, end).strip(), line, at - lineStart + 1);
        for (int i = at; i < end; i++) {
            if (text.charAt(i) == '\n') {
                line++;
                lineStart = i + 1;
            }
        }
        at = end + 2;
        return comment;
    }
}
