package dev.faultline.layout.token;

import java.util.Map;

/**
 * Computes a constant expression of C in 64-bit numbers. An expression that names something unknown has no value,
 * unless the rest decides it, as in {@code 0 && x}.
 */
public final class ConstantExpression {

    private static final int DEEPEST = 64;

    private static final Map<String, Integer> PRECEDENCE = Map.ofEntries(
            Map.entry("||", 1),
            Map.entry("&&", 2),
            Map.entry("|", 3),
            Map.entry("^", 4),
            Map.entry("&", 5),
            Map.entry("==", 6),
            Map.entry("!=", 6),
            Map.entry("<", 7),
            Map.entry(">", 7),
            Map.entry("<=", 7),
            Map.entry(">=", 7),
            Map.entry("<<", 8),
            Map.entry(">>", 8),
            Map.entry("+", 9),
            Map.entry("-", 9),
            Map.entry("*", 10),
            Map.entry("/", 10),
            Map.entry("%", 10));

    /** The length of a character and its quotes. */
    private static final int QUOTED_LENGTH = 3;

    private static final char MOST_ASCII = 0x7f;
    private static final Map<String, Long> ESCAPES = Map.of("n", 10L, "t", 9L, "r", 13L, "0", 0L);

    /** What the names in an expression stand for. */
    interface Names {

        /** {@return the value of a name; null when it is unknown} */
        Long constant(Token name);

        /**
         * Reads the parentheses behind an operator such as {@code sizeof}.
         *
         * @return its value; null when it is unknown
         */
        Long ofType(Token operator, TokenCursor in);

        /** {@return whether a parenthesis and what follows is a cast; it is then read} */
        default boolean cast(TokenCursor in) {
            return false;
        }
    }

    private final TokenCursor in;
    private final Names names;
    private Token unknown;
    private int depth;

    public ConstantExpression(TokenCursor in, Names names) {
        this.in = in;
        this.names = names;
    }

    /** {@return the value of the expression at the cursor, which is then read; null when it has none} */
    public Long value() {
        return conditional();
    }

    /** {@return the first part without a known value; null when there is none} */
    public Token unknown() {
        return unknown;
    }

    private Long conditional() {
        Long condition = binary(1);
        if (!in.peek().is("?")) {
            return condition;
        }
        enter();
        in.next();
        Long then = in.peek().is(":") ? condition : conditional();
        in.expect(":");
        Long other = conditional();
        depth--;
        return condition == null ? null : condition != 0 ? then : other;
    }

    private void enter() {
        if (++depth > DEEPEST) {
            throw in.error(in.peek(), "an expression nested deeper than " + DEEPEST + " levels");
        }
    }

    private Long binary(int least) {
        enter();
        Long left = unary();
        while (true) {
            String operator = operator();
            int precedence = PRECEDENCE.getOrDefault(operator, 0);
            if (precedence < least) {
                depth--;
                return left;
            }
            Token sign = in.peek();
            in.skip(operator.length());
            Long right = binary(precedence + 1);
            left = apply(operator, left, right);
            if (left == null && unknown == null) {
                unknown = sign;
            }
        }
    }

    /** {@return the binary operator at the cursor, whose signs are separate tokens; empty when there is none} */
    private String operator() {
        String first = in.peek().kind() == Token.Kind.SIGN ? in.peek().text() : "";
        Token second = in.token(first.isEmpty() ? 0 : 1);
        boolean adjacent = second.kind() == Token.Kind.SIGN
                && second.line() == in.peek().line()
                && second.column() == in.peek().column() + 1;
        String both = first + (adjacent ? second.text() : "");
        return PRECEDENCE.containsKey(both) ? both : PRECEDENCE.containsKey(first) ? first : "";
    }

    private static Long apply(String operator, Long left, Long right) {
        boolean decided = operator.equals("&&") && (isZero(left) || isZero(right))
                || operator.equals("||") && (isTrue(left) || isTrue(right));
        if (decided) {
            return operator.equals("||") ? 1L : 0L;
        }
        if (left == null || right == null) {
            return null;
        }
        try {
            return number(operator, left, right);
        } catch (ArithmeticException none) { // overflow, or a division by zero
            return null;
        }
    }

