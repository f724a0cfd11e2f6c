package dev.faultline.layout.notation;

import dev.faultline.input.InputException;
import dev.faultline.layout.AggregateKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Finds the declarations of structs in a text that may contain anything else. */
final class Parser {

    /** Most characters of a type's spelling; types with template arguments are long. */
    static final int LONGEST_TYPE = 16_384;

    /** Most characters of a name; paths repeat the names of all structs around a field. */
    static final int LONGEST_NAME = 4096;

    /** Most structs and most members of a text; a kernel with everything enabled has a tenth. */
    static final int MOST_MEMBERS = 1 << 21;

    private static final int MOST_AGGREGATES = 1 << 18;

    final TokenCursor in;

    final List<SyntaxTree.Aggregate> aggregates = new ArrayList<>();
    final Map<String, SyntaxTree.Member> typedefs = new LinkedHashMap<>();

    final List<SkippedDeclaration> skipped = new ArrayList<>();

    private final PragmaPacks packs = new PragmaPacks();
    private final AggregateParser bodies;

    Parser(String source, String text) {
        this.in = new TokenCursor(source, new Preprocessor(source, new Lexer(source, text))::next);
        this.bodies = new AggregateParser(in, packs);
    }

    void parse() {
        while (!in.peek().isEnd()) {
            Token start = in.peek();
            int depth = in.braces();
            try {
                declaration();
            } catch (InputException broken) {
                skipped.add(new SkippedDeclaration(start.text(), start.line(), broken));
                resume(start, depth);
            }
        }
    }

    /** Skips the rest of a broken declaration: up to its closing brace, or to a line that begins another one. */
    private void resume(Token start, int depth) {
        while (!in.peek().isEnd()) {
            Token token = in.peek();
            boolean begins = AggregateParser.kind(token) != null || token.is("typedef");
            if (begins && token.line() > start.line() && token.column() <= start.column()) {
                return;
            }
            boolean closes = token.is("}");
            in.next();
            if (closes && in.braces() <= depth) {
                return;
            }
        }
    }

    private void declaration() {
        AggregateKind kind = AggregateParser.kind(in.peek());
        boolean named = in.token(1).kind() == Token.Kind.WORD
                || in.token(1).is("[") && in.token(2).is("[");
        if (kind != null && named) {
            tagged(kind);
        } else if (in.peek().is("typedef") && in.token(1).kind() == Token.Kind.WORD) {
            in.next();
            for (SyntaxTree.Member member : bodies.members().read(0)) {
                typedefs.putIfAbsent(member.name(), member);
            }
        } else if (in.peek().is("enum")) {
            in.next();
            SyntaxTree.Attributes attributes = AttributeReader.read(in);
            if (EnumParser.opens(in, 0)) {
                String tag = in.peek().kind() == Token.Kind.WORD ? in.next().text() : "";
                new EnumParser(in).read(tag, attributes);
            }
        } else if (in.peek().is("#") && in.token(1).is("pragma") && in.token(2).is("pack")) {
            packs.read(in);
        } else {
            in.next();
        }
    }

    /** Reads a struct, or skips prose that contains the keyword. */
    private void tagged(AggregateKind kind) {
        Token start = in.next();
        boolean attributed = AttributeReader.isNext(in);
        SyntaxTree.Attributes attributes = attributed ? AttributeReader.read(in) : SyntaxTree.Attributes.NONE;
        if (in.peek().kind() == Token.Kind.WORD && AggregateParser.opens(in, 1)) {
            if (aggregates.size() == MOST_AGGREGATES) {
                throw in.error(
                        start, "more than " + MOST_AGGREGATES + " structs in one text; keep only those you need");
            }
            aggregates.add(bodies.read(kind, start, attributes, 0));
        }
    }
}
