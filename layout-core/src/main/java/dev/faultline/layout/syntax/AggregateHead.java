package dev.faultline.layout.syntax;

import dev.faultline.layout.token.Lookahead;
import dev.faultline.layout.token.Token;
import dev.faultline.layout.token.TokenCursor;
import java.util.Optional;
import java.util.Set;

/**
 * The tag and the base classes of a struct, union or class, before its body.
 *
 * @param tag its name as written, such as {@code Slot<int, 4>} or {@code (anonymous namespace)::Foo}
 * @param length how many tokens stand before the brace of its body
 * @param base the colon before its base classes
 * @param macro a macro before the tag
 * @param plain whether C++ could declare it; Rust and Go have tags that only their tools print
 */
record AggregateHead(String tag, int length, Optional<Token> base, Optional<Token> macro, boolean plain) {

    private static final Set<String> KEYWORDS = Set.of("struct", "union", "class", "enum", "interface", "typedef");

    /** Most tokens from the start of a body to its first comment. */
    private static final int MOST_TO_COMMENT = 512;

    /** {@return the head this many tokens ahead, behind the keyword; empty when no body follows} */
    static Optional<AggregateHead> at(TokenCursor in, int distance) {
        Lookahead ahead = in.ahead();
        Optional<AggregateHead> plain = plain(in, distance, Optional.empty());
        if (plain.isPresent()) {
            return plain;
        }
        Token macro = in.token(distance);
        if (isMacro(macro)) {
            int next = distance + 1;
            int behind = in.token(next).is("(") ? ahead.closing(next) + 1 : next;
            Optional<AggregateHead> named = behind == 0 ? Optional.empty() : plain(in, behind, Optional.of(macro));
            if (named.isPresent()) {
                return named.map(head -> head.from(distance, behind));
            }
        }
        return printed(in, distance);
    }

    private AggregateHead from(int distance, int behind) {
        return new AggregateHead(tag, length + behind - distance, base, macro, plain);
    }

    private static boolean isMacro(Token token) {
        return token.kind() == Token.Kind.WORD
                && token.text().chars().noneMatch(Character::isLowerCase)
                && !token.text().startsWith("_");
    }

    private static Optional<AggregateHead> plain(TokenCursor in, int distance, Optional<Token> macro) {
        Lookahead ahead = in.ahead();
        int tagEnd = ahead.nameEnd(distance);
        if (tagEnd < 0 || KEYWORDS.contains(in.token(distance).text())) {
            return Optional.empty();
        }
        int end = in.token(tagEnd).is("final") ? tagEnd + 1 : tagEnd;
        Optional<Token> base = in.token(end).is(":") ? Optional.of(in.token(end)) : Optional.empty();
        if (base.isPresent()) {
            end = basesEnd(in, end + 1);
        }
        if (end < 0 || !in.token(end).is("{")) {
            return Optional.empty();
        }
        return Optional.of(new AggregateHead(ahead.text(distance, tagEnd), end - distance, base, macro, true));
    }

    private static int basesEnd(TokenCursor in, int distance) {
        int end = distance;
        while (end >= 0
                && (in.token(end).kind() == Token.Kind.WORD || in.token(end).is("("))) {
            end = in.ahead().nameEnd(end);
            if (end >= 0 && in.token(end).is(",")) {
                end++;
            }
        }
        return end;
    }

    /** {@return a tag that only a tool prints: everything on the line of the keyword, up to the brace at its end} */
    private static Optional<AggregateHead> printed(TokenCursor in, int distance) {
        Lookahead ahead = in.ahead();
        Token first = in.token(distance);
        int line = first.line();
        int end = distance;
        while (end - distance < ahead.reach()
                && !in.token(end).isEnd()
                && in.token(end).line() == line
                && in.token(end).kind() != Token.Kind.COMMENT) {
            end++;
        }
        boolean opens = end - distance > 1 && in.token(end - 1).is("{");
        boolean function =
                opens && first.kind() == Token.Kind.WORD && in.token(end - 2).is(")");
        if (!opens || function || !ahead.isBalanced(distance, end - 1)) {
            ahead.wasted(end - distance);
            return Optional.empty();
        }
        if (!isPlacedBody(in, end)) {
            return Optional.empty();
        }
        String tag = ahead.text(distance, end - 1);
        if (tag.startsWith("typedef ")) { // pahole: struct typedef __va_list_tag __va_list_tag
            tag = tag.substring(tag.lastIndexOf(' ') + 1);
        }
        return Optional.of(new AggregateHead(tag, end - 1 - distance, Optional.empty(), Optional.empty(), false));
    }

    /** {@return whether the first comment of a body is one of pahole's, so that the text is no prose or function} */
    private static boolean isPlacedBody(TokenCursor in, int body) {
        for (int i = body; i < body + MOST_TO_COMMENT; i++) {
            Token token = in.token(i);
            if (token.isEnd()) {
                return false;
            }
            if (token.kind() == Token.Kind.COMMENT) {
                return OffsetComments.place(in, token).isPresent()
                        || OffsetComments.size(in, token).isPresent()
                        || token.text().startsWith("XXX ")
                        || token.text().startsWith("--- ")
                        || BaseClass.isOne(token.text());
            }
        }
        return false;
    }
}
