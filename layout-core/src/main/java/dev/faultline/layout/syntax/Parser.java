package dev.faultline.layout.syntax;

import dev.faultline.input.InputException;
import dev.faultline.layout.AggregateKind;
import dev.faultline.layout.abi.RuledType;
import dev.faultline.layout.token.ConstantScope;
import dev.faultline.layout.token.Lexer;
import dev.faultline.layout.token.Lookahead;
import dev.faultline.layout.token.Preprocessor;
import dev.faultline.layout.token.Token;
import dev.faultline.layout.token.TokenCursor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the declarations of structs in a text that may contain anything else. */
public final class Parser {

    /** Most characters of a type's spelling; types with template arguments are long. */
    static final int LONGEST_TYPE = Lookahead.LONGEST_TEXT;

    /** Most characters of a name; paths repeat the names of all structs around a field. */
    static final int LONGEST_NAME = 4096;

    /** Most structs and most members of a text; a kernel with everything enabled has a tenth. */
    static final int MOST_MEMBERS = 1 << 21;

    private static final int MOST_AGGREGATES = 1 << 18;
    private static final int MOST_DECLARATOR = 64;
    private static final int MOST_SKIPPED = 1 << 16;

    /** Lays out the types of members. */
    public interface Types {

        /** {@return the type that a declaration declares, by what was parsed before it; null when it is unknown} */
        RuledType of(SyntaxTree.Member member);
    }

    private final TokenCursor in;
    private final List<SyntaxTree.Aggregate> aggregates = new ArrayList<>();
    private final Map<String, SyntaxTree.Member> typedefs = new LinkedHashMap<>();
    private final List<SkippedDeclaration> skipped = new ArrayList<>();
    private final List<SkippedDeclaration> prose = new ArrayList<>();
    private final PragmaPacks packs = new PragmaPacks();
    private final AggregateParser bodies;

    public Parser(String source, String text) {
        this.in = new TokenCursor(source, new Preprocessor(source, new Lexer(source, text))::next);
        this.bodies = new AggregateParser(in, packs);
    }

    /**
     * Parses the whole text.
     *
     * @param types lays out the types that constant expressions ask for, as {@code sizeof} does
     * @throws InputException when the text exceeds a limit; broken declarations are skipped
     */
    public void parse(Types types) {
        in.scope().types(cursor -> types.of(type(cursor)));
        while (!in.peek().isEnd()) {
            OpenDeclaration open = bodies.open();
            int depth = in.braces();
            try {
                declaration(open);
            } catch (InputException broken) {
                skip(open, depth, broken);
            }
        }
    }

    private static SyntaxTree.Member type(TokenCursor cursor) {
        AggregateParser aggregates = new AggregateParser(cursor, new PragmaPacks());
        aggregates.open();
        return aggregates.members().type();
    }

    /** {@return the structs, unions and classes that were parsed so far, in order} */
    public List<SyntaxTree.Aggregate> aggregates() {
        return aggregates;
    }

    /** {@return what another name for a type names; empty when the text gives none of this name} */
    public Optional<SyntaxTree.Member> typedef(String name) {
        return Optional.ofNullable(typedefs.get(name));
    }

    /** {@return the declarations that could not be parsed, in order} */
    public List<SkippedDeclaration> skipped() {
        return skipped;
    }

    /** {@return the first keyword with a brace that is no declaration, as in "see struct sock { in net/sock.h }"} */
    public List<SkippedDeclaration> prose() {
        return prose;
    }

    /** {@return what the names in constant expressions mean} */
    public ConstantScope scope() {
        return in.scope();
    }

    private void skip(OpenDeclaration open, int depth, InputException broken) {
        Token start = open.start();
        boolean isProse = open.isProse();
        List<SkippedDeclaration> which = isProse ? prose : skipped;
        if (skipped.size() == MOST_SKIPPED) {
            throw in.error(
                    start,
                    "more than " + MOST_SKIPPED + " declarations cannot be read; the first: "
                            + skipped.get(0).reason().getMessage());
        }
        if (!isProse || prose.isEmpty()) {
            which.add(new SkippedDeclaration(open.name(), start.line(), broken));
        }
        resume(open, depth, isProse);
    }

