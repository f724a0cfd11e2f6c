package dev.faultline.layout.token;

/** Looks for the ends of names and brackets ahead of a cursor, without consuming tokens. */
public final class Lookahead {

    /** Most tokens to look ahead; a type may be spelled with some thousand template arguments. */
    private static final int FAR = 8192;

    /** Most tokens to look ahead in a text that made most searches fail. */
    private static final int NEAR = 64;

    /** Most characters of tokens that are put together to one text. */
    public static final int LONGEST_TEXT = 16_384;

    private static final long FREE = 1 << 24;

    private final TokenCursor in;
    private long wasted;

    Lookahead(TokenCursor in) {
        this.in = in;
    }

    /** {@return how many tokens may be looked at; few when failed searches took more time than the text is long} */
    public int reach() {
        return wasted > FREE + 4 * in.consumed() ? NEAR : FAR;
    }

    /** Counts tokens that were looked at in vain. */
    public void wasted(int tokens) {
        wasted += tokens;
    }

    /**
     * {@return the distance behind a C++ name with its scopes and template arguments; -1 when none starts here}
     *
     * @param distance the distance of its first token
     */
    public int nameEnd(int distance) {
        int end = partEnd(distance);
        while (end >= 0 && isScope(end)) {
            int next = partEnd(end + 2);
            if (next < 0) {
                return end;
            }
            end = next;
        }
        return end;
    }

    /** {@return whether a {@code ::} is at this distance, as the lexer leaves it behind a bracket} */
    public boolean isScope(int distance) {
        return in.token(distance).is(":") && in.token(distance + 1).isGlued(":");
    }

    private int partEnd(int distance) {
        Token first = in.token(distance);
        int end;
        if (first.is("(") && in.token(distance + 1).is("anonymous")) {
            end = closing(distance) + 1;
        } else if (first.kind() == Token.Kind.WORD) {
            end = distance + 1;
        } else {
            return -1;
        }
        while (end > 0 && in.token(end).is("<")) {
            end = closing(end) + 1;
        }
        return end == 0 ? -1 : end;
    }

    /**
     * {@return the distance of the bracket that closes the one at this distance; -1 when there is none}
     *
     * <p>Within angle brackets others are passed over, so that {@code Slot<int, (3 > 2)>} has one pair.
     */
    public int closing(int distance) {
        boolean angles = in.token(distance).is("<");
        int depth = 0;
        int inner = 0;
        int limit = distance + reach();
        for (int i = distance; i < limit && !in.token(i).isEnd(); i++) {
            Token token = in.token(i);
            int step = step(token);
            if (!angles) {
                depth += step;
            } else if (step != 0) {
                inner += step;
            } else if (inner == 0 && (token.is("<") || token.is(">") && !isArrow(i))) {
                depth += token.is("<") ? 1 : -1;
            }
            if (depth == 0 && inner == 0) {
                return i;
            }
            if (inner < 0 || inner == 0 && angles && token.is(";")) {
                wasted(i - distance);
                return -1;
            }
        }
        wasted(limit - distance);
        return -1;
    }

    private boolean isArrow(int distance) {
        Token before = in.token(distance - 1);
        return (before.is("-") || before.is("=")) && in.token(distance).isGlued(">");
    }

    private static int step(Token token) {
        if (token.kind() != Token.Kind.SIGN || token.text().length() != 1) {
            return 0;
        }
        return switch (token.text().charAt(0)) {
            case '(', '[', '{' -> 1;
            case ')', ']', '}' -> -1;
            default -> 0;
        };
    }

    /** {@return whether the brackets between two distances are closed there} */
    public boolean isBalanced(int from, int to) {
        int depth = 0;
        for (int i = from; i < to && depth >= 0; i++) {
            depth += step(in.token(i));
        }
        return depth == 0;
    }

    /** {@return the tokens between two distances, with a space where the text has some} */
    public String text(int from, int to) {
        StringBuilder text = new StringBuilder();
        for (int i = from; i < to && text.length() <= LONGEST_TEXT; i++) {
            Token token = in.token(i);
            text.append(i > from && !token.isGlued() ? " " : "").append(token.text());
        }
        return text.toString();
    }
}
