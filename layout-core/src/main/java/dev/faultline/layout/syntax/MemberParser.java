package dev.faultline.layout.syntax;

import dev.faultline.input.InputException;
import dev.faultline.layout.MemberRole;
import dev.faultline.layout.token.Token;
import dev.faultline.layout.token.TokenCursor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Reads one declaration in the body of a class: members, or a method, a static member or a type, which are none. */
final class MemberParser {

    /** First words of declarations that declare no member of the object. */
    private static final Set<String> OUTSIDE_THE_OBJECT = Set.of(
            "static",
            "extern",
            "friend",
            "template",
            "static_assert",
            "_Static_assert",
            "inline",
            "constexpr",
            "consteval",
            "thread_local",
            "explicit",
            "virtual");

    private final TokenCursor in;
    private final AggregateParser aggregates;
    private int count;
    private SyntaxTree.Attributes macro = SyntaxTree.Attributes.NONE;

    MemberParser(TokenCursor in, AggregateParser aggregates) {
        this.in = in;
        this.aggregates = aggregates;
    }

    /** Reads the members that one declaration in the body of a class declares, none for a method. */
    void read(AggregateBody body, int depth) {
        DeclarationOutline outline = DeclarationOutline.of(in);
        Token start = outline.first().orElse(in.peek());
        if (outline.place().isPresent() && placed(outline, body)) {
            return;
        }
        if (start.is("typedef") && outline.isCut()) {
            skipDeclaration();
        } else if (start.is("typedef") && !in.token(1).is(";")) {
            in.next();
            declared(body.scope(), depth).members().forEach(body.scope()::add);
        } else if (start.is("using")) {
            alias(outline, body.scope());
        } else if (OUTSIDE_THE_OBJECT.contains(start.text()) && outline.place().isEmpty() || isStatic(start)) {
            if (outline.isVirtual() && outline.isMethod()) {
                body.needsOffsets(virtual(start));
            }
            skipDeclaration();
        } else if (outline.isMethod()) {
            method(outline, body);
        } else if (outline.isForward() && in.token(outline.length()).is(";")) {
            in.skip(outline.length() + 1);
        } else {
            body.addAll(declared(body.scope(), depth).members());
        }
    }

    private static boolean isStatic(Token start) {
        return start.is("static") || start.is("extern");
    }

    /** Reads a member with a place; returns false when C's grammar reads it. */
    private boolean placed(DeclarationOutline outline, AggregateBody body) {
        SyntaxTree.Place place = outline.place().orElseThrow();
        List<Token> tokens = outline.tokens();
        if (isStatic(tokens.isEmpty() ? in.peek() : tokens.get(0))) {
            return false;
        }
        int size = tokens.size();
        boolean base = size > 3
                && tokens.get(size - 2).is("ancestor")
                && tokens.get(size - 1).is(">");
        if (base) {
            String text = in.ahead().text(0, outline.length());
            body.add(BaseClass.member(text, place, Optional.of(body.scope()), tokens.get(0)));
        } else if (PrintedMember.isPrintable(tokens)
                && (outline.isShortened() && PrintedMember.isNamed(in, tokens) || PrintedMember.isNeeded(in, tokens))) {
            countOne(in.peek());
            body.add(new PrintedMember(in, tokens).read(place, Optional.of(body.scope())));
        } else {
            return false;
        }
        in.skip(outline.length() + 2);
        return true;
    }

    private void method(DeclarationOutline outline, AggregateBody body) {
        Token start = in.peek();
        if (outline.isVirtual()) {
            body.needsOffsets(virtual(start));
        }
        if (BaseClass.isVirtualIn(outline.tokens(), body)) {
            body.noteVirtualBase(start);
        }
        outline.bareCall()
                .filter(name -> !body.isTag(name.text()))
                .ifPresent(macro -> body.needsOffsets(in.error(
                        macro, macro.shown() + " may declare members; write them out, or add offset comments")));
        skipDeclaration();
    }

    private InputException virtual(Token start) {
        return in.error(
                start,
                "a class with virtual functions needs offsets; use pahole's output, or that of gdb's `ptype /o`");
    }

    /**
     * What one declaration declares.
     *
     * @param members the members or, behind {@code typedef}, other names for a type
     * @param type the struct, union or class that it declares for them
     */
    record Declared(List<SyntaxTree.Member> members, Optional<SyntaxTree.Aggregate> type) {}

    /** {@return what one declaration in C's grammar declares} */
    Declared declared(Scope scope, int depth) {
        Specifier specifier = new Specifier(in, aggregates, Optional.ofNullable(scope));
        Token start = in.peek();
        specifier.read(depth);
        if (specifier.declaresType() && in.peek().is(";")) {
            return new Declared(typeOnly(specifier, scope), specifier.inline);
        }
        List<SyntaxTree.Member> members = new ArrayList<>();
        while (true) {
            countOne(start);
            Declarator declarator = new Declarator(in, specifier.spelling());
            declarator.read(start);
            initialiser();
            SyntaxTree.Attributes attributes = declarator.isAnonymous(specifier)
                    ? declarator.attributes
                    : declarator.attributes.and(
                            specifier.attributes); // of several on a typedef gcc takes the one in front
            members.add(declarator.member(specifier.inline, attributes).in(Optional.ofNullable(scope)));
            if (!in.peek().is(",")) {
                break;
            }
            in.next();
        }
        in.expect(";");
        Optional<SyntaxTree.Place> place =
                OffsetComments.place(in, in.peek()).or(() -> OffsetComments.sizeOnly(in, in.peek()));
        if (place.isPresent()) {
            in.next();
            members.add(members.remove(members.size() - 1).at(place));
        }
        return new Declared(members, specifier.inline);
    }

