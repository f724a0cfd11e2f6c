package dev.faultline.layout.notation;

import dev.faultline.input.InputException;
import dev.faultline.layout.AggregateKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the declarations in a text that may hold much else. */
final class Parser {

    private static final int DEEPEST = 64;
    private static final Pattern PLACE =
            Pattern.compile("(0x[0-9a-f]{1,15}|\\d{1,18})(?:: *(\\d{1,6}))? +(0x[0-9a-f]{1,15}|\\d{1,18})");
    private static final Pattern SIZE = Pattern.compile("size: (\\d{1,18}).*", Pattern.DOTALL);
    private static final Set<String> NEVER_NAMES = Set.of(
            "int",
            "char",
            "short",
            "long",
            "unsigned",
            "signed",
            "float",
            "double",
            "_Bool",
            "bool",
            "const",
            "volatile");
    private static final Set<String> LABELS = Set.of("public", "private", "protected");

    private final String source;
    private final List<Token> tokens;
    private int at;

    final List<Raw.Aggregate> aggregates = new ArrayList<>();
    final Map<String, Raw.Member> typedefs = new LinkedHashMap<>();

    Parser(String source, List<Token> tokens) {
        this.source = source;
        this.tokens = tokens;
    }

    void parse() {
        while (peek().kind() != Token.Kind.END) {
            AggregateKind kind = kind(peek());
            if (kind != null && token(1).kind() == Token.Kind.WORD && opens(2)) {
                Token start = next();
                aggregates.add(aggregate(kind, start, 0));
            } else if (peek().is("typedef") && token(1).kind() == Token.Kind.WORD) {
                next();
                for (Raw.Member member : member(0)) {
                    typedefs.putIfAbsent(member.name(), member);
                }
            } else {
                next();
            }
        }
    }

    /** Whether a body opens at a distance: a brace, or C++ bases in front of one. */
    private boolean opens(int distance) {
        int i = distance;
        if (token(i).is(":")) {
            for (i++; i < distance + 40 && !token(i).is("{"); i++) {
                boolean part = token(i).kind() == Token.Kind.WORD || token(i).is(",");
                if (!part) {
                    return false;
                }
            }
        }
        return token(i).is("{");
    }

    private static AggregateKind kind(Token token) {
        return switch (token.kind() == Token.Kind.WORD ? token.text() : "") {
            case "struct" -> AggregateKind.STRUCT;
            case "union" -> AggregateKind.UNION;
            case "class" -> AggregateKind.CLASS;
            default -> null;
        };
    }

    /** After the keyword: tag, body, closing brace; the declarator behind it is the caller's. */
    private Raw.Aggregate aggregate(AggregateKind kind, Token start, int depth) {
        if (depth > DEEPEST) {
            throw error(start, "nested deeper than " + DEEPEST + " levels");
        }
        Raw.Attributes attributes = attributes();
        String tag = peek().kind() == Token.Kind.WORD ? next().text() : "";
        while (!peek().is("{")) {
            next(); // C++ bases, checked by opens()
        }
        expect("{");
        List<Raw.Member> members = new ArrayList<>();
        OptionalLong byteSize = OptionalLong.empty();
        while (!peekCode().is("}")) {
            OptionalLong stated = statedSize();
            byteSize = stated.isPresent() ? stated : byteSize;
            if (peek().kind() == Token.Kind.COMMENT) {
                next();
            } else if (peek().kind() == Token.Kind.END) {
                throw error(
                        peek(),
                        "expected `}` to close " + kind.keyword() + " " + tag + " of line " + start.line()
                                + ", found the end of the text");
            } else if (LABELS.contains(peek().text()) && token(1).is(":") || peek().is(";")) {
                next();
            } else {
                members.addAll(member(depth));
            }
        }
        while (peek().kind() == Token.Kind.COMMENT) {
            OptionalLong stated = statedSize();
            byteSize = stated.isPresent() ? stated : byteSize;
            next();
        }
        expect("}");
        return new Raw.Aggregate(kind, tag, List.copyOf(members), byteSize, attributes.and(attributes()), start);
    }

    private OptionalLong statedSize() {
        if (peek().kind() != Token.Kind.COMMENT) {
            return OptionalLong.empty();
        }
        Matcher size = SIZE.matcher(peek().text());
        return size.matches() ? OptionalLong.of(Long.parseLong(size.group(1))) : OptionalLong.empty();
    }

