package dev.faultline.layout.notation;

import dev.faultline.layout.FieldType;
import dev.faultline.layout.abi.BasicTypes;
import java.util.Optional;

/** Reads {@code __attribute__((packed, aligned(n)))}, {@code _Alignas(n)} and the kernel's {@code __packed}. */
final class AttributeReader {

    /** Largest alignment that gcc accepts. */
    private static final long MOST_ALIGNMENT = 1 << 28;

    /** Most words of a basic type, as in {@code unsigned long long int}. */
    private static final int MOST_TYPE_WORDS = 4;

    private static final SyntaxTree.Attributes PACKED = new SyntaxTree.Attributes(true, 1, Optional.empty());

    private AttributeReader() {}

    /** {@return whether a word is a macro that requests an alignment, such as {@code ____cacheline_aligned_in_smp}} */
    static boolean isMacro(Token token) {
        return token.kind() == Token.Kind.WORD
                && token.text().startsWith("__")
                && token.text().contains("_aligned");
    }

    /** {@return whether an attribute starts here} */
    static boolean isNext(Token token) {
        return token.is("__attribute__")
                || token.is("_Alignas")
                || token.is("alignas")
                || token.is("__packed")
                || token.is("__aligned");
    }

    /** {@return the attributes at this place} */
    static SyntaxTree.Attributes read(TokenCursor in) {
        SyntaxTree.Attributes found = SyntaxTree.Attributes.NONE;
        while (isNext(in.peek())) {
            Token word = in.next();
            found = found.and(word.is("__packed") ? PACKED : list(in, !word.is("__attribute__")));
        }
        return found;
    }

    private static SyntaxTree.Attributes list(TokenCursor in, boolean alignas) {
        Token open = in.peek();
        in.expect("(");
        boolean packed = false;
        long alignment = 1;
        int depth = 1;
        boolean aligned = alignas;
        Optional<Token> unknown = Optional.empty();
        if (alignas) {
            Optional<Long> byteSize = sizeInWords(in);
            alignment = byteSize.orElse(alignment);
        }
        while (depth > 0) {
            Token token = in.next();
            switch (token.kind() == Token.Kind.COMMENT ? "" : token.text()) {
                case "(" -> depth++;
                case ")" -> {
                    depth--;
                    aligned = false; // a number behind it belongs to another attribute
                }
                case "packed", "__packed__" -> packed = true;
                case "aligned", "__aligned__" -> {
                    aligned = in.peek().is("(");
                    alignment = Math.max(
                            alignment, in.peek().is("(") ? 1 : 16); // without a number: the largest of any type
                    if (in.peek().is("(")
                            && in.token(1).is("sizeof")
                            && in.token(2).is("(")) {
                        in.skip(3);
                        depth += 2;
                        alignment = Math.max(alignment, sizeInWords(in).orElse(1L));
                        if (in.peek().is(")") && !in.token(1).is(")")) {
                            unknown = Optional.of(in.token(1)); // an expression
                        }
                    }
                }
                default -> {
                    if (aligned && token.kind() == Token.Kind.NUMBER) {
                        alignment = Math.max(alignment, alignment(in, token));
                    } else if (aligned && token.kind() == Token.Kind.WORD && unknown.isEmpty()) {
                        unknown = Optional.of(token);
                    }
                }
            }
            if (token.isEnd()) {
                throw in.error(open, "an attribute without its closing parenthesis");
            }
        }
        return new SyntaxTree.Attributes(packed, alignment, unknown);
    }

    /**
     * {@return the size in bytes of the basic type up to the next `)`, which is then consumed; empty for anything else}
     */
    private static Optional<Long> sizeInWords(TokenCursor in) {
        StringBuilder words = new StringBuilder();
        int count = 0;
        while (in.token(count).kind() == Token.Kind.WORD && count < MOST_TYPE_WORDS) {
            words.append(count == 0 ? "" : " ").append(in.token(count).text());
            count++;
        }
        if (count == 0 || !in.token(count).is(")")) {
            return Optional.empty();
        }
        Optional<Long> byteSize = BasicTypes.of(words.toString()).map(FieldType::byteSize);
        if (byteSize.isPresent()) {
            in.skip(count);
        }
        return byteSize;
    }

    private static long alignment(TokenCursor in, Token token) {
        long value = IntegerLiterals.literal(token.text());
        if (value > MOST_ALIGNMENT || Long.bitCount(value) != 1) {
            throw in.error(
                    token,
                    "expected an alignment that is a power of two up to " + MOST_ALIGNMENT + ", found "
                            + token.shown());
        }
        if (!in.peek().is(")") && !in.peek().is(",")) {
            throw in.error(token, "expected an alignment that is one number, found " + token.shown() + " and more");
        }
        return value;
    }
}
