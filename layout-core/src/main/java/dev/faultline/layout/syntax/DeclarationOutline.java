package dev.faultline.layout.syntax;

import dev.faultline.layout.token.Token;
import dev.faultline.layout.token.TokenCursor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The tokens of one declaration in a class, up to its semicolon or to the brace of a body; shows whether it is a
 * method.
 *
 * @param tokens the tokens, without comments
 * @param length how many tokens the text has up to the semicolon, comments included
 * @param place what the comment behind the semicolon states
 * @param isShortened whether a tool cut its type, so that brackets are open
 */
record DeclarationOutline(List<Token> tokens, int length, Optional<SyntaxTree.Place> place, boolean isShortened) {

    /** Words before a name in braces, such as Rust's {@code struct {closure_env#0}}. */
    private static final Set<String> NAMED_BY_BRACES = Set.of("struct", "union", "class", "const", "mut", "dyn");

    private static final Set<String> BEFORE_ARGUMENTS = Set.of(
            "__attribute__",
            "__aligned",
            "_Alignas",
            "alignas",
            "_Atomic",
            "decltype",
            "typeof",
            "__typeof__",
            "noexcept",
            "__declspec");

    /** {@return the declaration at the cursor} */
    static DeclarationOutline of(TokenCursor in) {
        List<Token> tokens = new ArrayList<>();
        int reach = in.ahead().reach();
        int depth = 0;
        int i = 0;
        for (; i < reach; i++) {
            Token token = in.token(i);
            if (token.isEnd() || depth == 0 && (token.is(";") || token.is("}"))) {
                break;
            }
            if (token.is("{")) {
                int close = isPartOfType(in, i) ? in.ahead().closing(i) : -1;
                if (close < 0) {
                    break;
                }
                for (; i < close; i++) {
                    tokens.add(in.token(i));
                }
                token = in.token(close);
            }
            depth += token.is("(") || token.is("[") ? 1 : token.is(")") || token.is("]") ? -1 : 0;
            if (token.kind() != Token.Kind.COMMENT) {
                tokens.add(token);
            }
        }
        Optional<SyntaxTree.Place> place =
                in.token(i).is(";") ? OffsetComments.place(in, in.token(i + 1)) : Optional.empty();
        DeclarationOutline outline = new DeclarationOutline(tokens, i, place, false);
        Token stop = in.token(i);
        int close = stop.is("{") ? in.ahead().closing(i) : -1;
        boolean body = close > 0 && in.token(close).line() == stop.line();
        return stop.is(";") && stop.line() == in.peek().line() || body ? outline : line(in).orElse(outline);
    }

    /** {@return a line that ends with a semicolon and a place, whatever stands before: pahole cuts long types} */
    private static Optional<DeclarationOutline> line(TokenCursor in) {
        List<Token> tokens = new ArrayList<>();
        int line = in.peek().line();
        for (int i = 0; in.token(i).line() == line && !in.token(i).isEnd(); i++) {
            Token token = in.token(i);
            Optional<SyntaxTree.Place> place = OffsetComments.place(in, token);
            boolean ends = i > 1 && in.token(i - 1).is(";") && in.token(i + 1).line() > line;
            if (place.isPresent() && ends) {
                return Optional.of(new DeclarationOutline(tokens.subList(0, i - 1), i - 1, place, true));
            }
            if (token.kind() == Token.Kind.COMMENT || i == in.ahead().reach()) {
                return Optional.empty();
            }
            tokens.add(token);
        }
        return Optional.empty();
    }

    /** {@return whether a brace belongs to a type: Go's {@code chan struct {} done}, Rust's {@code {closure#0}}} */
    private static boolean isPartOfType(TokenCursor in, int brace) {
        int close = in.ahead().closing(brace);
        if (close < 0 || in.token(close).line() != in.token(brace).line()) {
            return false;
        }
        Token before = brace == 0 ? in.token(brace) : in.token(brace - 1);
        if (before.is("interface") || before.is("struct") && brace > 1) {
            return true;
        }
        boolean name = brace == 0 || before.kind() != Token.Kind.WORD || NAMED_BY_BRACES.contains(before.text());
        boolean word = in.token(brace + 1).kind() == Token.Kind.WORD;
        boolean closed = close == brace + 2
                || in.token(brace + 2).is("#")
                || in.token(brace + 2).is("(");
        return name && word && closed && !before.is(")") && !before.is("=");
    }

    /** {@return its first token behind attributes in brackets; empty when there is none} */
    Optional<Token> first() {
        return attributesEnd() < tokens.size() ? Optional.of(tokens.get(attributesEnd())) : Optional.empty();
    }