    /** One declaration, which may declare several members, or, for a method, none. */
    private List<Raw.Member> member(int depth) {
        Specifier specifier = new Specifier();
        Token start = peek();
        specifier.read(depth);
        List<Raw.Member> members = new ArrayList<>();
        while (true) {
            Declarator declarator = new Declarator(specifier.words);
            declarator.read(start);
            Raw.Attributes attributes = specifier.attributes.and(declarator.attributes);
            members.add(declarator.member(specifier.inline, attributes));
            if (!peek().is(",")) {
                break;
            }
            next();
        }
        if (peek().is("(") || peek().is("{")) {
            skipMethod();
            return List.of();
        }
        expect(";");
        Optional<Raw.Place> place = place();
        if (place.isPresent()) {
            Raw.Member last = members.remove(members.size() - 1);
            members.add(new Raw.Member(
                    last.name(),
                    last.spelling(),
                    last.pointer(),
                    last.dimensions(),
                    last.bitSize(),
                    last.inline(),
                    place,
                    last.attributes(),
                    last.token()));
        }
        return members;
    }

    private void skipMethod() {
        while (!peek().is(";") && peek().kind() != Token.Kind.END) {
            if (peek().is("}")) {
                return;
            }
            next();
        }
        next();
    }

    private Optional<Raw.Place> place() {
        if (peek().kind() != Token.Kind.COMMENT) {
            return Optional.empty();
        }
        Matcher place = PLACE.matcher(peek().text());
        if (!place.matches()) {
            return Optional.empty();
        }
        next();
        OptionalInt bit =
                place.group(2) == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(place.group(2)));
        return Optional.of(new Raw.Place(number(place.group(1)), bit, number(place.group(3))));
    }

    private static long number(String digits) {
        return digits.startsWith("0x") ? Long.parseLong(digits.substring(2), 16) : Long.parseLong(digits);
    }

    private Raw.Attributes attributes() {
        Raw.Attributes found = Raw.Attributes.NONE;
        while (true) {
            if (peek().is("__attribute__") || peek().is("_Alignas") || peek().is("alignas")) {
                boolean alignas = !next().is("__attribute__");
                found = found.and(attributeList(alignas));
            } else if (peek().is("__packed")) {
                next();
                found = found.and(new Raw.Attributes(true, 1));
            } else {
                return found;
            }
        }
    }

    private Raw.Attributes attributeList(boolean alignas) {
        Token open = peek();
        expect("(");
        boolean packed = false;
        long alignment = 1;
        int depth = 1;
        boolean aligned = alignas;
        while (depth > 0) {
            Token token = next();
            switch (token.text()) {
                case "(" -> depth++;
                case ")" -> depth--;
                case "packed", "__packed__" -> packed = true;
                case "aligned", "__aligned__" -> {
                    aligned = true;
                    alignment = Math.max(alignment, peek().is("(") ? 1 : 16); // alone: the largest there is
                }
                default -> {
                    if (aligned && token.kind() == Token.Kind.NUMBER) {
                        alignment = Math.max(alignment, alignment(token));
                    }
                }
            }
            if (token.kind() == Token.Kind.END) {
                throw error(open, "an attribute that does not end");
            }
        }
        return new Raw.Attributes(packed, alignment);
    }

    private long alignment(Token token) {
        String digits = token.text().replaceAll("[uUlL]+$", "");
        long value = digits.matches("\\d{1,9}") ? Long.parseLong(digits) : 0;
        if (Long.bitCount(value) != 1) {
            throw error(token, "expected an alignment that is a power of two, found " + token.shown());
        }
        return value;
    }

    /** The words in front of the declarators, and the aggregate declared among them. */
    private final class Specifier {
        final List<String> words = new ArrayList<>();
        Optional<Raw.Aggregate> inline = Optional.empty();
        Raw.Attributes attributes = Raw.Attributes.NONE;

        void read(int depth) {
            while (true) {
                attributes = attributes.and(attributes());
                Token token = peek();
                AggregateKind kind = kind(token);
                boolean tagFollows = token(1).kind() == Token.Kind.WORD || token(1).is("{");
                if ((kind != null || token.is("enum")) && tagFollows) { // C may call a member `class`
                    tagged(kind, depth);
                } else if (token.is("<") && !words.isEmpty()) {
                    angles();
                } else if (token.is("_Atomic") && token(1).is("(")) {
                    atomic();
                } else if (token.kind() == Token.Kind.WORD && !isDeclarator()) {
                    words.add(next().text());
                } else {
                    return;
                }
            }
        }

        private boolean isDeclarator() {
            if (NEVER_NAMES.contains(peek().text())) {
                return false; // an unnamed bit-field: `unsigned int :0`
            }
            Token after = token(1);
            boolean ends =
                    after.is(";") || after.is("[") || after.is(":") || after.is(",") || after.is("__attribute__");
            return ends && (!words.isEmpty() || inline.isPresent())
                    || after.is("(") && !words.isEmpty() && !token(2).is("*");
        }

        private void tagged(AggregateKind kind, int depth) {
            Token keyword = next();
            if (kind != null && (token(0).is("{") || token(0).is("__attribute__") || token(1).is("{"))) {
                inline = Optional.of(aggregate(kind, keyword, depth + 1));
                attributes = attributes.and(new Raw.Attributes(false, 1));
                words.add(inline.get().spelling());
                return;
            }
            words.add(keyword.text());
            // a tag alone would leave the member without a name: `enum type;` is an anonymous enum called type
            boolean isName = token(1).is(";") || token(1).is("[") || token(1).is(",") || token(1).is(":");
            if (peek().kind() == Token.Kind.WORD && !isName) {
                words.add(next().text());
            }
            if (peek().is("{")) {
                skipBraces();
            }
        }

        private void angles() {
            StringBuilder text = new StringBuilder(words.remove(words.size() - 1));
            int depth = 0;
            do {
                Token token = next();
                depth += token.is("<") ? 1 : token.is(">") ? -1 : 0;
                text.append(token.is(",") ? ", " : token.text());
                if (token.kind() == Token.Kind.END || token.is(";") || token.is("{")) {
                    throw error(token, "expected `>`, found " + token.shown());
                }
            } while (depth > 0);
            words.add(text.toString());
        }

        private void atomic() {
            StringBuilder text = new StringBuilder(next().text());
            do {
                if (peek().kind() == Token.Kind.END || peek().is(";")) {
                    throw error(peek(), "expected `)`, found " + peek().shown());
                }
                text.append(text.toString().endsWith("(") || peek().is("(") || peek().is(")") ? "" : " ")
                        .append(peek().text());
            } while (!next().is(")"));
            words.add(text.toString());
        }
    }

    private void skipBraces() {
        Token open = peek();
        int depth = 0;
        do {
            Token token = next();
            depth += token.is("{") ? 1 : token.is("}") ? -1 : 0;
            if (token.kind() == Token.Kind.END) {
                throw error(open, "a brace that does not close");
            }
        } while (depth > 0);
    }

    /** One declarator: stars, a name, dimensions, a width; or a pointer to a function or array. */
    private final class Declarator {
        private final StringBuilder type;
        private final List<Long> dimensions = new ArrayList<>();
        private String name = "";
        private boolean pointer;
        private OptionalInt bitSize = OptionalInt.empty();
        private Token token;
        Raw.Attributes attributes = Raw.Attributes.NONE;

        Declarator(List<String> words) {
            this.type = new StringBuilder(String.join(" ", words));
        }

        void read(Token start) {
            token = start;
            stars(type);
            attributes = attributes.and(attributes());
            if (peek().is("(") && (token(1).is("*") || token(1).is("^"))) {
                toFunction();
            } else if (peek().is("<") && token(1).is("ancestor")) {
                name = type.substring(type.lastIndexOf(" ") + 1);
                at += 3;
            } else {
                if (peek().kind() == Token.Kind.WORD && !peek().is("__attribute__")) {
                    token = peek();
                    name = next().text();
                }
                dimensions.addAll(dimensions());
            }
            if (peek().is(":")) {
                next();
                bitSize = OptionalInt.of((int) count(next(), 1 << 20));
            }
            attributes = attributes.and(attributes());
            if (type.length() == 0) {
                throw error(peek(), "expected a member, found " + peek().shown());
            }
        }

        private void stars(StringBuilder text) {
            while (peek().is("*") || peek().is("&") || pointer && isQualifier(peek())) {
                Token part = next();
                boolean glued = part.is("*") && text.length() > 0 && text.charAt(text.length() - 1) == '*';
                text.append(glued || text.length() == 0 ? "" : " ").append(part.text());
                pointer |= !isQualifier(part);
            }
        }

        private boolean isQualifier(Token part) {
            return part.is("const") || part.is("volatile") || part.is("restrict") || part.is("__restrict");
        }

        private void toFunction() {
            expect("(");
            StringBuilder inner = new StringBuilder();
            stars(inner);
            if (peek().kind() == Token.Kind.WORD) {
                token = peek();
                name = next().text();
            }
            dimensions.addAll(dimensions());
            if (peek().is("(")) { // a pointer to a function that returns one
                inner.append(parentheses());
            }
            expect(")");
            type.append(" (").append(inner).append(')');
            type.append(peek().is("(") ? parentheses() : bracketText());
            pointer = true;
        }

        private String bracketText() {
            StringBuilder text = new StringBuilder();
            for (long dimension : dimensions()) {
                text.append('[').append(dimension).append(']');
            }
            return text.toString();
        }

        private String parentheses() {
            StringBuilder text = new StringBuilder();
            int depth = 0;
            String before = "";
            do {
                Token part = next();
                if (part.kind() == Token.Kind.END || part.is(";") || part.is("{")) {
                    throw error(part, "expected `)`, found " + part.shown());
                }
                if (part.kind() == Token.Kind.COMMENT) {
                    continue;
                }
                depth += part.is("(") ? 1 : part.is(")") ? -1 : 0;
                text.append(gap(before, part.text())).append(part.text());
                before = part.text();
            } while (depth > 0);
            return text.toString();
        }

        private static String gap(String before, String now) {
            boolean none = before.isEmpty()
                    || before.equals("(")
                    || before.equals("[")
                    || before.equals(".")
                    || ",)].".contains(now) && !(now.equals(".") && before.equals(","))
                    || now.equals("[")
                    || now.equals("*") && before.equals("*")
                    || now.equals("(") && (before.equals(")") || before.equals("("));
            return none ? "" : " ";
        }

        private List<Long> dimensions() {
            List<Long> found = new ArrayList<>();
            while (peek().is("[")) {
                next();
                found.add(peek().is("]") ? 0L : count(next(), Integer.MAX_VALUE * 2L + 1));
                expect("]");
            }
            return found;
        }

        Raw.Member member(Optional<Raw.Aggregate> inline, Raw.Attributes all) {
            return new Raw.Member(
                    name,
                    type.toString(),
                    pointer,
                    List.copyOf(dimensions),
                    bitSize,
                    pointer ? Optional.empty() : inline,
                    Optional.empty(),
                    all,
                    token);
        }
    }

    private long count(Token token, long most) {
        String digits = token.text().replaceAll("[uUlL]+$", "");
        boolean number = digits.matches("\\d{1,18}|0x[0-9a-fA-F]{1,15}");
        long value = number ? number(digits.toLowerCase(java.util.Locale.ROOT)) : -1;
        if (value < 0 || value > most) {
            throw error(token, "expected a number up to " + most + ", found " + token.shown());
        }
        return value;
    }

    private void expect(String sign) {
        Token token = peekCode();
        if (!token.is(sign)) {
            throw error(token, "expected `" + sign + "`, found " + token.shown());
        }
        while (!next().is(sign)) {
            // comments in front of it
        }
    }

    private InputException error(Token token, String problem) {
        return InputException.at(source, token.line(), token.column(), problem);
    }

    private Token peek() {
        return tokens.get(at);
    }

    /** {@return the next token, comments that state no size or place passed over} */
    private Token peekCode() {
        int i = at;
        while (tokens.get(i).kind() == Token.Kind.COMMENT) {
            i++;
        }
        return tokens.get(i);
    }

    private Token token(int distance) {
        return tokens.get(Math.min(at + distance, tokens.size() - 1));
    }

    private Token next() {
        Token token = tokens.get(at);
        at = Math.min(at + 1, tokens.size() - 1);
        return token;
    }
}
