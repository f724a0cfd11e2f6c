package dev.faultline.layout.syntax;

import dev.faultline.layout.MemberRole;
import dev.faultline.layout.token.Token;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads {@code struct Base <ancestor>;}, as pahole prints base classes: as members, or in a comment. */
final class BaseClass {

    private static final String MARK = "<ancestor>";

    /** What pahole prints for the offset of a virtual base class, which only a running program knows. */
    private static final long NO_OFFSET = 0xFFFF_FFFFL;

    private BaseClass() {}

    /** What a constructor or destructor takes of a class that has virtual base classes, itself or through others. */
    private static final List<String> VIRTUAL_TABLES = List.of("int", ",", "const", "void", "*", "*");

    /** {@return whether a method is a constructor or destructor that needs the places of virtual base classes} */
    static boolean isVirtualIn(List<Token> method, AggregateBody body) {
        List<String> texts = method.stream().map(Token::text).toList();
        int open = texts.indexOf("(");
        return open > 0
                && body.isTag(texts.get(open - 1))
                && Collections.indexOfSubList(texts.subList(open, texts.size()), VIRTUAL_TABLES) >= 0;
    }

    /** {@return whether a text is a base class} */
    static boolean isOne(String text) {
        String bare = text.endsWith(";") ? text.substring(0, text.length() - 1).strip() : text;
        return bare.endsWith(MARK) && bare.length() > MARK.length();
    }

    /**
     * {@return the member that a base class is; its place is empty when only a running program knows it}
     *
     * @param text the base class as printed
     * @param place its place
     * @param scope the names that its class declares
     * @param token where it stands
     */
    static SyntaxTree.Member member(String text, SyntaxTree.Place place, Optional<Scope> scope, Token token) {
        String type = text.substring(0, text.lastIndexOf(MARK)).strip();
        Optional<SyntaxTree.Place> known = place.byteOffset() == NO_OFFSET ? Optional.empty() : Optional.of(place);
        return member(name(type), type, known, scope, token);
    }

    /** {@return a base class that no member shows} */
    static SyntaxTree.Member unplaced(Optional<Scope> scope, Token token) {
        return member("", "base class", Optional.empty(), scope, token);
    }

    private static SyntaxTree.Member member(
            String name, String type, Optional<SyntaxTree.Place> place, Optional<Scope> scope, Token token) {
        return new SyntaxTree.Member(
                name,
                type,
                false,
                List.of(),
                OptionalInt.empty(),
                Optional.empty(),
                place,
                SyntaxTree.Attributes.NONE,
                MemberRole.BASE_CLASS,
                scope,
                token);
    }

    /** {@return the last word of a name, without scopes and template arguments, so that paths can have it} */
    private static String name(String type) {
        int end = type.length();
        int depth = 0;
        for (int i = type.length() - 1; i >= 0; i--) {
            char c = type.charAt(i);
            depth += c == '>' ? 1 : c == '<' ? -1 : 0;
            if (depth == 0 && c == '<') {
                end = i;
            } else if (depth == 0 && (c == ':' || c == ' ' || c == ')')) {
                if (i + 1 < end) {
                    return type.substring(i + 1, end);
                }
                end = i;
            }
        }
        return type.substring(0, end);
    }
}
