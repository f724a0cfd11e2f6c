package dev.faultline.layout.notation;

import dev.faultline.layout.AggregateKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Reads the words before the declarators, and the aggregate declared among them. */
final class Specifier {

    /** Most words before a member; C++ types with template arguments count as one. */
    private static final int MOST_WORDS = 64;

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
            "_Complex",
            "__int128",
            "const",
            "volatile");

    private static final Set<String> TYPE_OF = Set.of("typeof", "__typeof__", "__typeof", "typeof_unqual");

    private final TokenCursor in;
    private final AggregateParser aggregates;
    private final List<String> words = new ArrayList<>();
    Optional<SyntaxTree.Aggregate> inline = Optional.empty();
    SyntaxTree.Attributes attributes = SyntaxTree.Attributes.NONE;

    private String spelling = "";

    Specifier(TokenCursor in, AggregateParser aggregates) {
        this.in = in;
        this.aggregates = aggregates;
    }

    void read(int depth) {
        Token start = in.peek();
        words(depth);
        spelling = String.join(" ", words);
        if (spelling.length() > Parser.LONGEST_TYPE) {
            throw in.error(start, "a type longer than " + Parser.LONGEST_TYPE + " characters");
        }
    }

    private void words(int depth) {
        while (true) {
            attributes = attributes.and(AttributeReader.read(in));
            Token token = in.peek();
            AggregateKind kind = AggregateParser.kind(token);
            boolean tagFollows =
                    in.token(1).kind() == Token.Kind.WORD || in.token(1).is("{");
            if (kind != null || token.is("typedef")) {
                aggregates.requireSame();
            }
            if ((kind != null || token.is("enum")) && tagFollows) { // in C a member may be named `class`
                tagged(kind, depth);
            } else if (token.is("<") && !words.isEmpty()) {
                angles();
            } else if (token.is("_Atomic") && in.token(1).is("(")) {
                atomic();
            } else if (TYPE_OF.contains(token.text()) && in.token(1).is("(")) {
                typeOf();
            } else if (token.kind() == Token.Kind.COMMENT && !words.isEmpty()) {
                in.next();
            } else if (token.is("_BitInt") && in.token(1).is("(")) {
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
        if (!words.isEmpty() && AttributeReader.isMacro(after)) {
            return true;
        }
        boolean ends = after.is(";") || after.is("[") || after.is(":") || after.is(",") || after.is("__attribute__");
        return ends && (!words.isEmpty() || inline.isPresent())
                || after.is("(") && !words.isEmpty() && !in.token(2).is("*");
    }

    private void tagged(AggregateKind kind, int depth) {
        Token keyword = in.next();
        SyntaxTree.Attributes own = AttributeReader.read(in);
        boolean body = in.peek().is("{") || in.peek().kind() == Token.Kind.WORD && AggregateParser.opens(in, 1);
        if (kind != null && body) {
            inline = Optional.of(aggregates.read(kind, keyword, own, depth + 1));
            words.add(inline.get().spelling());
            return;
        }
        if (kind == null && EnumParser.opens(in, 0)) {
            enumeration(own);
            return;
        }
        words.add(keyword.text());
        // in `enum type;` the word is the name of a member of an anonymous enum type
        boolean isName = in.token(1).is(";")
                || in.token(1).is("[")
                || in.token(1).is(",") && kind == null
                || in.token(1).is(":");
        if (in.peek().kind() == Token.Kind.WORD && !isName) {
            words.add(in.next().text());
        }
    }

    private void enumeration(SyntaxTree.Attributes own) {
        String tag = in.peek().kind() == Token.Kind.WORD ? in.next().text() : "";
        OptionalLong byteSize = new EnumParser(in).read(tag, own);
        words.add("enum");
        if (!tag.isEmpty()) {
            words.add(tag);
        } else {
            byteSize.ifPresent(bytes -> attributes = attributes.and(SyntaxTree.Attributes.sized(bytes)));
        }
    }

    /** Reads {@code typeof(type)} as that type. */
    private void typeOf() {
        in.skip(2);
        SyntaxTree.Member type = new MemberParser(in, aggregates).type();
        if (!type.dimensions().isEmpty() || type.inline().isPresent()) {
            throw in.error(in.peek(), "the type of an array or of a struct without a name; write the type itself");
        }
        in.expect(")");
        words.add(type.spelling());
    }

    private void angles() {
        StringBuilder text = new StringBuilder(words.remove(words.size() - 1));
        int depth = 0;
        do {
            Token token = in.next();
            depth += token.is("<") ? 1 : token.is(">") ? -1 : 0;
            boolean words = token.kind() == Token.Kind.WORD
                    && Character.isLetterOrDigit(text.charAt(text.length() - 1));
            text.append(words ? " " : "").append(token.is(",") ? ", " : token.text());
            if (text.length() > Parser.LONGEST_TYPE) {
                throw in.error(token, "a type longer than " + Parser.LONGEST_TYPE + " characters");
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
