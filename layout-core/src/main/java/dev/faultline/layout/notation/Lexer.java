package dev.faultline.layout.notation;

import dev.faultline.input.InputException;
import java.util.ArrayList;
import java.util.List;

/** Splits notation into tokens. Quote marks of a mail and diff marks in front of a line are skipped. */
final class Lexer {

    private static final int MOST_CHARACTERS = 256 << 20;

    private final String source;
    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private int at;
    private int line = 1;
    private int lineStart;

    private Lexer(String source, String text) {
        this.source = source;
        this.text = text;
    }

    static List<Token> tokens(String source, String text) {
        if (text.length() > MOST_CHARACTERS) {
            throw new InputException(source, "", text.length() + " characters; at most " + MOST_CHARACTERS);
        }
        Lexer lexer = new Lexer(source, text);
        lexer.run();
        return lexer.tokens;
    }

    private void run() {
        skipMarks();
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '\n') {
                newLine();
            } else if (c <= ' ' || c == '\u00a0') {
                at++;
            } else if (c == '/' && at + 1 < text.length() && text.charAt(at + 1) == '*') {
                comment();
            } else if (c == '/' && at + 1 < text.length() && text.charAt(at + 1) == '/') {
                while (at < text.length() && text.charAt(at) != '\n') {
                    at++;
                }
            } else if (isWord(c)) {
                word();
            } else {
                add(Token.Kind.SIGN, at, at + 1);
            }
        }
        tokens.add(new Token(Token.Kind.END, "", line, at - lineStart + 1));
    }

    private void newLine() {
        at++;
        line++;
        lineStart = at;
        skipMarks();
    }

    /** Mail quotes with {@code >} or {@code |}, a diff starts added lines with {@code +}; C starts no line so. */
    private void skipMarks() {
        while (at < text.length() && " \t>|+".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private static boolean isWord(char c) {
        return c == '_' || c == '$' || c >= '0' && c <= '9' || Character.isLetter(c);
    }

    private void word() {
        int end = at;
        while (end < text.length() && (isWord(text.charAt(end)) || isScope(end))) {
            end += isScope(end) ? 2 : 1;
        }
        boolean number = text.charAt(at) >= '0' && text.charAt(at) <= '9';
        add(number ? Token.Kind.NUMBER : Token.Kind.WORD, at, end);
    }

    /** {@code ::} between two words of a C++ name. */
    private boolean isScope(int index) {
        return text.startsWith("::", index) && index + 2 < text.length() && isWord(text.charAt(index + 2));
    }

    private void add(Token.Kind kind, int start, int end) {
        tokens.add(new Token(kind, text.substring(start, end), line, start - lineStart + 1));
        at = end;
    }

    private void comment() {
        int end = text.indexOf("*/", at + 2);
        if (end < 0) {
            throw InputException.at(source, line, at - lineStart + 1, "a comment that does not end");
        }
        tokens.add(new Token(Token.Kind.COMMENT, text.substring(at + 2, end).strip(), line, at - lineStart + 1));
        for (int i = at; i < end; i++) {
            if (text.charAt(i) == '\n') {
                line++;
                lineStart = i + 1;
            }
        }
        at = end + 2;
    }
}
