package dev.faultline.compare;

import dev.faultline.analysis.Analysis;
import dev.faultline.hazard.Severity;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What became of one struct.
 *
 * @param before what was found out about the old layout
 * @param after what was found out about the new one, by the same profile
 * @param fields what is not what or where it was, in order of the new layout, then what is gone
 * @param hazards what came, went or changed, what came first
 * @param operations what each costs, before and after; empty where nobody said who does what
 * @param verdict for better or worse
 * @param reason why, in one line
 * @param weight how much of it there is: in CPUs where a profile says how often things happen, else in fields that share
 *     lines; 0 when nothing is better or worse. Only good for sorting
 * @param notes what else a reviewer should know, one line each
 */
public record Comparison(
        Analysis before,
        Analysis after,
        List<FieldChange> fields,
        List<HazardChange> hazards,
        List<OperationChange> operations,
        Verdict verdict,
        String reason,
        double weight,
        List<String> notes) {
    /** Copies the lists. */
    public Comparison {
        Objects.requireNonNull(before);
        Objects.requireNonNull(after);
        fields = List.copyOf(fields);
        hazards = List.copyOf(hazards);
        operations = List.copyOf(operations);
        Objects.requireNonNull(verdict);
        Objects.requireNonNull(reason);
        notes = List.copyOf(notes);
    }

    /** {@return whether anything differs} */
    public boolean isChanged() {
        return !fields.isEmpty()
                || !hazards.isEmpty()
                || bytesMore() != 0
                || before.subject().placement().baseAlignment()
                        != after.subject().placement().baseAlignment()
                || before.subject().layout().byteAlignment()
                        != after.subject().layout().byteAlignment()
                || operations.stream().anyMatch(one -> one.deltaNanos() != 0);
    }

    /** {@return how much larger the struct is than before, in bytes} */
    public long bytesMore() {
        return after.subject().layout().byteSize() - before.subject().layout().byteSize();
    }

    /** {@return the worst of the hazards that are new or graver than before} */
    public Optional<Severity> worstNew() {
        return hazards.stream()
                .filter(HazardChange::isUp)
                .map(HazardChange::severity)
                .max(Severity::compareTo);
    }
}
