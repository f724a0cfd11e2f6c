package dev.faultline.compare;

import dev.faultline.source.Subject;
import java.util.List;
import java.util.Objects;

/**
 * What became of the structs of a source.
 *
 * @param before what the old source is called
 * @param after what the new source is called
 * @param unchanged how many structs are byte for byte as they were
 * @param added structs that only the new source has
 * @param removed structs that only the old source has
 * @param changed the others, in the order they are to be shown in
 */
public record SourceComparison(
        String before, String after, int unchanged, List<Subject> added, List<Subject> removed, List<Changed> changed) {

    /**
     * A struct that is not what it was.
     *
     * @param comparison what became of it
     * @param causes the structs whose own declaration changed, itself or such as are embedded in it, sorted
     */
    public record Changed(Comparison comparison, List<String> causes) {
        /** Copies the list. */
        public Changed {
            Objects.requireNonNull(comparison);
            causes = List.copyOf(causes);
        }

        /** {@return whether its own declaration is what it was, and only what it embeds changed} */
        public boolean isByEmbedding() {
            return !causes.contains(comparison.before().subject().layout().spelling());
        }
    }

    /** Copies the lists. */
    public SourceComparison {
        Objects.requireNonNull(before);
        Objects.requireNonNull(after);
        added = List.copyOf(added);
        removed = List.copyOf(removed);
        changed = List.copyOf(changed);
    }

    /** {@return whether nothing differs} */
    public boolean isEmpty() {
        return added.isEmpty() && removed.isEmpty() && changed.isEmpty();
    }
}
