package dev.faultline.layout.token;

import dev.faultline.input.InputException;
import dev.faultline.layout.paste.PastedText;

/**
 * Splits notation into tokens on demand, so that memory use does not grow with the text. The text is one that {@link
 * PastedText} has cleaned.
 */
public final class Lexer {

    /** What stands for lines that were cut out. */
    public static final String CUT = "...";

    /** A comment without its end mark. */
    public static final String OPEN_COMMENT = "/*";

    private static final int MOST_CHARACTERS = 256 << 20;

    private final String text;
    private int at;
    private int line = 1;
    private int lineStart;
    private int commentEnd = -1;
    private int lineEnd = -1;
    private int otherComment = -1;
    private boolean isGlued;

    /** Throws {@link InputException} when the text is too long. */
    public Lexer(String source, String text) {
        if (text.length() > MOST_CHARACTERS) {
            throw new InputException(source, "", text.length() + " characters; at most " + MOST_CHARACTERS);
        }
        this.text = text;
    }

    /** {@return the next token; from the end of the text on, {@link Token.Kind#END}} */
    public Token next() {
        isGlued = true;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (isLineEnd(c)) {
                isGlued &= isRemoved(c);
                at++;
                newLine(at);
            } else if (c == PastedText.CUT || c == '\u2026') {
                return sign(CUT, at + 1);
            } else if (c <= ' ' || c == '\u00a0') {
                isGlued &= isRemoved(c);
                at++;
            } else if (text.startsWith("//", at)) {
                isGlued = false;
                at = lineEnd();
            } else if (text.startsWith(OPEN_COMMENT, at)) {
                return comment();
            } else if (isWord(c)) {
                return word();
            } else {
                return text.startsWith(CUT, at) ? sign(CUT, at + 3) : token(Token.Kind.SIGN, signEnd());
            }
        }
        return new Token(Token.Kind.END, "", line, at - lineStart + 1);
    }

    private static boolean isLineEnd(char c) {
        return c == '\n' || c == PastedText.JOINED_LINE;
    }

    private static boolean isRemoved(char c) {
        return c == PastedText.NOTHING || c == PastedText.JOINED_LINE;
    }

    private void newLine(int start) {
        line++;
        lineStart = start;
    }

    /** {@return the end of the line at this place} */
    private int lineEnd() {
        if (lineEnd < at) {
            int end = text.indexOf('\n', at);
            lineEnd = end < 0 ? text.length() : end;
        }
        return lineEnd;
    }

    /** {@return the end of a sign; a character in quotes is one, as in {@code Separated<'>'>}} */
    private int signEnd() {
        boolean quoted = text.startsWith("'", at)
                && at + 2 < text.length()
                && text.charAt(at + 2) == '\''
                && text.charAt(at + 1) > ' '
                && text.charAt(at + 1) != '\\';
        return quoted ? at + 3 : at + 1;
    }

    private static boolean isWord(char c) {
        return c == '_' || c == '$' || c >= '0' && c <= '9' || Character.isLetter(c);
    }

    private Token word() {
        int end = at;
        int last = at;
        while (end < text.length() && (isWord(text.charAt(end)) || isRemoved(text.charAt(end)) || isScope(end))) {
            end += isScope(end) ? 2 : 1;
            last = isRemoved(text.charAt(end - 1)) ? last : end;
        }
        boolean number = text.charAt(at) >= '0' && text.charAt(at) <= '9';
        return token(number ? Token.Kind.NUMBER : Token.Kind.WORD, last);
    }

    /** {@return whether there is a {@code ::} between two words of a C++ name} */
    private boolean isScope(int index) {
        return text.startsWith("::", index) && index + 2 < text.length() && isWord(text.charAt(index + 2));
    }

    private Token sign(String meaning, int end) {
        Token token = new Token(Token.Kind.SIGN, meaning, line, at - lineStart + 1);
        at = end;
        return token;
    }

    /** {@return the token up to here; removed characters are no part of it} */
    private Token token(Token.Kind kind, int end) {
        int start = at;
        int column = at - lineStart + 1;
        int first = line;
        at = end;
        return new Token(kind, joined(text.substring(start, end), start), first, column, isGlued);
    }

    /** {@return a part of the text without removed characters; counts the lines in it} */
    private String joined(String part, int start) {
        StringBuilder kept = null;
        for (int i = 0; i < part.length(); i++) {
            char c = part.charAt(i);
            if (isLineEnd(c)) {
                newLine(start + i + 1);
            }
            if (isRemoved(c) && kept == null) {
                kept = new StringBuilder(part.length()).append(part, 0, i);
            } else if (kept != null && !isRemoved(c)) {
                kept.append(c);
            }
        }
        return kept == null ? part : kept.toString();
    }

    private Token comment() {
        int end = commentEnd(at + 2);
        boolean isPath = end > lineEnd() && at > 0 && (isWord(text.charAt(at - 1)) || text.charAt(at - 1) == '.');
        if (isPath) { // drivers/net/*.c
            return token(Token.Kind.SIGN, at + 1);
        }
        if (end == text.length() || end > lineEnd() && hasAnother(lineEnd(), end)) {
            return sign(OPEN_COMMENT, at + 2);
        }
        int first = line;
        int column = at - lineStart + 1;
        String inside = joined(text.substring(at + 2, end), at + 2).strip();
        at = end + 2;
        return new Token(Token.Kind.COMMENT, inside, first, column);
    }

    /** {@return the index of the next end mark, the length of the text when there is none} */
    private int commentEnd(int from) {
        if (commentEnd < from) {
            int end = text.indexOf("*/", from);
            commentEnd = end < 0 ? text.length() : end;
        }
        return commentEnd;
    }

    /** {@return whether another comment starts before the end mark, so that the mark is not that of this one} */
    private boolean hasAnother(int from, int end) {
        while (otherComment < from) {
            int next = text.indexOf(OPEN_COMMENT, Math.max(from, otherComment + 1));
            boolean isPath = next > 0 && text.charAt(next - 1) > ' ';
            otherComment = next < 0 ? text.length() : next;
            if (isPath) {
                from = otherComment + 1;
            }
        }
        return otherComment < end;
    }
}
