package dev.faultline.layout.syntax;

import dev.faultline.layout.abi.RuledType;
import dev.faultline.layout.token.ConstantExpression;
import dev.faultline.layout.token.Token;
import dev.faultline.layout.token.TokenCursor;
import java.util.OptionalLong;

/** Reads enums: their constants, and their size as gcc chooses it. */
final class EnumParser {

    private final TokenCursor in;
    private long least;
    private long most;
    private boolean known = true;

    EnumParser(TokenCursor in) {
        this.in = in;
    }

    /** Skips the second word of {@code enum class}. */
    static void skipKeyword(TokenCursor in) {
        if (in.peek().is("class") || in.peek().is("struct")) {
            in.next();
        }
    }

    /** {@return whether the tokens at this distance are the rest of an enum with a body: tag, type, brace} */
    static boolean opens(TokenCursor in, int distance) {
        int at = distance + (in.token(distance).kind() == Token.Kind.WORD ? 1 : 0);
        if (in.token(at).is(":")) {
            for (at++; at < distance + 8 && in.token(at).kind() == Token.Kind.WORD; at++) {
                // the words of the underlying type
            }
        }
        return in.token(at).is("{");
    }

    /**
     * Reads tag, underlying type and body behind the keyword and its attributes.
     *
     * @param before attributes in front of the tag
     * @return the size in bytes that its values or its underlying type give it; empty when that is unknown
     */
    OptionalLong read(String tag, SyntaxTree.Attributes before) {
        OptionalLong underlying = OptionalLong.empty();
        if (in.peek().is(":")) {
            in.next();
            RuledType type = in.scope().type(in);
            underlying = type == null
                    ? OptionalLong.empty()
                    : OptionalLong.of(type.type().byteSize());
        }
        body();
        boolean packed = before.and(AttributeReader.read(in)).packed();
        OptionalLong byteSize = underlying.isPresent() ? underlying : size(packed);
        if (!tag.isEmpty()) {
            byteSize.ifPresent(bytes -> in.scope().enumeration(tag, bytes));
        }
        return byteSize;
    }

    private void body() {
        in.expect("{");
        Long value = -1L;
        while (!in.peek().is("}") && !in.peek().isEnd()) {
            Token name = in.next();
            if (name.is("{")) {
                nested();
            }
            if (name.kind() != Token.Kind.WORD) {
                continue;
            }
            AttributeReader.read(in);
            value = value == null ? null : Long.valueOf(value + 1);
            if (in.peek().is("=")) {
                in.next();
                value = new ConstantExpression(in, in.scope()).value();
            }
            note(name.text(), value);
            while (!in.peek().is(",")
                    && !in.peek().is("}")
                    && !in.peek().isEnd()
                    && !in.peek().is("{")) {
                in.next(); // what is not C
                known = false;
            }
        }
        in.expect("}");
    }

    private void nested() {
        known = false;
        int depth = in.braces();
        while (in.braces() >= depth && !in.peek().isEnd()) {
            in.next();
        }
    }

    private void note(String name, Long value) {
        in.scope().enumerator(name, value);
        known &= value != null;
        if (value != null) {
            least = Math.min(least, value);
            most = Math.max(most, value);
        }
    }

    private OptionalLong size(boolean packed) {
        if (!known) {
            return OptionalLong.empty();
        }
        for (int bytes = packed ? 1 : 4; bytes < 8; bytes *= 2) {
            long values = 1L << 8 * bytes;
            boolean fits = least < 0 ? least >= -values / 2 && most < values / 2 : most < values;
            if (fits) {
                return OptionalLong.of(bytes);
            }
        }
        return OptionalLong.of(8);
    }
}
