package dev.faultline.layout.syntax;

import dev.faultline.layout.AggregateKind;
import dev.faultline.layout.ctype.CWords;
import dev.faultline.layout.token.Token;
import dev.faultline.layout.token.TokenCursor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Reads the words before the declarators, and the aggregate declared among them. */
final class Specifier {

    /** Most words before a member; C++ types with template arguments count as one. */
    private static final int MOST_WORDS = 64;

    private static final Set<String> TYPE_OF = Set.of("typeof", "__typeof__", "__typeof", "typeof_unqual");

    private static final Set<String> QUALIFIERS =
            Set.of("const", "volatile", "restrict", "static", "register", "extern", "inline", "constexpr", "_Atomic");

    private final TokenCursor in;
    private final AggregateParser aggregates;
    private final Optional<Scope> scope;
    private final List<String> words = new ArrayList<>();
    Optional<SyntaxTree.Aggregate> inline = Optional.empty();
    SyntaxTree.Attributes attributes = SyntaxTree.Attributes.NONE;

    private String spelling = "";
    private boolean enumerators;

    Specifier(TokenCursor in, AggregateParser aggregates, Optional<Scope> scope) {
        this.in = in;
        this.scope = scope;
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
            boolean tagFollows = in.token(1).kind() == Token.Kind.WORD
                    || in.token(1).is("{")
                    || in.token(1).is("(");
            if (kind != null || token.is("typedef")) {
                aggregates.requireSame();
            }
            if ((kind != null || token.is("enum")) && tagFollows) { // in C a member may be named `class`
                tagged(kind, depth);
            } else if (token.is("mutable")) {
                in.next();
            } else if (token.is("_Atomic") && in.token(1).is("(")) {
                atomic();
            } else if (TYPE_OF.contains(token.text()) && in.token(1).is("(")) {
                typeOf();
            } else if (token.kind() == Token.Kind.COMMENT && !words.isEmpty()) {
                in.next();
            } else if (token.is("_BitInt") && in.token(1).is("(")) {
                atomic();
            } else if (isNameOfType()) {
                words.add(name());
            } else {
                return;
            }
            if (words.size() > MOST_WORDS) {
                throw in.error(token, "more than " + MOST_WORDS + " words before a member");
            }
        }
    }

    private boolean isNameOfType() {
        boolean starts = in.peek().kind() == Token.Kind.WORD
                || in.peek().is("(") && in.token(1).is("anonymous");
        return starts && !isDeclarator();
    }

    /** Reads a name with its scopes and template arguments; {@code decltype(x)} with its parenthesis. */
    private String name() {
        boolean calls =
                in.peek().is("decltype") || in.peek().is("typeof") || in.peek().is("__typeof__");
        int end = calls && in.token(1).is("(")
                ? in.ahead().closing(1) + 1
                : in.ahead().nameEnd(0);
        if (end <= 0 && !in.token(in.ahead().reach()).isEnd()) {
            throw in.error(in.peek(), "a type longer than " + Parser.LONGEST_TYPE + " characters");
        }
        if (end <= 0) {
            throw in.error(in.token(1), "expected `>`, found " + in.token(1).shown());
        }
        String text = in.ahead().text(0, end);
        if (text.length() > Parser.LONGEST_TYPE) {
            throw in.error(in.peek(), "a type longer than " + Parser.LONGEST_TYPE + " characters");
        }
        in.skip(end);
        return text;
    }

    /** {@return whether the words declare a type, so that no declarator needs to follow} */
    boolean declaresType() {
        return inline.isPresent() || enumerators;
    }

    /** {@return the words joined; the type shared by all declarators} */
    String spelling() {
        return spelling;
    }

    private boolean isDeclarator() {
        Token after = in.token(1);
        if (CWords.isOfType(in.peek().text()) && !isNamedLikeType()) {
            return false; // an unnamed bit-field: `unsigned int :0`
        }
        if (!words.isEmpty() && AttributeReader.isMacro(after)) {
            return true;
        }
        boolean ends = after.is(";")
                || after.is("[")
                || after.is(":") && !in.ahead().isScope(1)
                || after.is(",")
                || after.is("=")
                || after.is("{")
                || after.is("__attribute__");
        return ends && (!words.isEmpty() || inline.isPresent())
                || after.is("(") && !words.isEmpty() && !Declarator.isGroup(in, 1);
    }

    /** {@return whether a word such as {@code bool} follows a type, so that it is the name of a member, as C allows} */
    private boolean isNamedLikeType() {
        return CWords.isNameInC(in.peek().text()) && words.stream().anyMatch(word -> !QUALIFIERS.contains(word));
    }

    private void tagged(AggregateKind kind, int depth) {
        Token keyword = in.next();
        if (kind == null) {
            EnumParser.skipKeyword(in);
        }
        SyntaxTree.Attributes own = AttributeReader.read(in);
        if (kind != null && (in.peek().is("{") || AggregateHead.at(in, 0).isPresent())) {
            inline = Optional.of(aggregates.read(kind, keyword, own, scope, depth + 1));
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
                || in.token(1).is(":") && !in.ahead().isScope(1);
        if (in.ahead().nameEnd(0) > 0 && !isName) {
            words.add(name());
        }
    }

    private void enumeration(SyntaxTree.Attributes own) {
        String tag = in.peek().kind() == Token.Kind.WORD ? in.next().text() : "";
        OptionalLong byteSize = new EnumParser(in).read(tag, own);
        enumerators = true;
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
