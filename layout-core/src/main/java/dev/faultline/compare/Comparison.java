package dev.faultline.compare;

import dev.faultline.analysis.Analysis;
import dev.faultline.cost.CostBreakdown;
import dev.faultline.hazard.Severity;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The comparison of two layouts of one struct.
 *
 * @param before analysis of the old layout
 * @param after analysis of the new layout, with the same profile
 * @param fields changed and added fields in order of the new layout, then the removed ones
 * @param padding changes of the padding of a class, whose fields are not among {@code fields}
 * @param hazards changes of the hazards, new and graver ones first
 * @param operations what each operation costs before and after; empty without a profile
 * @param verdict whether the change is for better or worse
 * @param reason the reason of the verdict, in one line
 * @param weight the size of the change, for sorting: in CPUs with a profile, else in fields that share lines; 0 when
 *     nothing is better or worse
 * @param notes other remarks for a reviewer, one line each
 */
public record Comparison(
        Analysis before,
        Analysis after,
        List<FieldChange> fields,
        List<PaddingChange> padding,
        List<HazardChange> hazards,
        List<OperationChange> operations,
        Verdict verdict,
        String reason,
        double weight,
        List<String> notes) {
    public Comparison {
        Objects.requireNonNull(before);
        Objects.requireNonNull(after);
        fields = List.copyOf(fields);
        padding = List.copyOf(padding);
        hazards = List.copyOf(hazards);
        operations = List.copyOf(operations);
        Objects.requireNonNull(verdict);
        Objects.requireNonNull(reason);
        notes = List.copyOf(notes);
    }

    /** {@return whether the two layouts differ in anything} */
    public boolean isChanged() {
        return !fields.isEmpty()
                || !padding.isEmpty()
                || !hazards.isEmpty()
                || bytesMore() != 0
                || before.subject().placement().baseAlignment()
                        != after.subject().placement().baseAlignment()
                || before.subject().layout().byteAlignment()
                        != after.subject().layout().byteAlignment()
                || operations.stream().anyMatch(one -> one.deltaNanos() != 0);
    }

    /** {@return the growth of the struct in bytes} */
    public long bytesMore() {
        return after.subject().layout().byteSize() - before.subject().layout().byteSize();
    }

    /** {@return the growth of the cost, by the closed form, in CPUs} */
    public double cpusMore() {
        return after.breakdown().map(CostBreakdown::cpusLost).orElse(0.0)
                - before.breakdown().map(CostBreakdown::cpusLost).orElse(0.0);
    }

    /** {@return the highest severity of the hazards that are new or graver than before} */
    public Optional<Severity> worstNew() {
        return hazards.stream()
                .filter(HazardChange::isUp)
                .map(HazardChange::severity)
                .max(Severity::compareTo);
    }
}
