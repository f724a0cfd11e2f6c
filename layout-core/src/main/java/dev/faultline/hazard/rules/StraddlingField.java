package dev.faultline.hazard.rules;

import dev.faultline.access.Certainty;
import dev.faultline.access.FieldActivity;
import dev.faultline.access.FieldUse;
import dev.faultline.hazard.Finding;
import dev.faultline.hazard.Hazard;
import dev.faultline.hazard.HazardRule;
import dev.faultline.hazard.Rates;
import dev.faultline.hazard.RuleContext;
import dev.faultline.hazard.Saving;
import dev.faultline.hazard.Severity;
import dev.faultline.layout.FieldRef;
import dev.faultline.layout.FieldType;
import dev.faultline.layout.Slot;
import dev.faultline.machine.PlacementCount;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds used fields that fit a line and yet can lie on two. */
@Hazard(summary = "a field that fits one line lies on two", severity = Severity.WARNING)
public final class StraddlingField implements HazardRule {

    /** The rule; it has no state. */
    public StraddlingField() {}

    @Override
    public List<Finding> examine(RuleContext examination) {
        return examination.access().certainty() == Certainty.DECLARED ? used(examination) : misaligned(examination);
    }

    private List<Finding> used(RuleContext examination) {
        List<Finding> findings = new ArrayList<>();
        for (FieldActivity activity : examination.access().activities()) {
            double rate = 0;
            boolean atomic = false;
            for (FieldUse use : activity.reads()) {
                rate = Math.max(rate, use.ratePerSecond());
            }
            for (FieldUse use : activity.writes()) {
                rate = Math.max(rate, use.ratePerSecond());
                atomic |= use.kind().isAtomicUpdate();
            }
            FieldRef field = activity.field();
            boolean split = atomic && field.bytes().byteSize() <= SplitAtomic.LARGEST_WORD_BYTES;
            // What would cost more on a line of its own is filling the rest of its lines with what is used with it.
            if (!split && !Rates.isCold(rate) && field.bytes().byteSize() <= examination.lineBytes()) {
                PlacementCount placements = examination.placement().straddling(field.bytes(), examination.lineBytes());
                if (!placements.never()) {
                    Finding finding =
                            finding(examination, List.of(field.path()), field, placements, Certainty.DECLARED);
                    if (finding.saving().orElseThrow().cpusSaved() >= 0) {
                        findings.add(finding);
                    }
                }
            }
        }
        return findings;
    }

    /** Without a profile only what no compiler does unasked: a scalar off its natural alignment. One finding a struct. */
    private List<Finding> misaligned(RuleContext examination) {
        List<String> paths = new ArrayList<>();
        Slot.Field first = null;
        PlacementCount worst = null;
        for (Slot slot : examination.layout().slots()) {
            if (slot instanceof Slot.Field field
                    && field.type() instanceof FieldType.Scalar scalar
                    && field.bits().isEmpty()
                    && field.byteOffset() % scalar.byteAlignment() != 0) {
                PlacementCount placements = examination.placement().straddling(field.bytes(), examination.lineBytes());
                if (!placements.never()) {
                    if (paths.size() < 8) {
                        paths.add(field.path());
                    }
                    if (worst == null || placements.sharing() > worst.sharing()) {
                        worst = placements;
                        first = field;
                    }
                }
            }
        }
        return first == null
                ? List.of()
                : List.of(finding(examination, paths, FieldRef.of(first), worst, Certainty.INFERRED));
    }

    private Finding finding(
            RuleContext examination,
            List<String> paths,
            FieldRef field,
            PlacementCount placements,
            Certainty certainty) {
        int line = examination.lineBytes();
        long aligned = Long.highestOneBit(Math.max(1, field.bytes().byteSize() * 2 - 1));
        Saving saving = examination.costing().moving(List.of(field));
        return new Finding(
                id(),
                saving.severity(hazard().severity(), certainty),
                paths,
                field.path() + " (" + field.type().spelling() + ", bytes " + field.bytes() + ") crosses a " + line
                        + "-byte line in " + placements.words()
                        + (certainty == Certainty.INFERRED ? "; it is off its natural alignment, whoever uses it" : ""),
                "start it at a multiple of " + aligned + " bytes, in objects aligned at least so",
                certainty,
                Optional.of(placements),
                Optional.of(saving));
    }
}
