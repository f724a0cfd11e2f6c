package dev.faultline.layout.syntax;

import dev.faultline.layout.ctype.CTypeFormat;
import dev.faultline.layout.token.Lexer;
import dev.faultline.layout.token.Token;
import dev.faultline.layout.token.TokenCursor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A member as tools print it, with a place behind it and a type that C could not spell: {@code int ()(void) * *
 * _vptr.Session}, {@code map[string]int  seen}, {@code struct &str  name}, {@code int Foo::*  field}.
 */
final class PrintedMember {

    private static final Set<String> PARTS_OF_NAMES = Set.of(".", "/", "\u00b7", "#");

    private static final Set<String> SIGNS = Set.of(
            "*", "&", "<", ">", "(", ")", "[", "]", "{", "}", ":", ",", ".", ";", "/", "\u00b7", "#", "=", "-", "+",
            "~", "%", "...");

    private static final Set<String> QUALIFIERS = Set.of("const", "volatile", "restrict", "__restrict");

    private static final Set<String> LAST_SIGNS = Set.of(")", "]", "}", ">", "*", "&");

    private final TokenCursor in;
    private final List<Token> tokens;
    private final List<Long> dimensions = new ArrayList<>();
    private OptionalInt bitSize = OptionalInt.empty();
    private int end;

    PrintedMember(TokenCursor in, List<Token> tokens) {
        this.in = in;
        this.tokens = tokens;
        this.end = tokens.size();
    }

    /** {@return whether a tool can have printed these tokens; anything else in a line is damage} */
    static boolean isPrintable(List<Token> tokens) {
        Token last = tokens.isEmpty() ? null : tokens.get(tokens.size() - 1);
        return last != null
                && (last.kind() != Token.Kind.SIGN || LAST_SIGNS.contains(last.text()))
                && (tokens.get(0).kind() == Token.Kind.WORD
                        || "([*&<.".contains(tokens.get(0).text()))
                && tokens.stream()
                        .allMatch(token -> token.kind() != Token.Kind.SIGN
                                || token.text().startsWith("'")
                                || SIGNS.contains(token.text()));
    }

    /** {@return whether a member has a type and, behind it, a name; a cut type is read only then} */
    static boolean isNamed(TokenCursor in, List<Token> tokens) {
        PrintedMember member = new PrintedMember(in, tokens);
        member.trim();
        return member.nameStart() > 0;
    }

    /** {@return whether the declaration has to be read here: C's grammar does not have its type or its name} */
    static boolean isNeeded(TokenCursor in, List<Token> tokens) {
        PrintedMember member = new PrintedMember(in, tokens);
        member.trim();
        int start = member.nameStart();
        int group = member.group();
        if (group >= 0) {
            return group > 0 && !member.isPlainType(group);
        }
        if (start == 1 && tokens.get(0).is("void")) {
            return true;
        }
        if (start < 0) {
            return false;
        }
        return start == 0 || start < member.end - 1 || !member.isPlainType(start);
    }

    /** Takes attributes, an initialiser, a width and dimensions off the end. */
    private void trim() {
        trimAttributes();
        for (int i = 1; i < end; i++) {
            if (tokens.get(i).is("=") && !tokens.get(i - 1).is("operator") && isTopLevel(i)) {
                end = i;
            }
        }
        boolean width = end > 2
                && tokens.get(end - 1).kind() == Token.Kind.NUMBER
                && tokens.get(end - 2).is(":");
        if (width) {
            bitSize = OptionalInt.of((int) in.count(tokens.get(end - 1), 1 << 20));
            end -= 2;
        }
        trimDimensions();
        trimAttributes();
    }

    private void trimAttributes() {
        for (int i = 1; i < end; i++) {
            if (tokens.get(i).is("__attribute__")) {
                end = i;
            }
        }
    }

    private boolean isTopLevel(int index) {
        int depth = 0;
        for (int i = 0; i < index; i++) {
            String text = tokens.get(i).text();
            depth += "([{<".contains(text) ? 1 : ")]}>".contains(text) ? -1 : 0;
        }
        return depth <= 0;
    }

    private void trimDimensions() {
        while (end > 2 && tokens.get(end - 1).is("]")) {
            boolean empty = tokens.get(end - 2).is("[");
            boolean number = tokens.get(end - 2).kind() == Token.Kind.NUMBER
                    && tokens.get(end - 3).is("[");
            if (!empty && !number) {
                return;
            }
            dimensions.add(0, empty ? 0L : in.count(tokens.get(end - 2), Integer.MAX_VALUE * 2L + 1));
            end -= empty ? 2 : 3;
        }
    }

    /** {@return the index of the first token of the name; -1 when there is none} */
    private int nameStart() {
        int start = end - 1;
        if (start < 0 || tokens.get(start).kind() != Token.Kind.WORD) {
            return -1;
        }
        while (start > 0 && tokens.get(start).isGlued() && isPartOfName(tokens.get(start - 1))) {
            start--;
        }
        return start;
    }

    private static boolean isPartOfName(Token token) {
        return token.kind() == Token.Kind.WORD
                || token.kind() == Token.Kind.NUMBER
                || PARTS_OF_NAMES.contains(token.text());
    }