    private static boolean isZero(Long value) {
        return value != null && value == 0;
    }

    private static boolean isTrue(Long value) {
        return value != null && value != 0;
    }

    private static Long number(String operator, long left, long right) {
        return switch (operator) {
            case "||", "&&" -> truth(operator.equals("&&"));
            case "|" -> left | right;
            case "^" -> left ^ right;
            case "&" -> left & right;
            case "==" -> truth(left == right);
            case "!=" -> truth(left != right);
            case "<" -> truth(left < right);
            case ">" -> truth(left > right);
            case "<=" -> truth(left <= right);
            case ">=" -> truth(left >= right);
            case "<<" -> shifted(left, right);
            case ">>" -> right < 0 || right > 63 ? null : Long.valueOf(left >> right);
            case "+" -> Math.addExact(left, right);
            case "-" -> Math.subtractExact(left, right);
            case "*" -> Math.multiplyExact(left, right);
            case "/" -> left / right;
            default -> left % right;
        };
    }

    private static Long shifted(long left, long right) {
        boolean fits = right >= 0 && right < 63 && left << right >> right == left;
        return fits ? Long.valueOf(left << right) : null;
    }

    private static Long truth(boolean value) {
        return value ? 1L : 0L;
    }

    private Long unary() {
        enter();
        Long value = operand();
        depth--;
        return value;
    }

    private Long operand() {
        Token token = in.peek();
        if (token.is("(") && names.cast(in)) {
            return unary();
        }
        in.next();
        if (token.kind() == Token.Kind.NUMBER) {
            long number = IntegerLiterals.literal(token.text());
            return number < 0 || number == IntegerLiterals.TOO_LARGE ? unknown(token) : Long.valueOf(number);
        }
        if (token.kind() == Token.Kind.WORD) {
            return word(token);
        }
        if (token.kind() == Token.Kind.SIGN && token.text().length() == QUOTED_LENGTH) {
            char quoted = token.text().charAt(1);
            return quoted > MOST_ASCII ? unknown(token) : Long.valueOf(quoted);
        }
        return switch (token.kind() == Token.Kind.SIGN ? token.text() : "") {
            case "(" -> {
                Long value = conditional();
                in.expect(")");
                yield value;
            }
            case "-" -> negated(unary());
            case "+" -> unary();
            case "~" -> {
                Long value = unary();
                yield value == null ? null : Long.valueOf(~value);
            }
            case "!" -> {
                Long value = unary();
                yield value == null ? null : truth(value == 0);
            }
            case "'" -> character(token);
            default -> throw in.error(token, "expected a number, found " + token.shown());
        };
    }

    private static Long negated(Long value) {
        return value == null || value == Long.MIN_VALUE ? null : Long.valueOf(-value);
    }

    private Long unknown(Token token) {
        unknown = unknown == null ? token : unknown;
        return null;
    }

    private Long word(Token token) {
        boolean operator = switch (token.text()) {
            case "sizeof", "_Alignof", "alignof", "__alignof__", "__alignof", "offsetof", "__builtin_offsetof" ->
                in.peek().is("(");
            default -> false;
        };
        Token argument = in.token(1);
        Long value = operator ? names.ofType(token, in) : names.constant(token);
        if (!operator && in.peek().is("(")) {
            parentheses();
            value = null;
        }
        return value == null ? unknown(operator ? argument : token) : value;
    }

    /** Skips the arguments of an unknown macro. */
    private void parentheses() {
        Token open = in.peek();
        int nested = 0;
        do {
            Token token = in.next();
            nested += token.is("(") ? 1 : token.is(")") ? -1 : 0;
            if (token.isEnd() || token.is(";") || token.is("{")) {
                throw in.error(open, "expected `)`, found " + token.shown());
            }
        } while (nested > 0);
    }

    /** {@return the value of a character behind a backslash} */
    private Long character(Token quote) {
        Long value = ESCAPES.get(in.token(1).text());
        if (!in.peek().is("\\") || value == null || !in.token(2).is("'")) {
            return unknown(quote);
        }
        in.skip(3);
        return value;
    }
}
