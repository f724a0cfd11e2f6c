package dev.faultline.compare;

import dev.faultline.api.Internal;
import dev.faultline.source.Subject;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The comparison of two sources.
 *
 * @param before name of the old source
 * @param after name of the new source
 * @param unchanged number of structs that are the same, byte for byte
 * @param added structs that only the new source has
 * @param removed structs that only the old source has
 * @param changed the changed structs, in the order of reports
 * @param vms the Java VMs that laid out the two sides; empty when both have the same
 */
@Internal
public record SourceComparison(
        String before,
        String after,
        int unchanged,
        List<Subject> added,
        List<Subject> removed,
        List<Changed> changed,
        Optional<Vms> vms) {

    /**
     * Two Java VMs.
     *
     * @param before the mode of the old side, such as {@code "17"}
     * @param after the mode of the new side
     */
    public record Vms(String before, String after) {
        public Vms {
            Objects.requireNonNull(before);
            Objects.requireNonNull(after);
        }
    }

    /**
     * A changed struct.
     *
     * @param comparison the comparison of its two layouts
     * @param causes the structs with a changed declaration, of itself and those embedded in it, sorted
     */
    public record Changed(Comparison comparison, List<String> causes) {
        public Changed {
            Objects.requireNonNull(comparison);
            causes = List.copyOf(causes);
        }

        /** {@return whether its own declaration is unchanged, and only embedded structs changed} */
        public boolean isByEmbedding() {
            return !causes.contains(comparison.before().subject().layout().spelling());
        }
    }

    public SourceComparison {
        Objects.requireNonNull(before);
        Objects.requireNonNull(after);
        added = List.copyOf(added);
        removed = List.copyOf(removed);
        changed = List.copyOf(changed);
        Objects.requireNonNull(vms);
    }

    /** {@return whether one source is compared with itself, laid out by two VMs} */
    public boolean isOfOneSource() {
        return vms.isPresent() && before.equals(after);
    }

    /** {@return whether the sources have the same structs} */
    public boolean isEmpty() {
        return added.isEmpty() && removed.isEmpty() && changed.isEmpty();
    }
}
