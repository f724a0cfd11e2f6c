package dev.faultline.layout.syntax;

import dev.faultline.layout.abi.RuledType;
import dev.faultline.layout.token.ConstantExpression;
import dev.faultline.layout.token.Token;
import dev.faultline.layout.token.TokenCursor;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Reads attributes of types and members: {@code __attribute__((packed, aligned(n)))}, {@code [[gnu::packed]]}, {@code
 * _Alignas(n)}, {@code __declspec(align(n))}, and words that annotate without an effect on offsets.
 */
final class AttributeReader {

    /** Largest alignment that gcc accepts. */
    private static final long MOST_ALIGNMENT = 1 << 28;

    /** What {@code aligned} without a number asks for: the largest alignment of any basic type. */
    private static final long LARGEST_BASIC_ALIGNMENT = 16;

    private static final Map<String, Long> MODE_BYTES = Map.ofEntries(
            Map.entry("QI", 1L),
            Map.entry("byte", 1L),
            Map.entry("HI", 2L),
            Map.entry("SI", 4L),
            Map.entry("SF", 4L),
            Map.entry("DI", 8L),
            Map.entry("DF", 8L),
            Map.entry("word", 8L),
            Map.entry("pointer", 8L),
            Map.entry("TI", 16L),
            Map.entry("TF", 16L),
            Map.entry("XF", 16L));

    /** Words of the kernel and of tools that have no effect on offsets. */
    private static final Set<String> HARMLESS = Set.of(
            "__user",
            "__rcu",
            "__percpu",
            "__iomem",
            "__kernel",
            "__force",
            "__nocast",
            "__bitwise",
            "__private",
            "__safe",
            "__maybe_unused",
            "__always_unused",
            "__used",
            "__deprecated",
            "__no_randomize_layout",
            "__designated_init",
            "__counted_by",
            "__counted_by_le",
            "__counted_by_be",
            "__counted_by_ptr",
            "__sized_by",
            "__guarded_by",
            "__pt_guarded_by",
            "__must_hold",
            "__nonstring",
            "__extension__");

    /** An attribute in BSD's sources, in Linux's the name of a member where no other name follows. */
    private static final String UNUSED = "__unused";

    /** Words and attributes that move members in a way the text does not show. */
    private static final Set<String> REORDERING = Set.of(
            "__randomize_layout",
            "randomized_struct_fields_start",
            "randomized_struct_fields_end",
            "randomize_layout",
            "ms_struct",
            "ext_vector_type",
            "vectorcall");

    private final TokenCursor in;
    private SyntaxTree.Attributes found = SyntaxTree.Attributes.NONE;

    private AttributeReader(TokenCursor in) {
        this.in = in;
    }

    /** {@return whether an unknown word is a macro that seems to pack or align, such as {@code PLATFORM_ALIGNED}} */
    static boolean isMacro(Token token) {
        String text = token.text();
        boolean name = text.startsWith("__") || text.equals(text.toUpperCase(java.util.Locale.ROOT));
        String upper = text.toUpperCase(java.util.Locale.ROOT);
        return token.kind() == Token.Kind.WORD && name && (upper.contains("ALIGN") || upper.contains("PACKED"));
    }

    /** {@return whether an attribute starts here} */
    static boolean isNext(TokenCursor in) {
        Token token = in.peek();
        return switch (token.kind() == Token.Kind.COMMENT ? "" : token.text()) {
            case "__attribute__", "__attribute", "_Alignas", "alignas", "__declspec" ->
                in.token(1).is("(");
            case "[" -> in.token(1).is("[");
            case UNUSED -> in.token(1).kind() == Token.Kind.WORD || in.token(1).is("*");
            default -> HARMLESS.contains(token.text()) || REORDERING.contains(token.text());
        };
    }

    /** Skips BSD's {@code __unused} behind the name of a member. */
    static void skipUnused(TokenCursor in) {
        while (in.peek().is(UNUSED)) {
            in.next();
        }
    }

    /** {@return the attributes at this place} */
    static SyntaxTree.Attributes read(TokenCursor in) {
        AttributeReader reader = new AttributeReader(in);
        while (isNext(in)) {
            reader.one();
        }
        return reader.found;
    }

