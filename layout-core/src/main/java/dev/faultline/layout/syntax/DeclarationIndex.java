package dev.faultline.layout.syntax;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;

/** The declarations of one tag in a text, in order; a dump of many files may declare a tag many times. */
public final class DeclarationIndex {

    private record Numbered(SyntaxTree.Aggregate aggregate, int number) {}

    private final List<SyntaxTree.Aggregate> all = new ArrayList<>();
    private final Map<Long, Numbered> firstOfSize = new HashMap<>();
    private final List<Numbered> unsized = new ArrayList<>();
    private int sized;

    public void add(SyntaxTree.Aggregate aggregate) {
        Numbered one = new Numbered(aggregate, all.size());
        all.add(aggregate);
        if (aggregate.byteSize().isPresent()) {
            firstOfSize.putIfAbsent(aggregate.byteSize().getAsLong(), one);
        } else {
            unsized.add(one);
        }
    }

    public int size() {
        return all.size();
    }

    public SyntaxTree.Aggregate first() {
        return all.get(0);
    }

    /**
     * Finds the first declaration of a size. Declarations that do not state their size are laid out in order, each
     * once, until one fits.
     *
     * @param byteSize the size in bytes
     * @param layout computes the size of a declaration in bytes
     */
    public Optional<SyntaxTree.Aggregate> ofSize(long byteSize, ToLongFunction<SyntaxTree.Aggregate> layout) {
        while (true) {
            Numbered found = firstOfSize.get(byteSize);
            boolean none = sized == unsized.size();
            if (none || found != null && found.number() < unsized.get(sized).number()) {
                return Optional.ofNullable(found).map(Numbered::aggregate);
            }
            int at = sized; // laying out may ask for the same tag again
            Numbered next = unsized.get(at);
            long size = layout.applyAsLong(next.aggregate());
            firstOfSize.merge(size, next, (a, b) -> a.number() <= b.number() ? a : b);
            sized = Math.max(sized, at + 1);
        }
    }
}
