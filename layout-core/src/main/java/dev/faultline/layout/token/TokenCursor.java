package dev.faultline.layout.token;

import dev.faultline.input.InputException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Reads tokens one by one, with lookahead. Behind the last token there are {@link Token.Kind#END} tokens without end.
 */
public final class TokenCursor {

    /** Consumed tokens to keep before the list is shortened. */
    private static final int MOST_BEHIND = 256;

    private final String source;
    private final Supplier<Token> tokens;
    private final ConstantScope scope = new ConstantScope();
    private final List<Token> ahead = new ArrayList<>();
    private int at;
    private int braces;
    private int lastLine;
    private int margin;
    private long consumed;
    private final Lookahead lookahead = new Lookahead(this);

    /** A cursor over the tokens that a supplier gives one by one. */
    public TokenCursor(String source, Supplier<Token> tokens) {
        this.source = source;
        this.tokens = tokens;
    }

    /** {@return the value of an integer literal from 0 to {@code most}; throws {@link InputException} for others} */
    public long count(Token token, long most) {
        long value = IntegerLiterals.literal(token.text());
        if (value < 0 || value > most) {
            throw error(token, "expected a number up to " + most + ", found " + token.shown());
        }
        return value;
    }

    /** Consumes a sign and the comments before it; throws {@link InputException} for anything else. */
    public void expect(String sign) {
        while (peek().kind() == Token.Kind.COMMENT) {
            next();
        }
        Token token = next();
        if (!token.is(sign)) {
            throw error(token, "expected `" + sign + "`, found " + token.shown());
        }
    }

    /** {@return what the constants and types of the text mean} */
    public ConstantScope scope() {
        return scope;
    }

    public InputException error(Token token, String problem) {
        return InputException.at(source, token.line(), token.column(), problem);
    }

    public void skip(int count) {
        for (int i = 0; i < count; i++) {
            next();
        }
    }

    public Token peek() {
        return token(0);
    }

    /** {@return the token {@code distance} places ahead; no rule of the notation looks far ahead} */
    public Token token(int distance) {
        while (ahead.size() - at <= distance) {
            ahead.add(tokens.get());
        }
        return ahead.get(at + distance);
    }

    /** {@return what looks for the ends of names and brackets from here} */
    public Lookahead ahead() {
        return lookahead;
    }

    /** {@return the number of tokens that were consumed} */
    long consumed() {
        return consumed;
    }

    /** {@return the number of tokens in memory} */
    int held() {
        return ahead.size();
    }

    /** {@return the number of braces that were opened minus those that were closed, up to here} */
    public int braces() {
        return braces;
    }

    /** {@return whether no token before it is on the line of the next one} */
    public boolean isFirstOfLine() {
        return peek().line() != lastLine;
    }

    /** {@return the column of the first token on the line of the next one, from 1} */
    public int margin() {
        return isFirstOfLine() ? peek().column() : margin;
    }

    public Token next() {
        margin = margin();
        Token token = peek();
        lastLine = token.line();
        braces += token.is("{") ? 1 : token.is("}") ? -1 : 0;
        at++;
        consumed++;
        if (at == ahead.size()) {
            ahead.clear();
            at = 0;
        } else if (at == MOST_BEHIND) { // tokens were read ahead, so the list is not empty
            ahead.subList(0, at).clear();
            at = 0;
        }
        return token;
    }
}