    private int attributesEnd() {
        int end = 0;
        while (end + 1 < tokens.size()
                && tokens.get(end).is("[")
                && tokens.get(end + 1).is("[")) {
            while (end + 1 < tokens.size()
                    && !(tokens.get(end).is("]") && tokens.get(end + 1).is("]"))) {
                end++;
            }
            end += 2;
        }
        return end;
    }

    /** {@return whether this only says that a class or an enum exists: {@code class Forward;}} */
    boolean isForward() {
        boolean keyword = tokens.size() > 1
                && (AggregateParser.kind(tokens.get(0)) != null || tokens.get(0).is("enum"));
        return keyword && place.isEmpty() && tokens.size() == 2 && tokens.get(1).kind() == Token.Kind.WORD;
    }

    /** {@return whether this declares a function of the class, or overloads an operator} */
    boolean isMethod() {
        if (place.isPresent()) {
            return false;
        }
        int angles = 0;
        for (int i = attributesEnd(); i < tokens.size(); i++) {
            Token token = tokens.get(i);
            if (token.is("operator")) {
                return true;
            }
            if (token.is("=") || token.is("[")) {
                return false;
            }
            if (token.is(":") && i + 1 < tokens.size() && tokens.get(i + 1).is("sizeof")) {
                return false; // int a : sizeof(int);
            }
            angles += token.is("<") ? 1 : token.is(">") ? -1 : 0;
            if (angles == 0 && token.is("(")) {
                if (i > 0 && takesArguments(tokens.get(i - 1))) {
                    i = closing(i);
                } else if (i > 1 && AttributeReader.isMacro(tokens.get(i - 1))) {
                    return false; // int a PLATFORM_ALIGN(32);
                } else {
                    return i > 0 && !isDeclarator(i);
                }
            }
        }
        return isCut() && tokens.get(tokens.size() - 1).is(")");
    }

    /** {@return whether pahole cut the spelling of a type, so that template arguments have no end} */
    boolean isCut() {
        int inner = 0;
        int angles = 0;
        Token before = tokens.isEmpty() ? null : tokens.get(0);
        for (Token token : tokens) {
            boolean arrow = token.is(">") && (before.is("-") || before.is("="));
            boolean isOperator = before.is("operator");
            inner += token.is("(") || token.is("[") ? 1 : token.is(")") || token.is("]") ? -1 : 0;
            angles += inner > 0 || arrow || isOperator ? 0 : token.is("<") ? 1 : token.is(">") ? -1 : 0;
            before = token;
        }
        return angles > 0;
    }

    /** {@return whether a parenthesis behind a word holds what the word needs, as in {@code __counted_by(n)}} */
    private static boolean takesArguments(Token word) {
        return BEFORE_ARGUMENTS.contains(word.text()) || AttributeReader.isHarmless(word);
    }

    /** {@return whether a parenthesis holds a declarator, as in {@code (*f)(int)}, and not parameters} */
    private boolean isDeclarator(int parenthesis) {
        int i = parenthesis + 1;
        if (i == tokens.size()) {
            return false;
        }
        Token first = tokens.get(i);
        if (first.is("*") || first.is("&") || first.is("^") || first.is("(")) {
            return true;
        }
        if (first.is(")")) { // pahole prints the type of a function before its name: int ()(void) * * _vptr.Foo
            return i + 1 < tokens.size() && tokens.get(i + 1).is("(");
        }
        while (i + 2 < tokens.size() && !tokens.get(i).is(")") && !tokens.get(i).is(",")) {
            if (tokens.get(i).is(":")
                    && tokens.get(i + 1).is(":")
                    && tokens.get(i + 2).is("*")) {
                return true; // (Foo::*f)(int)
            }
            i++;
        }
        return false;
    }

    private int closing(int parenthesis) {
        int depth = 0;
        for (int i = parenthesis; i < tokens.size(); i++) {
            depth += tokens.get(i).is("(") ? 1 : tokens.get(i).is(")") ? -1 : 0;
            if (depth == 0) {
                return i;
            }
        }
        return tokens.size();
    }

    /** {@return whether this is a virtual function} */
    boolean isVirtual() {
        return has("virtual") || has("override") || has("final");
    }

    private boolean has(String word) {
        return tokens.stream().anyMatch(token -> token.is(word));
    }

    /** {@return the word before the parameters when no type stands before it: a constructor or a macro} */
    Optional<Token> bareCall() {
        boolean bare = tokens.size() > 1
                && tokens.get(0).kind() == Token.Kind.WORD
                && tokens.get(1).is("(");
        return bare ? Optional.of(tokens.get(0)) : Optional.empty();
    }
}
