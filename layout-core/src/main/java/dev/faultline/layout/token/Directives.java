package dev.faultline.layout.token;

import dev.faultline.input.InputException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Carries out the directives of a text: keeps its macros, and drops the branches of conditions that do not hold. A
 * condition that the text does not decide stays in the text with all its branches.
 */
final class Directives {

    private static final int MOST_NESTED = 4096;

    /** What is known of the branch of a condition. */
    private enum Branch {
        TAKEN,
        NOT_YET,
        DONE,
        UNKNOWN
    }

    private final String source;
    private final Lexer lexer;
    private final Map<String, Macro> macros = new HashMap<>();
    private final MacroExpansion expansion = new MacroExpansion(this::macro);
    private final Deque<Token> kept = new ArrayDeque<>();
    private final Deque<Branch> branches = new ArrayDeque<>();
    private final Deque<Token> unread = new ArrayDeque<>();
    private int lastLine;
    private boolean skipped;

    Directives(String source, Lexer lexer) {
        this.source = source;
        this.lexer = lexer;
    }

    /** {@return the macro of this name: that of the text, else a well-known one} */
    Optional<Macro> macro(String name) {
        Macro own = macros.get(name);
        return own != null ? Optional.of(own) : StandardMacros.of(name);
    }

    /** {@return the expansion of the macros of this text} */
    MacroExpansion expansion() {
        return expansion;
    }

    /** {@return the next token that is no part of a directive or of a branch that does not hold} */
    Token next() {
        while (true) {
            if (!kept.isEmpty()) {
                return kept.poll();
            }
            Token token = raw();
            boolean starts = token.line() != lastLine;
            lastLine = token.line();
            if (token.is("#") && starts) {
                directive(token);
            } else if (token.isEnd() || !skipped) {
                return token;
            }
        }
    }

    private Token raw() {
        return unread.isEmpty() ? lexer.next() : unread.poll();
    }

    /** {@return the tokens behind a sign up to the end of its line, and of the lines that continue it} */
    private List<Token> line(Token sign) {
        List<Token> line = new ArrayList<>();
        int number = sign.line();
        Token token = raw();
        while (!token.isEnd() && token.line() == number) {
            Token next = raw();
            if (token.is("\\") && next.line() > number) {
                number = next.line();
            } else if (token.kind() != Token.Kind.COMMENT) {
                line.add(token);
            }
            token = next;
        }
        unread.push(token);
        return line;
    }

    private void directive(Token sign) {
        List<Token> line = line(sign);
        String name = line.isEmpty() ? "" : line.get(0).text();
        List<Token> rest = line.isEmpty() ? line : line.subList(1, line.size());
        boolean stays = !skipped;
        switch (name) {
            case "if", "ifdef", "ifndef" -> {
                branches.push(condition(name, rest));
                stays &= branches.peek() == Branch.UNKNOWN;
            }
            case "elif", "else" -> stays &= branches.isEmpty() || nextBranch(name, rest);
            case "endif" -> stays &= branches.isEmpty() || branches.pop() == Branch.UNKNOWN;
            case "define" -> {
                define(rest);
                stays = false;
            }
            case "undef" -> {
                undefine(rest);
                stays = false;
            }
            case "line", "error", "warning", "" -> stays = false;
            default -> stays &= line.get(0).kind() != Token.Kind.NUMBER; // `# 12 "file.h"` of a preprocessed text
        }
        skipped = branches.contains(Branch.NOT_YET) || branches.contains(Branch.DONE);
        if (branches.size() > MOST_NESTED) {
            branches.clear();
            throw InputException.at(
                    source, sign.line(), sign.column(), "conditions nested deeper than " + MOST_NESTED + " levels");
        }
        if (stays) {
            kept.add(sign);
            kept.addAll(line);
        }
    }

    private void define(List<Token> rest) {
        if (!skipped) {
            Macro.of(rest, !branches.contains(Branch.UNKNOWN)).ifPresent(macro -> macros.put(macro.name(), macro));
        }
    }

