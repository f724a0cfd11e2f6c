package dev.faultline.layout.syntax;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The names that the body of a class declares for its members: other names for types, and types. */
public final class Scope {

    private final String name;
    private final Optional<Scope> outer;
    private final List<SyntaxTree.Aggregate> types = new ArrayList<>();
    private final Map<String, SyntaxTree.Member> typedefs = new HashMap<>();
    private final Map<String, DeclarationIndex> tags = new HashMap<>();

    Scope(String name, Optional<Scope> outer) {
        this.name = name;
        this.outer = outer;
    }

    void add(SyntaxTree.Member typedef) {
        typedefs.putIfAbsent(typedef.name(), typedef);
    }

    /** Adds a type that the class declares; outside of the class its name has that of the class in front. */
    void add(SyntaxTree.Aggregate aggregate) {
        SyntaxTree.Aggregate named = aggregate.named(name + "::" + aggregate.tag());
        types.add(named);
        tags.computeIfAbsent(aggregate.spelling(), any -> new DeclarationIndex())
                .add(named);
    }

    /** {@return the types that the class declares, named as outside of it} */
    List<SyntaxTree.Aggregate> types() {
        return types;
    }

    /** {@return the declarations of a spelling such as {@code "struct foo"}, from the innermost class that has one} */
    public Optional<DeclarationIndex> declarations(String spelling) {
        DeclarationIndex own = tags.get(spelling);
        return own != null ? Optional.of(own) : outer.flatMap(scope -> scope.declarations(spelling));
    }

    /** {@return what another name for a type names, from the innermost class that has one} */
    public Optional<SyntaxTree.Member> typedef(String name) {
        SyntaxTree.Member own = typedefs.get(name);
        return own != null ? Optional.of(own) : outer.flatMap(scope -> scope.typedef(name));
    }
}
