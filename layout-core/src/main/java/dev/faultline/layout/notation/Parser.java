package dev.faultline.layout.notation;

import dev.faultline.input.InputException;
import dev.faultline.layout.AggregateKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the declarations of structs in a text that may contain anything else. */
final class Parser {

    /** Most characters of a type's spelling; types with template arguments are long. */
    static final int LONGEST_TYPE = 16_384;

    /** Most characters of a name; paths repeat the names of all structs around a field. */
    static final int LONGEST_NAME = 4096;

    /** Most structs and most members of a text; a kernel with everything enabled has a tenth. */
    static final int MOST_MEMBERS = 1 << 21;

    private static final int MOST_AGGREGATES = 1 << 18;

    private final TokenCursor in;

    final List<SyntaxTree.Aggregate> aggregates = new ArrayList<>();
    final Map<String, SyntaxTree.Member> typedefs = new LinkedHashMap<>();

    final List<SkippedDeclaration> skipped = new ArrayList<>();

    private final PragmaPacks packs = new PragmaPacks();
    private final AggregateParser bodies;

    Parser(String source, String text) {
        this.in = new TokenCursor(source, new Lexer(source, text));
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
        if (kind != null) {
            tagged(kind);
        } else if (in.peek().is("typedef") && in.token(1).kind() == Token.Kind.WORD) {
            in.next();
            MemberParser.Declared declared = bodies.members().declared(null, 0);
            declared.type().filter(type -> !type.tag().isEmpty()).ifPresent(this::add);
            declared.members().forEach(this::typedef);
        } else if (in.peek().is("#") && in.token(1).is("pragma") && in.token(2).is("pack")) {
            packs.read(in);
        } else {
            in.next();
        }
    }

    /** Takes another name for a type; a struct without a tag has this name only. */
    private void typedef(SyntaxTree.Member type) {
        boolean tagless = type.dimensions().isEmpty()
                && type.inline().isPresent()
                && type.inline().get().tag().isEmpty();
        if (tagless) {
            add(type.inline().get().named(type.name()));
        } else {
            typedefs.putIfAbsent(type.name(), type);
        }
    }

    private void add(SyntaxTree.Aggregate aggregate) {
        if (aggregates.size() == MOST_AGGREGATES) {
            throw in.error(
                    aggregate.token(),
                    "more than " + MOST_AGGREGATES + " structs in one text; keep only those you need");
        }
        aggregates.add(aggregate);
        aggregate.types().forEach(this::add);
    }

    /** Reads a struct, or skips prose that contains the keyword. */
    private void tagged(AggregateKind kind) {
        boolean first = in.isFirstOfLine();
        Token start = in.next();
        SyntaxTree.Attributes attributes = AttributeReader.isNext(in.peek()) && in.token(1).is("(")
                ? AttributeReader.read(in)
                : SyntaxTree.Attributes.NONE;
        Optional<AggregateHead> head = AggregateHead.at(in, 0).filter(found -> found.plain() || first);
        if (head.isPresent()) {
            add(bodies.read(kind, start, attributes, Optional.empty(), 0));
        }
    }
}
