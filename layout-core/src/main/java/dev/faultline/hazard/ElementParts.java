package dev.faultline.hazard;

import dev.faultline.access.Elements;
import dev.faultline.access.FieldActivity;
import dev.faultline.access.FieldUse;
import dev.faultline.layout.ByteRange;
import java.util.List;
import java.util.Objects;

/** Parts of the elements of one array: {@code stripes[*].lock} and {@code stripes[*].count}. */
final class ElementParts {

    private ElementParts() {}

    /** {@return whether both are parts of each element of one array, and have no byte in common} */
    static boolean areApart(FieldActivity one, FieldActivity other) {
        Elements first = elements(one);
        Elements second = first == null ? null : elements(other);
        return second != null
                && first.count() == second.count()
                && first.strideBytes() == second.strideBytes()
                && Math.abs(one.field().bytes().start() - other.field().bytes().start()) < first.strideBytes()
                && !first(one, first).overlaps(first(other, second));
    }

    /** {@return its bytes in the first element} */
    static ByteRange first(FieldActivity part) {
        return first(part, Objects.requireNonNull(elements(part)));
    }

    private static ByteRange first(FieldActivity part, Elements elements) {
        return ByteRange.ofSize(part.field().bytes().start(), Math.max(1, elements.byteSize()));
    }

    /** {@return the elements that the first use of some of them uses; null when each use is of all} */
    private static Elements elements(FieldActivity activity) {
        Elements written = elements(activity.writes());
        return written == null ? elements(activity.reads()) : written;
    }

    private static Elements elements(List<FieldUse> uses) {
        for (int i = 0; i < uses.size(); i++) { // for each pair of fields, so without an iterator
            Elements elements = uses.get(i).elements();
            if (!elements.isWhole()) {
                return elements;
            }
        }
        return null;
    }
}
