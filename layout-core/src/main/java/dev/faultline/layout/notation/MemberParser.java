package dev.faultline.layout.notation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads one declaration in the body of a struct: members, or a method, which is skipped. */
final class MemberParser {

    private final TokenCursor in;
    private final AggregateParser aggregates;
    private int count;
    private SyntaxTree.Attributes macro = SyntaxTree.Attributes.NONE;

    MemberParser(TokenCursor in, AggregateParser aggregates) {
        this.in = in;
        this.aggregates = aggregates;
    }

    /** {@return the members that one declaration declares; none for a method} */
    List<SyntaxTree.Member> read(int depth) {
        Specifier specifier = new Specifier(in, aggregates);
        Token start = in.peek();
        specifier.read(depth);
        List<SyntaxTree.Member> members = new ArrayList<>();
        while (true) {
            if (++count > Parser.MOST_MEMBERS) {
                throw in.error(
                        start,
                        "more than " + Parser.MOST_MEMBERS + " members in one text; keep only the structs you need");
            }
            Declarator declarator = new Declarator(in, specifier.spelling());
            declarator.read(start);
            SyntaxTree.Attributes attributes = declarator.isAnonymous(specifier)
                    ? declarator.attributes
                    : declarator.attributes.and(
                            specifier.attributes); // of several on a typedef gcc takes the one in front
            members.add(declarator.member(specifier.inline, attributes));
            if (!in.peek().is(",")) {
                break;
            }
            in.next();
        }
        if (in.peek().is("(") || in.peek().is("{")) {
            noteMacro(members);
            skipMethod();
            return List.of();
        }
        in.expect(";");
        Optional<SyntaxTree.Place> place =
                OffsetComments.place(in, in.peek()).or(() -> OffsetComments.sizeOnly(in, in.peek()));
        if (place.isPresent()) {
            in.next();
            members.add(members.remove(members.size() - 1).at(place));
        }
        return members;
    }

    /** {@return the type at the cursor, as a member without a name} */
    SyntaxTree.Member type() {
        Token start = in.peek();
        Specifier specifier = new Specifier(in, aggregates);
        specifier.read(0);
        Declarator declarator = new Declarator(in, specifier.spelling());
        declarator.read(start);
        return declarator.member(specifier.inline, specifier.attributes.and(declarator.attributes));
    }

    /** {@return a macro since the last call that may declare or align members, as an unknown attribute} */
    SyntaxTree.Attributes takeMacro() {
        SyntaxTree.Attributes taken = macro;
        macro = SyntaxTree.Attributes.NONE;
        return taken;
    }

    /** Takes note of {@code int x ALIGNED(64);}, which is no method: numbers are no parameters. */
    private void noteMacro(List<SyntaxTree.Member> members) {
        Token name = members.get(members.size() - 1).token();
        boolean called = in.peek().is("(") && in.token(1).kind() == Token.Kind.NUMBER;
        boolean upper = name.text().equals(name.text().toUpperCase(Locale.ROOT)) && name.text().length() > 2;
        boolean asserts = name.text().toLowerCase(Locale.ROOT).contains("assert");
        if (!asserts && (called || in.peek().is("(") && upper)) {
            macro = macro.and(SyntaxTree.Attributes.unknown(name));
        }
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
}
