package dev.faultline.hazard;

import dev.faultline.access.Elements;
import dev.faultline.access.FieldActivity;
import dev.faultline.access.FieldUse;
import dev.faultline.layout.ByteRange;
import java.util.Optional;
import java.util.stream.Stream;

/** Parts of the elements of one array: {@code stripes[*].lock} and {@code stripes[*].count}. */
final class ElementParts {

    private ElementParts() {}

    /** {@return whether both are parts of each element of one array, and have no byte in common} */
    static boolean areApart(FieldActivity one, FieldActivity other) {
        Optional<Elements> first = elements(one);
        Optional<Elements> second = elements(other);
        return first.isPresent()
                && second.isPresent()
                && first.get().count() == second.get().count()
                && first.get().strideBytes() == second.get().strideBytes()
                && Math.abs(one.field().bytes().start() - other.field().bytes().start())
                        < first.get().strideBytes()
                && !first(one).overlaps(first(other));
    }

    /** {@return its bytes in the first element} */
    static ByteRange first(FieldActivity part) {
        return ByteRange.ofSize(
                part.field().bytes().start(),
                Math.max(1, elements(part).orElseThrow().byteSize()));
    }

    private static Optional<Elements> elements(FieldActivity activity) {
        return Stream.concat(activity.writes().stream(), activity.reads().stream())
                .map(FieldUse::elements)
                .filter(elements -> !elements.isWhole())
                .findFirst();
    }
}
