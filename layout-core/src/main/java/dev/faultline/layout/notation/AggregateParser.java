package dev.faultline.layout.notation;

import dev.faultline.layout.AggregateKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads the tag, the base classes and the members of a struct, union or class. */
final class AggregateParser {

    private static final int DEEPEST = 64;
    private static final Set<String> LABELS = Set.of("public", "private", "protected");

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

    /** {@return whether a body starts at this distance: a brace, or C++ base classes and a brace} */
    static boolean opens(TokenCursor in, int distance) {
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
    SyntaxTree.Aggregate read(AggregateKind kind, Token start, SyntaxTree.Attributes before, int depth) {
        if (depth > DEEPEST) {
            throw in.error(start, "nested deeper than " + DEEPEST + " levels");
        }
        String tag = in.peek().kind() == Token.Kind.WORD ? in.next().text() : "";
        if (tag.length() > Parser.LONGEST_NAME) {
            throw in.error(start, "a name longer than " + Parser.LONGEST_NAME + " characters");
        }
        while (!in.peek().is("{") && !in.peek().isEnd()) {
            in.next(); // C++ base classes, checked by opens()
        }
        open.brace();
        in.expect("{");
        List<SyntaxTree.Member> found = new ArrayList<>();
        BodyComments comments = new BodyComments(in);
        while (!in.peek().is("}")) {
            if (in.peek().isEnd()) {
                throw in.error(
                        in.peek(),
                        "expected `}` to close " + kind.keyword() + " " + tag + " of line " + start.line()
                                + ", found the end of the text");
            } else if (in.peek().kind() == Token.Kind.COMMENT) {
                Token comment = in.next();
                comments.take(comment, found.size());
                NotShownComment.read(comment).ifPresent(found::add);
            } else if (in.peek().is(Lexer.CUT)) {
                comments.cut(in.next(), found.size());
            } else if (LABELS.contains(in.peek().text()) && in.token(1).is(":")) {
                in.skip(2);
            } else if (in.peek().is(";")) {
                in.next();
            } else if (in.peek().is("#") && in.token(1).is("pragma")) {
                pragma();
            } else if (in.peek().is("#") && in.token(1).kind() == Token.Kind.WORD) {
                throw in.error(
                        in.peek(),
                        "`#" + in.token(1).text() + "` decides what is declared here, and this text does not say how;"
                                + " keep one branch, or print the struct with pahole or gdb");
            } else {
                open.member();
                found.addAll(comments.spelled(members.read(depth)));
            }
        }
        in.expect("}");
        SyntaxTree.Attributes attributes =
                before.and(AttributeReader.read(in)).and(packs.now()).and(members.takeMacro());
        if (AttributeReader.isMacro(in.peek())) {
            attributes = attributes.and(SyntaxTree.Attributes.unknown(in.peek()));
        }
        return new SyntaxTree.Aggregate(
                kind, tag, List.copyOf(found), comments.byteSize(), attributes, comments.remarks(), start);
    }
}
