package dev.faultline.suggest;

import dev.faultline.analysis.Analysis;
import dev.faultline.layout.StructLayout;
import java.util.List;
import java.util.Objects;

/**
 * A layout on offer.
 *
 * @param analysis of the layout, by the same analyzer and the same access as today's; fields that moved into an embedded struct
 *     are named by their new paths
 * @param figures what it is chosen by
 * @param certificate how far from the best it can be
 * @param needsLineAlignment whether objects must be allocated at the start of a line, as today's need not
 * @param opened paths of the embedded structs whose own declaration changes
 * @param moves members that are elsewhere, in order of where they are now
 * @param gains what it does for each operation, most saved first
 * @param contributions what each separated field is worth, most first
 * @param sensitivity how it does where things are not as assumed
 */
public record Candidate(
        Analysis analysis,
        Figures figures,
        Certificate certificate,
        boolean needsLineAlignment,
        List<String> opened,
        List<Move> moves,
        List<Gain> gains,
        List<Contribution> contributions,
        SensitivityResult sensitivity) {

    /** Copies the lists. */
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

    /** {@return the layout} */
    public StructLayout layout() {
        return analysis.subject().layout();
    }
}
