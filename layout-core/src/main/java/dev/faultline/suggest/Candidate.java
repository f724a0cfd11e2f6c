package dev.faultline.suggest;

import dev.faultline.analysis.Analysis;
import dev.faultline.api.Internal;
import dev.faultline.layout.StructLayout;
import java.util.List;
import java.util.Objects;

/**
 * A layout that a suggestion proposes, with everything needed to judge it.
 *
 * @param analysis analysis of the layout, made with the same rules and accesses as that of today's layout; a field
 *     that moved into an embedded struct is named by its new path
 * @param figures cost, size and number of lines
 * @param certificate how far the layout can be from the best one
 * @param needsLineAlignment whether every object must be allocated at the start of a cache line, which today's layout
 *     does not require
 * @param opened paths of the embedded structs whose own declaration changes; empty when none does
 * @param moves members whose offset or path changes, in order of their new offset
 * @param gains change of the time per operation, largest saving first
 * @param contributions what each separation of fields contributes, largest first
 * @param sensitivity cost under other assumptions
 */
public record Candidate(
        Analysis analysis,
        Figures figures,
        Certificate certificate,
        boolean needsLineAlignment,
        List<String> opened,
        List<Move> moves,
        List<Gain> gains,
        @Internal List<Contribution> contributions,
        @Internal SensitivityResult sensitivity) {

    @Internal
    public Candidate {
        Objects.requireNonNull(analysis);
        Objects.requireNonNull(figures);
        Objects.requireNonNull(certificate);
        Objects.requireNonNull(sensitivity);
        opened = List.copyOf(opened);
        moves = List.copyOf(moves);
        gains = List.copyOf(gains);
        contributions = List.copyOf(contributions);
    }

    /** {@return the proposed layout} */
    public StructLayout layout() {
        return analysis.subject().layout();
    }
}
