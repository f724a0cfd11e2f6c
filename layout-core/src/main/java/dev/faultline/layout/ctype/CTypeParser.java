package dev.faultline.layout.ctype;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the spelling of a type of C, such as {@code "int (*)(struct sk_buff *skb)"}. */
final class CTypeParser {

    private static final Pattern PARTS = Pattern.compile("\\.\\.\\.|[A-Za-z_$][A-Za-z0-9_$]*|\\d+|[*(),\\[\\]]");
    private static final int DEEPEST = 32;
    private static final int LONGEST_NUMBER = 18;

    /** Most stars, dimensions and parameter lists of a type; each is a step of a recursion. */
    private static final int MOST_DERIVED = 512;

    private final List<String> parts = new ArrayList<>();
    private final Set<String> tags = new LinkedHashSet<>();
    private final Set<String> typedefs = new LinkedHashSet<>();
    private int at;
    private int derived;

    private CTypeParser() {}

    /** {@return the type; empty when the text is not a type of C} */
    static Optional<ParsedType> parse(String text) {
        CTypeParser parser = new CTypeParser();
        if (!parser.split(text)) {
            return Optional.empty();
        }
        try {
            CType type = parser.typeName(0);
            return parser.at == parser.parts.size()
                    ? Optional.of(new ParsedType(type, parser.tags, parser.typedefs))
                    : Optional.empty();
        } catch (NotAType unreadable) {
            return Optional.empty();
        }
    }

    private boolean split(String text) {
        Matcher matcher = PARTS.matcher(text);
        int end = 0;
        while (matcher.find()) {
            if (!isSpaces(text.substring(end, matcher.start()))) {
                return false;
            }
            parts.add(matcher.group());
            end = matcher.end();
        }
        return isSpaces(text.substring(end));
    }

    private static boolean isSpaces(String text) {
        return text.chars().allMatch(c -> c == ' ');
    }

    private String peek() {
        return at < parts.size() ? parts.get(at) : "";
    }

    private boolean take(String part) {
        boolean is = peek().equals(part);
        at += is ? 1 : 0;
        return is;
    }

    private void expect(String part) {
        if (!take(part)) {
            throw new NotAType();
        }
    }

    private boolean isWord() {
        return !peek().isEmpty() && (Character.isLetter(peek().charAt(0)) || "_$".indexOf(peek().charAt(0)) >= 0);
    }

    private CType typeName(int depth) {
        if (depth > DEEPEST) {
            throw new NotAType();
        }
        CType words = CType.named(specifiers());
        return declarator(depth).apply(words);
    }

    /** {@return the words before the declarator, qualifiers first} */
    private String specifiers() {
        List<String> qualifiers = new ArrayList<>();
        List<String> words = new ArrayList<>();
        while (isWord()) {
            String word = peek();
            if (CType.QUALIFIERS.contains(word)) {
                at++;
                if (word.equals("_Atomic") && peek().equals("(")) {
                    throw new NotAType();
                }
                qualifiers.add(word);
            } else if (CWords.BASIC.contains(word)) {
                at++;
                words.add(word);
            } else if (words.isEmpty()) {
                words.add(named(word));
            } else {
                break;
            }
        }
        if (words.isEmpty()) {
            throw new NotAType();
        }
        qualifiers.addAll(words);
        return String.join(" ", qualifiers);
    }

    private String named(String word) {
        at++;
        if (word.equals("struct") || word.equals("union") || word.equals("enum")) {
            if (!CWords.isName(peek())) {
                throw new NotAType();
            }
            String tag = word + " " + peek();
            at++;
            tags.add(tag);
            return tag;
        }
        if (!CWords.isName(word)) {
            throw new NotAType();
        }
        typedefs.add(word);
        return word;
    }

    /**
     * Reads stars, a name, dimensions and parameters.
     *
     * @return what they make of the type of the words before them
     */
    private UnaryOperator<CType> declarator(int depth) {
        if (depth > DEEPEST) {
            throw new NotAType();
        }
        UnaryOperator<CType> stars = stars();
        UnaryOperator<CType> inner = type -> type;
        if (peek().equals("(") && isNested()) {
            at++;
            inner = declarator(depth + 1);
            expect(")");
        } else if (depth > 0 && isWord()) {
            at++; // the name of a parameter
        }
        UnaryOperator<CType> suffixes = suffixes(depth);
        UnaryOperator<CType> nested = inner;
        return type -> nested.apply(suffixes.apply(stars.apply(type)));
    }

    /** {@return whether a parenthesis opens a declarator, not parameters} */
    private boolean isNested() {
        return at + 1 < parts.size() && parts.get(at + 1).equals("*");
    }

    private void derive() {
        if (++derived > MOST_DERIVED) {
            throw new NotAType();
        }
    }

    private UnaryOperator<CType> stars() {
        UnaryOperator<CType> stars = type -> type;
        while (take("*")) {
            derive();
            StringBuilder qualifiers = new StringBuilder();
            while (CType.QUALIFIERS.contains(peek())) {
                qualifiers.append(qualifiers.length() == 0 ? "" : " ").append(peek());
                at++;
            }
            UnaryOperator<CType> before = stars;
            String own = qualifiers.toString();
            stars = type -> new CType.Pointer(before.apply(type), own);
        }
        return stars;
    }

    private UnaryOperator<CType> suffixes(int depth) {
        if (take("(")) {
            derive();
            List<CType> parameters = parameters(depth);
            return type -> type.function(parameters);
        }
        List<OptionalLong> dimensions = new ArrayList<>();
        while (take("[")) {
            derive();
            dimensions.add(dimension());
        }
        return type -> {
            CType array = type;
            for (int i = dimensions.size() - 1; i >= 0; i--) {
                array = new CType.Array(array, dimensions.get(i));
            }
            return array;
        };
    }

    private OptionalLong dimension() {
        OptionalLong count = OptionalLong.empty();
        if (!peek().isEmpty() && Character.isDigit(peek().charAt(0)) && peek().length() <= LONGEST_NUMBER) {
            count = OptionalLong.of(Long.parseLong(peek()));
            at++;
        }
        expect("]");
        return count;
    }

    private List<CType> parameters(int depth) {
        if (take(")")) {
            return List.of(CType.named("")); // the parameters are not said
        }
        List<CType> parameters = new ArrayList<>();
        while (!take(")")) {
            parameters.add(take("...") ? CType.named("...") : typeName(depth + 1));
            if (!peek().equals(")")) {
                expect(",");
            }
        }
        boolean none = parameters.size() == 1 && parameters.get(0).spelling().equals("void");
        return none ? List.of() : parameters;
    }

    /** The text is not a type of C. */
    private static final class NotAType extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NotAType() {
            super(null, null, false, false);
        }
    }
}
