package dev.faultline.layout.token;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Replaces macros in a list of tokens by their bodies, also the macros of the bodies. A macro is not replaced inside
 * its own body. The number of tokens and calls is limited for a whole text.
 */
final class MacroExpansion {

    /** Most tokens and calls of all expansions of a text. */
    static final int MOST_TOKENS = 1 << 22;

    private static final int DEEPEST = 64;

    private final Function<String, Optional<Macro>> macros;
    private final Set<String> active = new HashSet<>();
    private int used;
    private int depth;

    /** An expansion with the macros that {@code macros} knows by name. */
    MacroExpansion(Function<String, Optional<Macro>> macros) {
        this.macros = macros;
    }

    /** {@return whether the limit is reached; macros are then left as they are} */
    boolean isExhausted() {
        return used >= MOST_TOKENS;
    }

    /** {@return the tokens with all macros replaced; the new ones have the place of the macro they come from} */
    List<Token> expand(List<Token> tokens) {
        if (depth == DEEPEST || isExhausted()) {
            return tokens;
        }
        depth++;
        List<Token> expanded = new ArrayList<>();
        int at = 0;
        while (at < tokens.size()) {
            Token token = tokens.get(at);
            at++;
            Optional<Macro> macro = macro(token);
            if (macro.isEmpty()) {
                expanded.add(token);
            } else if (macro.get().parameters().isEmpty()) {
                expanded.addAll(call(macro.get(), List.of(), token));
            } else {
                int end = at < tokens.size() && tokens.get(at).is("(") ? close(tokens, at) : -1;
                Optional<List<List<Token>>> arguments =
                        end < 0 ? Optional.empty() : macro.get().arguments(tokens.subList(at + 1, end));
                if (arguments.isEmpty()) {
                    expanded.add(token);
                } else {
                    expanded.addAll(call(macro.get(), arguments.get(), token));
                    at = end + 1;
                }
            }
        }
        used += expanded.size();
        depth--;
        return expanded;
    }

    private Optional<Macro> macro(Token token) {
        return token.kind() != Token.Kind.WORD || active.contains(token.text())
                ? Optional.empty()
                : macros.apply(token.text()).filter(Macro::isUsable);
    }

    /** {@return the index of the parenthesis that closes the one at {@code open}; -1 when there is none} */
    private int close(List<Token> tokens, int open) {
        int depth = 0;
        for (int i = open; i < tokens.size(); i++) {
            depth += tokens.get(i).is("(") ? 1 : tokens.get(i).is(")") ? -1 : 0;
            if (depth == 0) {
                return i;
            }
        }
        used += tokens.size() - open;
        return -1;
    }

    private List<Token> call(Macro macro, List<List<Token>> arguments, Token place) {
        used++;
        if (isExhausted()) {
            return List.of(place);
        }
        List<List<Token>> ready = new ArrayList<>();
        arguments.forEach(argument -> ready.add(expand(argument)));
        List<Token> body = pasted(substituted(macro, ready, place));
        active.add(macro.name());
        List<Token> expanded = expand(body);
        active.remove(macro.name());
        return expanded;
    }

    private List<Token> substituted(Macro macro, List<List<Token>> arguments, Token place) {
        List<String> names = macro.parameters().orElse(List.of());
        List<Token> body = new ArrayList<>();
        for (Token token : macro.body()) {
            int parameter = names.indexOf(token.text());
            if (parameter >= 0) {
                body.addAll(arguments.get(parameter));
                used += arguments.get(parameter).size();
            } else {
                body.add(new Token(token.kind(), token.text(), place.line(), place.column()));
            }
            if (isExhausted()) {
                return List.of(place);
            }
        }
        return body;
    }

    /** Joins the words on both sides of {@code ##}. */
    private static List<Token> pasted(List<Token> body) {
        List<Token> joined = new ArrayList<>();
        for (int i = 0; i < body.size(); i++) {
            boolean paste = body.get(i).is("#")
                    && i + 1 < body.size()
                    && body.get(i + 1).is("#");
            if (paste && i + 2 < body.size() && !joined.isEmpty()) {
                Token left = joined.remove(joined.size() - 1);
                String text = left.text() + body.get(i + 2).text();
                joined.add(new Token(left.kind(), text, left.line(), left.column()));
                i += 2;
            } else if (paste) {
                i++;
            } else {
                joined.add(body.get(i));
            }
        }
        return joined;
    }
}
