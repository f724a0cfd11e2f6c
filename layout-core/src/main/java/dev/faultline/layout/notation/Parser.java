package dev.faultline.layout.notation;

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

    private final Cursor in;

    final List<Raw.Aggregate> aggregates = new ArrayList<>();
    final Map<String, Raw.Member> typedefs = new LinkedHashMap<>();

    Parser(String source, List<Token> tokens) {
        this.in = new Cursor(source, tokens);
    }

    void parse() {
        while (in.peek().kind() != Token.Kind.END) {
            AggregateKind kind = kind(in.peek());
            if (kind != null && in.token(1).kind() == Token.Kind.WORD && opens(2)) {
                Token start = in.next();
                aggregates.add(aggregate(kind, start, 0));
            } else if (in.peek().is("typedef") && in.token(1).kind() == Token.Kind.WORD) {
                in.next();
                for (Raw.Member member : member(0)) {
                    typedefs.putIfAbsent(member.name(), member);
                }
            } else {
                in.next();
            }
        }
    }

    /** Whether a body opens at a distance: a brace, or C++ bases in front of one. */
    private boolean opens(int distance) {
        int i = distance;
        if (in.token(i).is(":")) {
            for (i++; i < distance + 40 && !in.token(i).is("{"); i++) {
                boolean part =
                        in.token(i).kind() == Token.Kind.WORD || in.token(i).is(",");
                if (!part) {
                    return false;
                }
            }
        }
        return in.token(i).is("{");
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
            throw in.error(start, "nested deeper than " + DEEPEST + " levels");
        }
        Raw.Attributes attributes = AttributeReader.read(in);
        String tag = in.peek().kind() == Token.Kind.WORD ? in.next().text() : "";
        while (!in.peek().is("{")) {
            in.next(); // C++ bases, checked by opens()
        }
        in.expect("{");
        List<Raw.Member> members = new ArrayList<>();
        OptionalLong byteSize = OptionalLong.empty();
        while (!in.peekCode().is("}")) {
            OptionalLong stated = statedSize();
            byteSize = stated.isPresent() ? stated : byteSize;
            if (in.peek().kind() == Token.Kind.COMMENT) {
                in.next();
            } else if (in.peek().kind() == Token.Kind.END) {
                throw in.error(
                        in.peek(),
                        "expected `}` to close " + kind.keyword() + " " + tag + " of line " + start.line()
                                + ", found the end of the text");
            } else if (LABELS.contains(in.peek().text()) && in.token(1).is(":")
                    || in.peek().is(";")) {
                in.next();
            } else {
                members.addAll(member(depth));
            }
        }
        while (in.peek().kind() == Token.Kind.COMMENT) {
            OptionalLong stated = statedSize();
            byteSize = stated.isPresent() ? stated : byteSize;
            in.next();
        }
        in.expect("}");
        return new Raw.Aggregate(
                kind, tag, List.copyOf(members), byteSize, attributes.and(AttributeReader.read(in)), start);
    }

    private OptionalLong statedSize() {
        if (in.peek().kind() != Token.Kind.COMMENT) {
            return OptionalLong.empty();
        }
        Matcher size = SIZE.matcher(in.peek().text());
        return size.matches() ? OptionalLong.of(Long.parseLong(size.group(1))) : OptionalLong.empty();
    }

    /** One declaration, which may declare several members, or, for a method, none. */
    private List<Raw.Member> member(int depth) {
        Specifier specifier = new Specifier();
        Token start = in.peek();
        specifier.read(depth);
        List<Raw.Member> members = new ArrayList<>();
        while (true) {
            Declarator declarator = new Declarator(in, specifier.words);
            declarator.read(start);
            Raw.Attributes attributes = specifier.attributes.and(declarator.attributes);
            members.add(declarator.member(specifier.inline, attributes));
            if (!in.peek().is(",")) {
                break;
            }
            in.next();
        }
        if (in.peek().is("(") || in.peek().is("{")) {
            skipMethod();
            return List.of();
        }
        in.expect(";");
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
        while (!in.peek().is(";") && in.peek().kind() != Token.Kind.END) {
            if (in.peek().is("}")) {
                return;
            }
            in.next();
        }
        in.next();
    }

    private Optional<Raw.Place> place() {
        if (in.peek().kind() != Token.Kind.COMMENT) {
            return Optional.empty();
        }
        Matcher place = PLACE.matcher(in.peek().text());
        if (!place.matches()) {
            return Optional.empty();
        }
        in.next();
        OptionalInt bit =
                place.group(2) == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(place.group(2)));
        return Optional.of(new Raw.Place(Cursor.number(place.group(1)), bit, Cursor.number(place.group(3))));
    }

    /** The words in front of the declarators, and the aggregate declared among them. */
    private final class Specifier {
        final List<String> words = new ArrayList<>();
        Optional<Raw.Aggregate> inline = Optional.empty();
        Raw.Attributes attributes = Raw.Attributes.NONE;

        void read(int depth) {
            while (true) {
                attributes = attributes.and(AttributeReader.read(in));
                Token token = in.peek();
                AggregateKind kind = kind(token);
                boolean tagFollows =
                        in.token(1).kind() == Token.Kind.WORD || in.token(1).is("{");
                if ((kind != null || token.is("enum")) && tagFollows) { // C may call a member `class`
                    tagged(kind, depth);
                } else if (token.is("<") && !words.isEmpty()) {
                    angles();
                } else if (token.is("_Atomic") && in.token(1).is("(")) {
                    atomic();
                } else if (token.kind() == Token.Kind.WORD && !isDeclarator()) {
                    words.add(in.next().text());
                } else {
                    return;
                }
            }
        }

        private boolean isDeclarator() {
            if (NEVER_NAMES.contains(in.peek().text())) {
                return false; // an unnamed bit-field: `unsigned int :0`
            }
            Token after = in.token(1);
            boolean ends =
                    after.is(";") || after.is("[") || after.is(":") || after.is(",") || after.is("__attribute__");
            return ends && (!words.isEmpty() || inline.isPresent())
                    || after.is("(") && !words.isEmpty() && !in.token(2).is("*");
        }

        private void tagged(AggregateKind kind, int depth) {
            Token keyword = in.next();
            if (kind != null
                    && (in.token(0).is("{")
                            || in.token(0).is("__attribute__")
                            || in.token(1).is("{"))) {
                inline = Optional.of(aggregate(kind, keyword, depth + 1));
                attributes = attributes.and(new Raw.Attributes(false, 1));
                words.add(inline.get().spelling());
                return;
            }
            words.add(keyword.text());
            // a tag alone would leave the member without a name: `enum type;` is an anonymous enum called type
            boolean isName = in.token(1).is(";")
                    || in.token(1).is("[")
                    || in.token(1).is(",")
                    || in.token(1).is(":");
            if (in.peek().kind() == Token.Kind.WORD && !isName) {
                words.add(in.next().text());
            }
            if (in.peek().is("{")) {
                in.skipBraces();
            }
        }

        private void angles() {
            StringBuilder text = new StringBuilder(words.remove(words.size() - 1));
            int depth = 0;
            do {
                Token token = in.next();
                depth += token.is("<") ? 1 : token.is(">") ? -1 : 0;
                text.append(token.is(",") ? ", " : token.text());
                if (token.kind() == Token.Kind.END || token.is(";") || token.is("{")) {
                    throw in.error(token, "expected `>`, found " + token.shown());
                }
            } while (depth > 0);
            words.add(text.toString());
        }

        private void atomic() {
            StringBuilder text = new StringBuilder(in.next().text());
            do {
                if (in.peek().kind() == Token.Kind.END || in.peek().is(";")) {
                    throw in.error(in.peek(), "expected `)`, found " + in.peek().shown());
                }
                text.append(
                                text.toString().endsWith("(")
                                                || in.peek().is("(")
                                                || in.peek().is(")")
                                        ? ""
                                        : " ")
                        .append(in.peek().text());
            } while (!in.next().is(")"));
            words.add(text.toString());
        }
    }
}
