package dev.faultline.source.llvm.text;

import dev.faultline.input.InputException;

/** Reads one piece of IR text from left to right. */
final class IrCursor {

    /** Deepest nesting of brackets that is read. */
    static final int DEEPEST = 64;

    private final String source;
    private final IrText text;
    private final int end;
    private int at;

    IrCursor(String source, IrText text, int start, int end) {
        this.source = source;
        this.text = text;
        this.at = start;
        this.end = end;
    }

    /** {@return the message of a broken place: the line of the text and what is wrong} */
    InputException broken(String problem) {
        int line = 1;
        for (int i = text.indexOf('\n', 0); i >= 0 && i < at; i = text.indexOf('\n', i + 1)) {
            line++;
        }
        int start = text.lastIndexOf('\n', Math.max(0, Math.min(at, text.length()) - 1)) + 1;
        return InputException.at(source, line, Math.max(1, at - start + 1), problem);
    }

    int position() {
        return at;
    }

    void moveTo(int position) {
        at = position;
    }

    boolean isAtEnd() {
        skipSpace();
        return at >= end;
    }

    void skipSpace() {
        while (at < end) {
            char c = text.charAt(at);
            if (c == ';') {
                int line = text.indexOf('\n', at, end);
                at = line < 0 ? end : line;
            } else if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
                at++;
            } else {
                return;
            }
        }
    }

    /** {@return the next character that is no space; 0 at the end} */
    char peek() {
        skipSpace();
        return at < end ? text.charAt(at) : 0;
    }

    /** {@return whether a character comes next, which is then passed} */
    boolean accept(char c) {
        if (peek() == c && at < end) {
            at++;
            return true;
        }
        return false;
    }

    void expect(char c) {
        if (!accept(c)) {
            throw broken("expected '" + c + "', found " + (at < end ? "'" + text.charAt(at) + "'" : "the end"));
        }
    }

    /** {@return whether a whole word comes next, which is then passed} */
    boolean accept(String word) {
        skipSpace();
        int behind = at + word.length();
        if (behind > end || !text.startsWith(word, at) || behind < end && isWordPart(text.charAt(behind))) {
            return false;
        }
        at = behind;
        return true;
    }

    static boolean isWordPart(char c) {
        return c >= 'a' && c <= 'z'
                || c >= 'A' && c <= 'Z'
                || c >= '0' && c <= '9'
                || c == '_'
                || c == '.'
                || c == '$'
                || c == '-'
                || c == '+';
    }

    /** {@return the next word; empty when none comes} */
    String word() {
        skipSpace();
        int start = at;
        while (at < end && isWordPart(text.charAt(at))) {
            at++;
        }
        return text.substring(start, at);
    }

    /** {@return the next word, which is not passed} */
    String peekWord() {
        skipSpace();
        int start = at;
        String word = word();
        at = start;
        return word;
    }

    /** {@return a decimal number; fails on another word} */
    long number() {
        String word = word();
        try {
            return Long.parseLong(word);
        } catch (NumberFormatException other) {
            throw broken("expected a number, found '" + word + "'");
        }
    }

    /** {@return a name behind its sign, as in {@code %3}, {@code @"a b"}, {@code !12}; without quotes} */
    String name() {
        skipSpace();
        if (at < end && text.charAt(at) == '"') {
            return string();
        }
        return word();
    }

    /** {@return a text in quotes, with {@code \22} replaced} */
    String string() {
        expect('"');
        int close = text.indexOf('"', at, end);
        if (close < 0) {
            throw broken("a text in quotes without end");
        }
        String raw = text.substring(at, close);
        at = close + 1;
        return raw.indexOf('\\') < 0 ? raw : unescaped(raw);
    }

    private static String unescaped(String raw) {
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            int high = c == '\\' && i + 2 < raw.length() ? Character.digit(raw.charAt(i + 1), 16) : -1;
            int low = high < 0 ? -1 : Character.digit(raw.charAt(i + 2), 16);
            if (low >= 0) {
                plain.append((char) (high * 16 + low));
                i += 2;
            } else {
                plain.append(c);
                i += c == '\\' && raw.startsWith("\\", i + 1) ? 1 : 0;
            }
        }
        return plain.toString();
    }

    /** Passes everything to the bracket that closes the one that comes next. */
    void skipBrackets() {
        char open = peek();
        if (open != '(' && open != '[' && open != '{' && open != '<') {
            throw broken("expected a bracket");
        }
        int depth = 0;
        while (at < end) {
            char c = text.charAt(at);
            if (c == '"') {
                string();
                continue;
            }
            at++;
            if (c == '(' || c == '[' || c == '{' || c == '<') {
                depth++;
            } else if ((c == ')' || c == ']' || c == '}' || c == '>') && --depth == 0) {
                return;
            }
        }
        throw broken("a bracket that is not closed");
    }

    /** {@return the text between two positions} */
    String slice(int from, int to) {
        return text.substring(from, Math.min(to, end));
    }

    int end() {
        return end;
    }
}
