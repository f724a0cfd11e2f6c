package dev.faultline.layout.notation;

/** Reads {@code __attribute__((packed, aligned(n)))}, {@code _Alignas(n)} and the kernel's {@code __packed}. */
final class AttributeReader {

    private AttributeReader() {}

    /** {@return all attributes that stand here, none when none does} */
    static Raw.Attributes read(Cursor in) {
        Raw.Attributes found = Raw.Attributes.NONE;
        while (true) {
            if (in.peek().is("__attribute__")
                    || in.peek().is("_Alignas")
                    || in.peek().is("alignas")) {
                boolean alignas = !in.next().is("__attribute__");
                found = found.and(list(in, alignas));
            } else if (in.peek().is("__packed")) {
                in.next();
                found = found.and(new Raw.Attributes(true, 1));
            } else {
                return found;
            }
        }
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
            switch (token.text()) {
                case "(" -> depth++;
                case ")" -> depth--;
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
            if (token.kind() == Token.Kind.END) {
                throw in.error(open, "an attribute that does not end");
            }
        }
        return new Raw.Attributes(packed, alignment);
    }

    private static long alignment(Cursor in, Token token) {
        String digits = token.text().replaceAll("[uUlL]+$", "");
        long value = digits.matches("\\d{1,9}") ? Long.parseLong(digits) : 0;
        if (Long.bitCount(value) != 1) {
            throw in.error(token, "expected an alignment that is a power of two, found " + token.shown());
        }
        return value;
    }
}
