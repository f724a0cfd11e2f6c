package dev.faultline.layout.notation;

import dev.faultline.input.InputException;
import java.util.List;

/** A place in the tokens, and what every part of the parser does there. */
final class Cursor {

    private final String source;
    private final List<Token> tokens;
    private int at;

    Cursor(String source, List<Token> tokens) {
        this.source = source;
        this.tokens = tokens;
    }

    static long number(String digits) {
        return digits.startsWith("0x") ? Long.parseLong(digits.substring(2), 16) : Long.parseLong(digits);
    }

    void skipBraces() {
        Token open = peek();
        int depth = 0;
        do {
            Token token = next();
            depth += token.is("{") ? 1 : token.is("}") ? -1 : 0;
            if (token.kind() == Token.Kind.END) {
                throw error(open, "a brace that does not close");
            }
        } while (depth > 0);
    }

    long count(Token token, long most) {
        String digits = token.text().replaceAll("[uUlL]+$", "");
        boolean number = digits.matches("\\d{1,18}|0x[0-9a-fA-F]{1,15}");
        long value = number ? number(digits.toLowerCase(java.util.Locale.ROOT)) : -1;
        if (value < 0 || value > most) {
            throw error(token, "expected a number up to " + most + ", found " + token.shown());
        }
        return value;
    }

    void expect(String sign) {
        Token token = peekCode();
        if (!token.is(sign)) {
            throw error(token, "expected `" + sign + "`, found " + token.shown());
        }
        while (!next().is(sign)) {
            // comments in front of it
        }
    }

    InputException error(Token token, String problem) {
        return InputException.at(source, token.line(), token.column(), problem);
    }

    void skip(int count) {
        for (int i = 0; i < count; i++) {
            next();
        }
    }

    Token peek() {
        return tokens.get(at);
    }

    /** {@return the next token, comments that state no size or place passed over} */
    Token peekCode() {
        int i = at;
        while (tokens.get(i).kind() == Token.Kind.COMMENT) {
            i++;
        }
        return tokens.get(i);
    }

    Token token(int distance) {
        return tokens.get(Math.min(at + distance, tokens.size() - 1));
    }

    Token next() {
        Token token = tokens.get(at);
        at = Math.min(at + 1, tokens.size() - 1);
        return token;
    }
}