    /** Skips the rest of a broken declaration: up to its closing brace, or to a line that begins another one. */
    private void resume(OpenDeclaration open, int depth, boolean isProse) {
        while (!in.peek().isEnd() && !open.endsHere() && !(isProse && !open.isOnFirstLine())) {
            boolean closes = in.next().is("}");
            if (closes && in.braces() <= depth) {
                return;
            }
        }
    }

    private void declaration(OpenDeclaration open) {
        AggregateKind kind = AggregateParser.kind(in.peek());
        if (kind != null) {
            tagged(kind, open);
        } else if (in.peek().is("typedef") && in.token(1).kind() == Token.Kind.WORD) {
            in.next();
            open.named("typedef", in.peek().text());
            MemberParser.Declared declared = bodies.members().declared(null, 0);
            declared.type().filter(type -> !type.tag().isEmpty()).ifPresent(this::add);
            declared.members().forEach(this::typedef);
        } else if (in.peek().is("enum")) {
            in.next();
            EnumParser.skipKeyword(in);
            SyntaxTree.Attributes attributes = AttributeReader.read(in);
            if (EnumParser.opens(in, 0)) {
                String tag = in.peek().kind() == Token.Kind.WORD ? in.next().text() : "";
                new EnumParser(in).read(tag, attributes);
            }
        } else if (in.peek().is("#") && in.token(1).is("pragma") && in.token(2).is("pack")) {
            packs.read(in);
        } else {
            stray(in.next());
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

    /** {@return names of structs that {@code typedef} gives them, with the spelling of each struct} */
    public Map<String, String> otherNames() {
        Map<String, String> names = new LinkedHashMap<>();
        for (SyntaxTree.Member type : typedefs.values()) {
            boolean tagged = type.spelling().startsWith("struct ")
                    || type.spelling().startsWith("union ")
                    || type.spelling().startsWith("class ");
            if (tagged && !type.pointer() && type.dimensions().isEmpty()) {
                names.put(type.name(), type.spelling());
            }
        }
        return names;
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
    private void tagged(AggregateKind kind, OpenDeclaration open) {
        boolean first = in.isFirstOfLine();
        Token start = in.next();
        SyntaxTree.Attributes attributes = AttributeReader.read(in);
        Optional<AggregateHead> head = AggregateHead.at(in, 0).filter(found -> found.plain() || first);
        if (head.isPresent()) {
            open.named(start.text(), head.get().tag());
            SyntaxTree.Aggregate read = bodies.read(kind, start, attributes, Optional.empty(), 0);
            requireNoMember(read);
            boolean isSized =
                    in.peek().is(";") && in.token(1).line() == in.peek().line();
            add(isSized ? read.orOfSize(OffsetComments.size(in, in.token(1))) : read);
        }
    }

    /** Refuses a member of a struct whose first lines are missing: its offsets count from the start of that struct. */
    private void requireNoMember(SyntaxTree.Aggregate read) {
        int end = 0;
        while (end < MOST_DECLARATOR
                && in.token(end).line() == in.peek().line()
                && !in.token(end).is(";")) {
            end++;
        }
        if (in.token(end).is(";") && OffsetComments.place(in, in.token(end + 1)).isPresent()) {
            throw in.error(
                    read.token(),
                    read.spelling() + " is a member at an offset, but the struct it is in does not begin before it");
        }
    }

    /** Refuses the struct before the statistics of another: pahole prints them inside, so a brace is too many. */
    private void stray(Token token) {
        boolean isStatistics =
                token.kind() == Token.Kind.COMMENT && token.text().startsWith("size: ");
        SyntaxTree.Aggregate last = aggregates.isEmpty() ? null : aggregates.get(aggregates.size() - 1);
        if (!isStatistics || last == null) {
            return;
        }
        if (last.kind() != AggregateKind.UNION
                && last.isPlaced()
                && last.byteSize().isEmpty()) {
            aggregates.remove(aggregates.size() - 1);
            skipped.add(new SkippedDeclaration(
                    last.spelling(),
                    last.token().line(),
                    in.error(
                            token,
                            "expected the statistics of " + last.spelling() + " of line "
                                    + last.token().line() + " before its closing brace, found them behind it")));
        }
    }
}
