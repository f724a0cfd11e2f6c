package dev.faultline.layout.notation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads one declaration in the body of a struct: members, or a method, which is skipped. */
final class MemberParser {

    private final TokenCursor in;
    private final AggregateParser aggregates;
    private int count;

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

    private void skipMethod() {
        while (!in.peek().is(";") && !in.peek().isEnd()) {
            if (in.peek().is("}")) {
                return;
            }
            aggregates.requireSame();
            in.next();
        }
        in.next();
    }
}