    /** {@return the type at the cursor, as a member without a name} */
    SyntaxTree.Member type() {
        Token start = in.peek();
        Specifier specifier = new Specifier(in, aggregates, Optional.empty());
        specifier.read(0);
        Declarator declarator = new Declarator(in, specifier.spelling());
        declarator.read(start);
        return declarator.member(specifier.inline, specifier.attributes.and(declarator.attributes));
    }

    /** Takes a type that a class declares for its members; with a place or without a tag it is a member itself. */
    private List<SyntaxTree.Member> typeOnly(Specifier specifier, Scope scope) {
        in.next();
        Optional<SyntaxTree.Place> place =
                OffsetComments.place(in, in.peek()).or(() -> OffsetComments.sizeOnly(in, in.peek()));
        if (specifier.inline.isEmpty()) {
            return List.of(); // an enum
        }
        SyntaxTree.Aggregate type = specifier.inline.get();
        if (place.isEmpty() && !type.tag().isEmpty()) {
            if (scope != null) {
                scope.add(type);
            }
            return List.of();
        }
        if (place.isPresent()) {
            in.next();
        }
        SyntaxTree.Member member = new SyntaxTree.Member(
                "",
                specifier.spelling(),
                false,
                List.of(),
                OptionalInt.empty(),
                specifier.inline,
                place,
                SyntaxTree.Attributes.NONE, // gcc ignores attributes in front of it
                MemberRole.FIELD,
                Optional.ofNullable(scope),
                type.token());
        return List.of(member);
    }

    private void countOne(Token start) {
        if (++count > Parser.MOST_MEMBERS) {
            throw in.error(
                    start, "more than " + Parser.MOST_MEMBERS + " members in one text; keep only the structs you need");
        }
    }

    /** Skips {@code = 0} and {@code {1}} behind a member. */
    private void initialiser() {
        if (in.peek().is("{")) {
            int close = in.ahead().closing(0);
            boolean ends = close > 0
                    && (in.token(close + 1).is(";") || in.token(close + 1).is(","));
            in.skip(ends ? close + 1 : 0);
            return;
        }
        if (!in.peek().is("=")) {
            return;
        }
        int depth = 0;
        while (!in.peek().isEnd()
                && !(depth == 0 && (in.peek().is(";") || in.peek().is("}")))) {
            Token token = in.peek();
            if (depth == 0
                    && token.is(",")
                    && in.token(1).kind() == Token.Kind.WORD
                    && !in.token(2).is("(")) {
                return;
            }
            boolean opens = token.is("(") || token.is("{") || token.is("[");
            boolean closes = token.is(")") || token.is("}") || token.is("]");
            depth += opens ? 1 : closes ? -1 : 0;
            in.next();
        }
    }

    /** Reads {@code using word = unsigned int;}, another name for a type; other uses of the word are skipped. */
    private void alias(DeclarationOutline outline, Scope scope) {
        List<Token> tokens = outline.tokens();
        boolean names = tokens.size() > 3 && tokens.get(2).is("=");
        boolean simple = names && tokens.stream().noneMatch(token -> token.is("(") || token.is("["));
        if (!simple) {
            skipDeclaration();
            return;
        }
        Token name = tokens.get(1);
        in.skip(3);
        for (SyntaxTree.Member type : declared(scope, 0).members()) {
            scope.add(type.named(name.text()));
        }
    }

    /** Skips up to the semicolon, or behind the body of a function. */
    private void skipDeclaration() {
        boolean parameters = false;
        boolean list = false;
        Token before = in.peek();
        while (!in.peek().isEnd() && !in.peek().is("}")) {
            aggregates.requireSame();
            Token token = in.peek();
            if (token.is("{")) {
                boolean initialises = list && (before.kind() == Token.Kind.WORD || before.is(">"));
                skipBraces();
                if (parameters && !initialises) {
                    return; // a semicolon may follow, which declares nothing
                }
            } else {
                int close = token.is("(") ? in.ahead().closing(0) : -1;
                parameters |= token.is("(");
                list |= parameters && token.is(":");
                in.skip(Math.max(close, 0) + 1);
                if (token.is(";")) {
                    return;
                }
            }
            before = token;
        }
    }

    private void skipBraces() {
        Token open = in.peek();
        int depth = 0;
        do {
            aggregates.requireSame();
            Token token = in.next();
            depth += token.is("{") ? 1 : token.is("}") ? -1 : 0;
            if (token.isEnd()) {
                throw in.error(open, "a brace without its closing brace");
            }
        } while (depth > 0);
    }
}
