package dev.faultline.layout.notation;

import dev.faultline.input.InputException;
import java.util.ArrayList;
import java.util.List;

/**
 * A place in the tokens, and what every part of the parser does there. Behind the last token stands the end, for ever.
 */
final class Cursor {

    /** Tokens passed that are kept, so that the rest is moved seldom. */
    private static final int MOST_BEHIND = 256;

    private final String source;
    private final Lexer lexer;
    private final List<Token> ahead = new ArrayList<>();
    private int at;

    Cursor(String source, Lexer lexer) {
        this.source = source;
        this.lexer = lexer;
    }

    void skipBraces() {
        Token open = peek();
        int depth = 0;
        do {
            Token token = next();
            depth += token.is("{") ? 1 : token.is("}") ? -1 : 0;
            if (token.isEnd()) {
                throw error(open, "a brace that does not close");
            }
        } while (depth > 0);
    }

    /**
     * {@return the value of an integer literal from 0 to {@code most}; else an {@link InputException} that states it}
     */
    long count(Token token, long most) {
        long value = Numbers.literal(token.text());
        if (value < 0 || value > most) {
            throw error(token, "expected a number up to " + most + ", found " + token.shown());
        }
        return value;
    }

    /** Takes a sign; comments in front of it are passed over. */
    void expect(String sign) {
        while (peek().kind() == Token.Kind.COMMENT) {
            next();
        }
        Token token = next();
        if (!token.is(sign)) {
            throw error(token, "expected `" + sign + "`, found " + token.shown());
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
        return token(0);
    }

    /** {@return the token so many places ahead; a place is a fixed small number in every rule of the notation} */
    Token token(int distance) {
        while (ahead.size() - at <= distance) {
            ahead.add(lexer.next());
        }
        return ahead.get(at + distance);
    }

    /** {@return how many tokens are held, those passed among them} */
    int held() {
        return ahead.size();
    }

    Token next() {
        Token token = peek();
        at++;
        if (at == ahead.size()) {
            ahead.clear();
            at = 0;
        } else if (at == MOST_BEHIND) { // a rule that always looks ahead never empties it
            ahead.subList(0, at).clear();
            at = 0;
        }
        return token;
    }
}