    private void undefine(List<Token> rest) {
        if (!skipped && !rest.isEmpty()) {
            macros.put(rest.get(0).text(), Macro.undefined(rest.get(0).text(), !branches.contains(Branch.UNKNOWN)));
        }
    }

    /** {@return whether the directive stays in the text} */
    private boolean nextBranch(String name, List<Token> rest) {
        Branch before = branches.pop();
        Branch now = switch (before) {
            case TAKEN, DONE -> Branch.DONE;
            case NOT_YET -> name.equals("else") ? Branch.TAKEN : condition("if", rest);
            case UNKNOWN -> Branch.UNKNOWN;
        };
        branches.push(now);
        return before == Branch.UNKNOWN || now == Branch.UNKNOWN;
    }

    private Branch condition(String name, List<Token> rest) {
        if (skipped && !branches.isEmpty() && branches.peek() != Branch.NOT_YET) {
            return Branch.DONE;
        }
        Long value = switch (name) {
            case "ifdef" -> rest.isEmpty() ? null : defined(rest.get(0));
            case "ifndef" -> rest.isEmpty() ? null : guards(rest.get(0)) ? Long.valueOf(1) : not(defined(rest.get(0)));
            default -> value(rest);
        };
        return value == null ? Branch.UNKNOWN : value != 0 ? Branch.TAKEN : Branch.NOT_YET;
    }

    private static Long not(Long value) {
        return value == null ? null : Long.valueOf(value == 0 ? 1 : 0);
    }

    /** {@return whether the next line defines the name, as {@code #ifndef} in front of a default does} */
    private boolean guards(Token name) {
        if (macros.containsKey(name.text())) {
            return false;
        }
        List<Token> next = List.of(raw(), raw(), raw());
        unread.addAll(next);
        return next.get(0).is("#") && next.get(1).is("define") && next.get(2).is(name.text());
    }

    /** {@return 1 or 0 when it is known whether the name is defined; null otherwise} */
    private Long defined(Token name) {
        Macro own = macros.get(name.text());
        if (own != null) {
            return own.certain() ? Long.valueOf(own.isDefined() ? 1 : 0) : null;
        }
        return StandardMacros.defined(name.text());
    }

    /** {@return the value of a condition; null when the text does not say} */
    private Long value(List<Token> tokens) {
        List<Token> expanded = expansion.expand(withoutDefined(tokens));
        if (expanded.isEmpty()) {
            return null;
        }
        int[] at = {0};
        Token end = new Token(Token.Kind.END, "", expanded.get(0).line(), 1);
        TokenCursor in = new TokenCursor(source, () -> at[0] < expanded.size() ? expanded.get(at[0]++) : end);
        ConstantExpression expression = new ConstantExpression(in, new ConstantExpression.Names() {
            @Override
            public Long constant(Token name) {
                Macro own = macros.get(name.text());
                return own != null ? null : StandardMacros.value(name.text());
            }

            @Override
            public Long ofType(Token operator, TokenCursor types) {
                return null;
            }
        });
        try {
            Long value = expression.value();
            return in.peek().isEnd() ? value : null;
        } catch (InputException unreadable) {
            return null;
        }
    }

    /** {@return a condition with 1 or 0 for each {@code defined} that is known} */
    private List<Token> withoutDefined(List<Token> tokens) {
        List<Token> plain = new ArrayList<>();
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            if (!token.is("defined")) {
                plain.add(token);
                continue;
            }
            boolean enclosed = i + 3 < tokens.size() && tokens.get(i + 1).is("(");
            int at = i + (enclosed ? 2 : 1);
            Long known = at < tokens.size() ? defined(tokens.get(at)) : null;
            plain.add(
                    known == null
                            ? token
                            : new Token(Token.Kind.NUMBER, known.toString(), token.line(), token.column()));
            i = enclosed ? at + 1 : at;
        }
        return plain;
    }
}