    /** {@return whether C's grammar has the type: words, template arguments, then stars} */
    private boolean isPlainType(int typeEnd) {
        boolean named = false;
        boolean pointer = false;
        for (int i = 0; i < typeEnd; i++) {
            Token token = tokens.get(i);
            if (token.is("<") && named) { // template arguments
                int close = closingAngle(i, typeEnd);
                if (close < 0) {
                    return false;
                }
                i = close;
                continue;
            }
            boolean star = token.is("*") || token.is("&");
            boolean word = token.kind() == Token.Kind.WORD;
            if (!(star && named) && !(word && (!pointer || QUALIFIERS.contains(token.text())))) {
                return false;
            }
            pointer |= star;
            named |= word && AggregateParser.kind(token) == null && !QUALIFIERS.contains(token.text());
        }
        return named;
    }

    private int closingAngle(int open, int limit) {
        int depth = 0;
        int inner = 0;
        for (int i = open; i < limit; i++) {
            Token token = tokens.get(i);
            String text = token.text();
            inner += "([{".contains(text) ? 1 : ")]}".contains(text) ? -1 : 0;
            boolean arrow = token.is(">")
                    && (tokens.get(i - 1).is("-") || tokens.get(i - 1).is("="));
            depth += inner > 0 || arrow ? 0 : token.is("<") ? 1 : token.is(">") ? -1 : 0;
            if (depth == 0) {
                return i;
            }
        }
        return -1;
    }

    /** {@return the index of the parenthesis of a pointer to a function, {@code (*get)(int)}; -1 for other members} */
    private int group() {
        for (int i = 0; i + 3 < end && tokens.get(end - 1).is(")"); i++) {
            if (tokens.get(i).is("(") && isTopLevel(i) && star(i) > 0) {
                return groupName(i) < end && tokens.get(groupName(i)).kind() == Token.Kind.WORD ? i : -1;
            }
        }
        return -1;
    }

    /** {@return the index of the star in {@code (*get} or {@code (Gate::*get}; -1 when there is none} */
    private int star(int group) {
        int angles = 0;
        for (int i = group + 1; i + 2 < end; i++) {
            Token token = tokens.get(i);
            boolean first = token.is("*") && i == group + 1;
            boolean behindClass = token.is("*")
                    && tokens.get(i - 1).is(":")
                    && tokens.get(i - 2).is(":");
            if (first || behindClass && angles == 0) {
                return i;
            }
            angles += token.is("<") ? 1 : token.is(">") ? -1 : 0;
            boolean isClass = token.kind() == Token.Kind.WORD || token.is(":") || token.is(">");
            if (!isClass && angles == 0) {
                return -1;
            }
        }
        return -1;
    }

    /** {@return the index of the name of such a pointer} */
    private int groupName(int group) {
        int name = star(group);
        while (name < end && (tokens.get(name).is("*") || tokens.get(name).is("("))) {
            name++;
        }
        return name;
    }

    /**
     * {@return the type of such a pointer; pahole prints one that a function returns before it, as in {@code void
     * ()(char) * (*get)(int)}}
     */
    private String pointerToFunction(int group, int name) {
        String declarator = text(group, name) + text(name + 1, end);
        int returned = 0;
        while (returned + 2 < group
                && !(tokens.get(returned).is("(")
                        && tokens.get(returned + 1).is(")")
                        && tokens.get(returned + 2).is("("))) {
            returned++;
        }
        int stars = returned + 3;
        for (int depth = 1; stars < group && depth > 0; stars++) {
            depth += tokens.get(stars).is("(") ? 1 : tokens.get(stars).is(")") ? -1 : 0;
        }
        return stars >= group
                ? text(0, group) + " " + declarator
                : CTypeFormat.canonical(
                        text(0, returned) + " (" + text(stars, group) + declarator + ")" + text(returned + 2, stars));
    }

    private int typeEnd() {
        int start = nameStart();
        return start < 0 ? end : start;
    }

    /** {@return the member} */
    SyntaxTree.Member read(SyntaxTree.Place place, Optional<Scope> scope) {
        for (Token part : tokens) {
            if (part.is(Lexer.OPEN_COMMENT)) {
                throw in.error(part, "expected a member, found " + part.shown());
            }
        }
        trim();
        int group = group();
        int typeEnd = group < 0 ? typeEnd() : groupName(group);
        Token token = tokens.get(Math.min(typeEnd, tokens.size() - 1));
        String name = group < 0 ? text(typeEnd, end) : token.text();
        String type = group < 0 ? text(0, typeEnd) : pointerToFunction(group, typeEnd);
        if (name.length() > Parser.LONGEST_NAME) {
            throw in.error(token, "a name longer than " + Parser.LONGEST_NAME + " characters");
        }
        if (type.length() > Parser.LONGEST_TYPE) {
            throw in.error(token, "a type longer than " + Parser.LONGEST_TYPE + " characters");
        }
        CxxTypes.Known known = CxxTypes.of(type, place.byteSize());
        return new SyntaxTree.Member(
                name,
                known.spelling(),
                known.pointer() || group >= 0,
                List.copyOf(dimensions),
                bitSize,
                Optional.empty(),
                Optional.of(new SyntaxTree.Place(place.byteOffset(), place.bitOffset(), known.byteSize())),
                SyntaxTree.Attributes.NONE,
                VtablePointer.role(name, known.pointer()),
                scope,
                token);
    }

    private String text(int from, int to) {
        StringBuilder text = new StringBuilder();
        for (int i = from; i < to; i++) {
            Token token = tokens.get(i);
            text.append(i > from && !token.isGlued() ? " " : "").append(token.text());
        }
        return text.toString().replace("* *", "**");
    }
}
