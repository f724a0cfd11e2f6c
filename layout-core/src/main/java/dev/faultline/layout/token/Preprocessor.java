package dev.faultline.layout.token;

import dev.faultline.input.InputException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Splits a text into the tokens that a C compiler for x86-64 Linux reads: directives and macros are carried out. */
public final class Preprocessor {

    private final String source;
    private final Directives directives;
    private final Deque<Token> unread = new ArrayDeque<>();
    private final Deque<Token> ready = new ArrayDeque<>();
    private boolean refused;

    public Preprocessor(String source, Lexer lexer) {
        this.source = source;
        this.directives = new Directives(source, lexer);
    }

    /**
     * {@return the next token; from the end of the text on, {@link Token.Kind#END}}
     *
     * @throws InputException once, when macros expand to too many tokens
     */
    public Token next() {
        while (ready.isEmpty()) {
            Token token = read();
            Optional<Macro> macro = token.kind() == Token.Kind.WORD
                    ? directives.macro(token.text()).filter(Macro::isUsable)
                    : Optional.empty();
            if (macro.isEmpty() || directives.expansion().isExhausted()) {
                return token;
            }
            List<Token> call = new ArrayList<>(List.of(token));
            boolean whole = macro.get().parameters().isEmpty() || arguments(call);
            ready.addAll(whole ? directives.expansion().expand(call) : call);
            refuseTooMany(token);
        }
        return ready.poll();
    }

    private Token read() {
        return unread.isEmpty() ? directives.next() : unread.poll();
    }

    /**
     * Appends the parentheses behind the name of a macro and what is between them.
     *
     * @return whether there is a closing one
     */
    private boolean arguments(List<Token> call) {
        Token token = read();
        if (!token.is("(")) {
            unread.push(token);
            return false;
        }
        int depth = 0;
        while (!token.isEnd()) {
            depth += token.is("(") ? 1 : token.is(")") ? -1 : 0;
            if (token.kind() != Token.Kind.COMMENT) {
                call.add(token);
            }
            if (depth == 0) {
                return true;
            }
            token = read();
        }
        return false;
    }

    private void refuseTooMany(Token token) {
        if (directives.expansion().isExhausted() && !refused) {
            refused = true;
            throw InputException.at(
                    source,
                    token.line(),
                    token.column(),
                    "macros of this text expand to more than " + MacroExpansion.MOST_TOKENS + " tokens");
        }
    }
}
