package dev.faultline.layout.notation;

import dev.faultline.layout.syntax.DeclarationIndex;
import dev.faultline.layout.syntax.Parser;
import dev.faultline.layout.syntax.SyntaxTree;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The declarations of a text by what types spell, and what the text states of them elsewhere. */
final class DeclarationTable {

    private final Parser parser;
    private final Map<String, DeclarationIndex> byTag = new HashMap<>();
    private final Map<String, Long> embeddedByteSizes = new HashMap<>();
    private final Map<String, SyntaxTree.Aggregate> nested = new HashMap<>();
    private int indexed;

    DeclarationTable(Parser parser) {
        this.parser = parser;
    }

    /** Takes note of the declarations that the parser has read since the last call. */
    void update() {
        while (indexed < parser.aggregates().size()) {
            SyntaxTree.Aggregate aggregate = parser.aggregates().get(indexed);
            indexed++;
            byTag.computeIfAbsent(aggregate.spelling(), any -> new DeclarationIndex())
                    .add(aggregate);
            noteEmbedded(aggregate);
            noteNested(aggregate);
        }
    }

    /** Takes note of the structs declared inside another one, which C knows by their tags from there on. */
    private void noteNested(SyntaxTree.Aggregate aggregate) {
        for (SyntaxTree.Member member : aggregate.members()) {
            member.inline().ifPresent(inner -> {
                if (!inner.tag().isEmpty() && !inner.isPlaced()) {
                    nested.putIfAbsent(inner.spelling(), inner);
                }
                noteNested(inner);
            });
        }
    }

    /** Notes sizes stated where a struct is embedded; pahole states none for unions and structs without holes. */
    private void noteEmbedded(SyntaxTree.Aggregate aggregate) {
        for (SyntaxTree.Member member : aggregate.members()) {
            member.inline().ifPresent(this::noteEmbedded);
            List<Long> dimensions = member.dimensions();
            long count = dimensions.isEmpty() ? 1 : dimensions.size() == 1 ? dimensions.get(0) : 0;
            if (member.place().isPresent() && count > 0) {
                embeddedByteSizes.putIfAbsent(
                        member.spelling(), member.place().get().byteSize() / count);
            }
        }
    }

    /** {@return the size in bytes that comments state in or behind a struct, or where it is embedded} */
    OptionalLong statedByteSize(SyntaxTree.Aggregate aggregate) {
        Long embedded = embeddedByteSizes.get(aggregate.spelling());
        DeclarationIndex all = byTag.get(aggregate.spelling());
        boolean one = all != null && all.size() == 1;
        return aggregate.byteSize().isPresent() || embedded == null || !one
                ? aggregate.byteSize()
                : OptionalLong.of(embedded);
    }

    /** {@return the first declaration of the type of a member, also one inside another declaration} */
    Optional<SyntaxTree.Aggregate> first(SyntaxTree.Member member, String spelling) {
        return indexed(member, spelling)
                .map(DeclarationIndex::first)
                .or(() -> Optional.ofNullable(nested.get(spelling)));
    }

    /**
     * {@return the declarations of the type of a member}
     *
     * @param member the member, whose class may declare the type
     * @param spelling such as {@code "struct foo"}; in C++ and Go without the keyword
     */
    Optional<DeclarationIndex> declarations(SyntaxTree.Member member, String spelling) {
        for (String keyed : spellings(spelling, typedef(member, spelling).isPresent())) {
            Optional<DeclarationIndex> found = indexed(member, keyed);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private Optional<DeclarationIndex> indexed(SyntaxTree.Member member, String spelling) {
        return member.scope()
                .flatMap(scope -> scope.declarations(spelling))
                .or(() -> Optional.ofNullable(byTag.get(spelling)));
    }

    /** {@return the ways to declare what a type spells: in C++ {@code class} and {@code struct} are the same} */
    private static List<String> spellings(String spelling, boolean typedef) {
        if (spelling.startsWith("struct ")) {
            return List.of(spelling, "class " + spelling.substring("struct ".length()));
        }
        if (spelling.startsWith("class ")) {
            return List.of(spelling, "struct " + spelling.substring("class ".length()));
        }
        boolean keyed = spelling.startsWith("union ") || spelling.startsWith("enum ");
        return keyed || typedef
                ? List.of(spelling)
                : List.of("struct " + spelling, "class " + spelling, "union " + spelling);
    }

    /** {@return what another name for the type of a member names; empty when the text has none of this name} */
    Optional<SyntaxTree.Member> typedef(SyntaxTree.Member member, String name) {
        return member.scope().flatMap(scope -> scope.typedef(name)).or(() -> parser.typedef(name));
    }
}
