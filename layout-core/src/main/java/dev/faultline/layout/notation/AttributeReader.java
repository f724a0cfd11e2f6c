package dev.faultline.layout.notation;

/** Reads {@code __attribute__((packed, aligned(n)))}, {@code _Alignas(n)} and the kernel's {@code __packed}. */
final class AttributeReader {

    /** What gcc takes at most. */
    private static final long MOST_ALIGNMENT = 1 << 28;

    private AttributeReader() {}

    /** {@return whether an attribute starts here} */
    static boolean isNext(Token token) {
        return token.is("__attribute__") || token.is("_Alignas") || token.is("alignas") || token.is("__packed");
    }

    /** {@return all attributes that stand here, none when none does} */
    static Raw.Attributes read(Cursor in) {
        Raw.Attributes found = Raw.Attributes.NONE;
        while (isNext(in.peek())) {
            Token word = in.next();
            found = found.and(word.is("__packed") ? new Raw.Attributes(true, 1) : list(in, !word.is("__attribute__")));
        }
        return found;
    }

    private static Raw.Attributes list(Cursor in, boolean alignas) {
        Token open = in.peek();
        in.expect("(");
        boolean packed = false;
        long alignment = 1;
        int depth = 1;
        boolean aligned = alignas;
        while (depth > 0) {
            Token token = in.next();
            switch (token.kind() == Token.Kind.COMMENT ? "" : token.text()) {
                case "(" -> depth++;
                case ")" -> {
                    depth--;
                    aligned = false; // a number behind it is another attribute's
                }
                case "packed", "__packed__" -> packed = true;
                case "aligned", "__aligned__" -> {
                    aligned = true;
                    alignment = Math.max(alignment, in.peek().is("(") ? 1 : 16); // alone: the largest there is
                }
                default -> {
                    if (aligned && token.kind() == Token.Kind.NUMBER) {
                        alignment = Math.max(alignment, alignment(in, token));
                    }
                }
            }
            if (token.isEnd()) {
                throw in.error(open, "an attribute that does not end");
            }
        }
        return new Raw.Attributes(packed, alignment);
    }

    private static long alignment(Cursor in, Token token) {
        long value = Numbers.literal(token.text());
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