    private void one() {
        Token word = in.next();
        switch (word.text()) {
            case "__attribute__", "__attribute" -> {
                in.expect("(");
                list(word, "(", ")");
                in.expect(")");
            }
            case "__declspec" -> list(word, "(", ")");
            case "[" -> {
                list(word, "[", "]");
                in.expect("]");
            }
            case "_Alignas", "alignas" -> {
                in.expect("(");
                aligned(in.scope().isType(in.peek()));
                in.expect(")");
            }
            default -> {
                if (REORDERING.contains(word.text())) {
                    unknown(word);
                } else if (in.peek().is("(")) {
                    arguments();
                }
            }
        }
    }

    private void list(Token start, String open, String close) {
        Token sign = in.peek();
        in.expect(open);
        while (!in.peek().is(close)) {
            Token token = in.next();
            if (token.isEnd() || token.is(";") || token.is("{") || token.is("(")) {
                throw in.error(sign, "an attribute without its closing parenthesis");
            }
            if (token.kind() == Token.Kind.WORD) {
                attribute(token);
            }
        }
        in.expect(close);
    }

    private void attribute(Token word) {
        String name = word.text().replaceFirst("^(gnu|clang)::", "").replaceFirst("^__(.*)__$", "$1");
        switch (name) {
            case "packed" -> add(SyntaxTree.Attributes.PACKED);
            case "aligned", "align" -> {
                if (in.peek().is("(")) {
                    in.next();
                    aligned(false);
                    in.expect(")");
                } else {
                    add(SyntaxTree.Attributes.aligned(LARGEST_BASIC_ALIGNMENT));
                }
            }
            case "mode" -> mode(word);
            case "vector_size" -> {
                in.expect("(");
                number(word).ifPresent(bytes -> add(SyntaxTree.Attributes.sized(bytes)));
                in.expect(")");
            }
            case "scalar_storage_order" -> {
                if (arguments().contains("big")) {
                    unknown(word);
                }
            }
            default -> {
                if (REORDERING.contains(name)) {
                    unknown(word);
                }
                if (in.peek().is("(")) {
                    arguments();
                }
            }
        }
    }

    private void mode(Token word) {
        in.expect("(");
        Long bytes = MODE_BYTES.get(in.peek().text().replaceFirst("^__(.*)__$", "$1"));
        if (bytes == null) {
            unknown(in.peek());
        } else {
            add(SyntaxTree.Attributes.sized(bytes));
        }
        in.next();
        in.expect(")");
    }

    /** Reads an alignment: a type or a number. */
    private void aligned(boolean type) {
        Token start = in.peek();
        if (type) {
            RuledType named = in.scope().type(in);
            if (named == null) {
                unknown(start);
            } else {
                add(SyntaxTree.Attributes.aligned(named.byteAlignment()));
            }
            return;
        }
        OptionalLong value = number(start);
        if (value.isPresent() && value.getAsLong() == 0 && !start.is("(")) {
            return; // `alignas(0)` asks for nothing
        }
        if (value.isPresent() && (value.getAsLong() > MOST_ALIGNMENT || Long.bitCount(value.getAsLong()) != 1)) {
            throw in.error(
                    start,
                    "expected an alignment that is a power of two up to " + MOST_ALIGNMENT + ", found "
                            + value.getAsLong());
        }
        value.ifPresent(bytes -> add(SyntaxTree.Attributes.aligned(bytes)));
    }

    /** {@return the value of a constant expression; empty when it is unknown, which is then noted} */
    private OptionalLong number(Token start) {
        ConstantExpression expression = new ConstantExpression(in, in.scope());
        Long value = expression.value();
        if (value == null) {
            unknown(expression.unknown() == null ? start : expression.unknown());
            return OptionalLong.empty();
        }
        return OptionalLong.of(value);
    }

    private void unknown(Token token) {
        add(SyntaxTree.Attributes.unknown(token));
    }

    private void add(SyntaxTree.Attributes one) {
        found = found.and(one);
    }

    /** {@return the words between the parentheses at the cursor, which are then read} */
    private Set<String> arguments() {
        Token open = in.peek();
        Set<String> words = new java.util.HashSet<>();
        int depth = 0;
        do {
            Token token = in.next();
            depth += token.is("(") ? 1 : token.is(")") ? -1 : 0;
            words.add(token.text());
            if (token.isEnd() || token.is(";") || token.is("{")) {
                throw in.error(open, "an attribute without its closing parenthesis");
            }
        } while (depth > 0);
        return words;
    }
}
