package dev.faultline.layout.notation;

import dev.faultline.layout.AggregateKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Finds the declarations of structs in a text that may contain anything else. */
final class Parser {

    private static final int DEEPEST = 64;

    /** Most words before a member; C++ types with template arguments count as one. */
    private static final int MOST_WORDS = 64;

    /** Most characters of a type's spelling; types with template arguments are long. */
    static final int LONGEST_TYPE = 16_384;

    /** Most characters of a name; paths repeat the names of all structs around a field. */
    static final int LONGEST_NAME = 4096;

    /** Most structs and most members of a text; a kernel with everything enabled has a tenth. */
    private static final int MOST_MEMBERS = 1 << 21;

    private static final int MOST_AGGREGATES = 1 << 18;
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

    private final TokenCursor in;

    final List<SyntaxTree.Aggregate> aggregates = new ArrayList<>();
    final Map<String, SyntaxTree.Member> typedefs = new LinkedHashMap<>();

    private final PragmaPacks packs = new PragmaPacks();
    private int members;

    Parser(String source, String text) {
        this.in = new TokenCursor(source, new Lexer(source, text));
    }

    void parse() {
        while (!in.peek().isEnd()) {
            AggregateKind kind = kind(in.peek());
            if (kind != null && in.token(1).kind() == Token.Kind.WORD) {
                tagged(kind);
            } else if (in.peek().is("typedef") && in.token(1).kind() == Token.Kind.WORD) {
                in.next();
                for (SyntaxTree.Member member : member(0)) {
                    typedefs.putIfAbsent(member.name(), member);
                }
            } else if (in.peek().is("#")
                    && in.token(1).is("pragma")
                    && in.token(2).is("pack")) {
                packs.read(in);
            } else {
                in.next();
            }
        }
    }

    /** Reads a struct, or skips prose that contains the keyword. */
    private void tagged(AggregateKind kind) {
        Token start = in.next();
        boolean attributed = AttributeReader.isNext(in.peek()) && (in.token(1).is("(") || opens(2));
        SyntaxTree.Attributes attributes = attributed ? AttributeReader.read(in) : SyntaxTree.Attributes.NONE;
        if (in.peek().kind() == Token.Kind.WORD && opens(1)) {
            if (aggregates.size() == MOST_AGGREGATES) {
                throw in.error(
                        start, "more than " + MOST_AGGREGATES + " structs in one text; keep only those you need");
            }
            aggregates.add(aggregate(kind, start, attributes, 0));
        }
    }

    /** {@return whether a body starts at this distance: a brace, or C++ base classes and a brace} */
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

    /** Reads tag, body and closing brace behind the keyword and its attributes; the caller reads the declarator. */
    private SyntaxTree.Aggregate aggregate(AggregateKind kind, Token start, SyntaxTree.Attributes before, int depth) {
        if (depth > DEEPEST) {
            throw in.error(start, "nested deeper than " + DEEPEST + " levels");
        }
        String tag = in.peek().kind() == Token.Kind.WORD ? in.next().text() : "";
        if (tag.length() > LONGEST_NAME) {
            throw in.error(start, "a name longer than " + LONGEST_NAME + " characters");
        }
        while (!in.peek().is("{") && !in.peek().isEnd()) {
            in.next(); // C++ base classes, checked by opens()
        }
        in.expect("{");
        List<SyntaxTree.Member> members = new ArrayList<>();
        OptionalLong byteSize = OptionalLong.empty();
        while (!in.peek().is("}")) {
            if (in.peek().isEnd()) {
                throw in.error(
                        in.peek(),
                        "expected `}` to close " + kind.keyword() + " " + tag + " of line " + start.line()
                                + ", found the end of the text");
            } else if (in.peek().kind() == Token.Kind.COMMENT) {
                OptionalLong stated = OffsetComments.size(in, in.next());
                byteSize = stated.isPresent() ? stated : byteSize;
            } else if (LABELS.contains(in.peek().text()) && in.token(1).is(":")) {
                in.skip(2);
            } else if (in.peek().is(";")) {
                in.next();
            } else {
                members.addAll(member(depth));
            }
        }
        in.expect("}");
        SyntaxTree.Attributes attributes = before.and(AttributeReader.read(in)).and(packs.now());
        if (AttributeReader.isMacro(in.peek())) {
            attributes = attributes.and(SyntaxTree.Attributes.unknown(in.peek()));
        }
        return new SyntaxTree.Aggregate(kind, tag, List.copyOf(members), byteSize, attributes, start);
    }

