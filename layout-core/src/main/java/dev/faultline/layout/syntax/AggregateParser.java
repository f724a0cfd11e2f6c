package dev.faultline.layout.syntax;

import dev.faultline.layout.AggregateKind;
import dev.faultline.layout.token.Lexer;
import dev.faultline.layout.token.Token;
import dev.faultline.layout.token.TokenCursor;
import java.util.Optional;
import java.util.Set;

/** Reads the tag, the base classes and the members of a struct, union or class. */
public final class AggregateParser {

    private static final int DEEPEST = 64;
    private static final Set<String> LABELS = Set.of("public", "private", "protected", "signals", "Q_SIGNALS", "slots");
    private static final Set<String> SLOTS = Set.of("slots", "Q_SLOTS");

    /** Parts of the names of macros that say whether a library shows a class. */
    private static final Set<String> VISIBILITY = Set.of("EXPORT", "API", "PUBLIC", "VISIB", "DLL", "HIDDEN");

    private final TokenCursor in;
    private final PragmaPacks packs;
    private final MemberParser members;
    private OpenDeclaration open;

    AggregateParser(TokenCursor in, PragmaPacks packs) {
        this.in = in;
        this.packs = packs;
        this.members = new MemberParser(in, this);
    }

    /** Begins a declaration of the text with the next token. */
    OpenDeclaration open() {
        open = new OpenDeclaration(in);
        return open;
    }

    /** Refuses a declaration that is not closed where another one begins. */
    void requireSame() {
        if (open.endsHere()) {
            throw in.error(
                    in.peek(),
                    "expected `}` to close " + open.name() + " of line "
                            + open.start().line() + ", found another declaration");
        }
    }

    /** {@return the reader of a single declaration} */
    MemberParser members() {
        return members;
    }

    static AggregateKind kind(Token token) {
        return switch (token.kind() == Token.Kind.WORD ? token.text() : "") {
            case "struct" -> AggregateKind.STRUCT;
            case "union" -> AggregateKind.UNION;
            case "class" -> AggregateKind.CXX_CLASS;
            default -> null;
        };
    }

    private void pragma() {
        int line = in.peek().line();
        if (in.token(2).is("pack")) {
            packs.read(in);
        }
        while (in.peek().line() == line && !in.peek().isEnd()) {
            in.next();
        }
    }

    /** Reads tag, body and closing brace behind the keyword and its attributes; the caller reads the declarator. */
    SyntaxTree.Aggregate read(
            AggregateKind kind, Token start, SyntaxTree.Attributes before, Optional<Scope> outer, int depth) {
        if (depth > DEEPEST) {
            throw in.error(start, "nested deeper than " + DEEPEST + " levels");
        }
        Optional<AggregateHead> head =
                in.peek().is("{") && AggregateHead.at(in, 0).isEmpty() ? Optional.empty() : AggregateHead.at(in, 0);
        String tag = head.map(AggregateHead::tag).orElse("");
        if (tag.length() > Parser.LONGEST_NAME) {
            throw in.error(start, "a name longer than " + Parser.LONGEST_NAME + " characters");
        }
        in.skip(head.map(AggregateHead::length).orElse(0));
        AggregateBody body = new AggregateBody(in, tag, outer);
        head.ifPresent(known -> note(known, body));
        body(kind, start, body, depth);
        head.flatMap(AggregateHead::base).ifPresent(body::requireBase);
        SyntaxTree.Attributes attributes = before.and(AttributeReader.read(in)).and(packs.now());
        if (AttributeReader.isMacro(in.peek())) {
            attributes = attributes.and(SyntaxTree.Attributes.unknown(in.peek()));
        }
        return new SyntaxTree.Aggregate(
                kind,
                tag,
                body.members(),
                body.comments().byteSize(),
                attributes,
                body.remarks(),
                Optional.of(body.scope()),
                body.needsOffsets(),
                start);
    }

    private void note(AggregateHead head, AggregateBody body) {
        head.base()
                .ifPresent(colon -> body.needsOffsets(in.error(
                        colon,
                        "a class with base classes needs offsets; use pahole's output, or that of gdb's `ptype /o`")));
        head.macro()
                .filter(macro -> !isVisibility(macro.text()))
                .ifPresent(macro -> body.needsOffsets(in.error(
                        macro,
                        macro.shown() + " has an unknown effect on offsets; remove it, or add offset comments")));
    }

    private static boolean isVisibility(String macro) {
        return VISIBILITY.stream().anyMatch(macro::contains);
    }

    private void body(AggregateKind kind, Token start, AggregateBody body, int depth) {
        open.brace();
        in.expect("{");
        while (!in.peek().is("}")) {
            Token token = in.peek();
            if (token.isEnd()) {
                throw in.error(
                        token,
                        "expected `}` to close " + kind.keyword() + " " + body.tag() + " of line " + start.line()
                                + ", found the end of the text");
            } else if (token.kind() == Token.Kind.COMMENT) {
                body.comment(in.next());
                base(token, body);
            } else if (token.is(Lexer.CUT)) {
                body.cut(in.next());
            } else if (labelLength() > 0) {
                in.skip(labelLength());
            } else if (token.is(";")) {
                in.next();
            } else if (token.is("#") && in.token(1).is("pragma")) {
                pragma();
            } else if (token.is("#") && in.token(1).kind() == Token.Kind.WORD) {
                throw in.error(
                        token,
                        "`#" + in.token(1).text() + "` decides what is declared here, and this text does not say how;"
                                + " keep one branch, or print the struct with pahole or gdb");
            } else {
                open.member();
                members.read(body, depth);
            }
        }
        in.expect("}");
    }

    /** Takes a base class that a comment shows with its place in the next one. */
    private void base(Token comment, AggregateBody body) {
        if (BaseClass.isOne(comment.text())) {
            OffsetComments.place(in, in.peek())
                    .ifPresent(place ->
                            body.add(BaseClass.member(comment.text(), place, Optional.of(body.scope()), comment)));
        }
    }

    /** {@return the number of tokens of a label such as {@code private:} or {@code public slots:}; 0 for others} */
    private int labelLength() {
        if (!LABELS.contains(in.peek().text()) || in.peek().kind() != Token.Kind.WORD) {
            return 0;
        }
        int length = SLOTS.contains(in.token(1).text()) ? 2 : 1;
        return in.token(length).is(":") && !in.ahead().isScope(length) ? length + 1 : 0;
    }
}