    /** {@return the members that one declaration declares; none for a method} */
    private List<SyntaxTree.Member> member(int depth) {
        Specifier specifier = new Specifier();
        Token start = in.peek();
        specifier.read(depth);
        List<SyntaxTree.Member> members = new ArrayList<>();
        while (true) {
            if (++this.members > MOST_MEMBERS) {
                throw in.error(
                        start, "more than " + MOST_MEMBERS + " members in one text; keep only the structs you need");
            }
            Declarator declarator = new Declarator(in, specifier.spelling());
            declarator.read(start);
            SyntaxTree.Attributes attributes = specifier.attributes.and(declarator.attributes);
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
        Optional<SyntaxTree.Place> place = OffsetComments.place(in, in.peek());
        if (place.isPresent()) {
            in.next();
            SyntaxTree.Member last = members.remove(members.size() - 1);
            members.add(new SyntaxTree.Member(
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
        while (!in.peek().is(";") && !in.peek().isEnd()) {
            if (in.peek().is("}")) {
                return;
            }
            in.next();
        }
        in.next();
    }

    /** Reads the words before the declarators, and the aggregate declared among them. */
    private final class Specifier {
        private final List<String> words = new ArrayList<>();
        Optional<SyntaxTree.Aggregate> inline = Optional.empty();
        SyntaxTree.Attributes attributes = SyntaxTree.Attributes.NONE;

        private String spelling = "";

        void read(int depth) {
            Token start = in.peek();
            words(depth);
            spelling = String.join(" ", words);
            if (spelling.length() > LONGEST_TYPE) {
                throw in.error(start, "a type longer than " + LONGEST_TYPE + " characters");
            }
        }

        private void words(int depth) {
            while (true) {
                attributes = attributes.and(AttributeReader.read(in));
                Token token = in.peek();
                AggregateKind kind = kind(token);
                boolean tagFollows =
                        in.token(1).kind() == Token.Kind.WORD || in.token(1).is("{");
                if ((kind != null || token.is("enum")) && tagFollows) { // in C a member may be named `class`
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
                if (words.size() > MOST_WORDS) {
                    throw in.error(token, "more than " + MOST_WORDS + " words before a member");
                }
            }
        }

        /** {@return the words joined; the type shared by all declarators} */
        String spelling() {
            return spelling;
        }

        private boolean isDeclarator() {
            if (NEVER_NAMES.contains(in.peek().text())) {
                return false; // an unnamed bit-field: `unsigned int :0`
            }
            Token after = in.token(1);
            boolean ends = after.is(";")
                    || after.is("[")
                    || after.is(":")
                    || after.is(",")
                    || after.is("__attribute__")
                    || after.is("__aligned")
                    || after.is("__packed");
            return ends && (!words.isEmpty() || inline.isPresent())
                    || after.is("(") && !words.isEmpty() && !in.token(2).is("*");
        }

        private void tagged(AggregateKind kind, int depth) {
            Token keyword = in.next();
            SyntaxTree.Attributes own = AttributeReader.read(in);
            boolean body = in.peek().is("{") || in.peek().kind() == Token.Kind.WORD && opens(1);
            if (kind != null && body) {
                inline = Optional.of(aggregate(kind, keyword, own, depth + 1));
                words.add(inline.get().spelling());
                return;
            }
            words.add(keyword.text());
            // in `enum type;` the word is the name of a member of an anonymous enum type
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
                if (text.length() > LONGEST_TYPE) {
                    throw in.error(token, "a type longer than " + LONGEST_TYPE + " characters");
                }
                if (token.isEnd() || token.is(";") || token.is("{")) {
                    throw in.error(token, "expected `>`, found " + token.shown());
                }
            } while (depth > 0);
            words.add(text.toString());
        }

        private void atomic() {
            StringBuilder text = new StringBuilder();
            Token token;
            do {
                token = in.next();
                if (token.isEnd() || token.is(";")) {
                    throw in.error(token, "expected `)`, found " + token.shown());
                }
                boolean glued =
                        text.length() == 0 || text.charAt(text.length() - 1) == '(' || token.is("(") || token.is(")");
                text.append(glued ? "" : " ").append(token.text());
            } while (!token.is(")"));
            words.add(text.toString());
        }
    }
}
