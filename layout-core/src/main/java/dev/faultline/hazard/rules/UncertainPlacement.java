package dev.faultline.hazard.rules;

import dev.faultline.access.Certainty;
import dev.faultline.hazard.FieldPair;
import dev.faultline.hazard.Finding;
import dev.faultline.hazard.Hazard;
import dev.faultline.hazard.HazardRule;
import dev.faultline.hazard.Rates;
import dev.faultline.hazard.RuleContext;
import dev.faultline.hazard.Saving;
import dev.faultline.hazard.Severity;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds structs whose hazards come and go with the address the allocator gives. At most one finding a struct. */
@Hazard(summary = "whether fields meet on a line depends on the allocator's address", severity = Severity.WARNING)
public final class UncertainPlacement implements HazardRule {

    private static final int MOST_FIELDS = 8;

    /** The rule; it has no state. */
    public UncertainPlacement() {}

    @Override
    public List<Finding> examine(RuleContext examination) {
        int line = examination.lineBytes();
        if (examination.placement().residues(line) == 1 || examination.access().certainty() == Certainty.INFERRED) {
            return List.of(); // of a guess it would say nothing that the guess does not
        }
        FieldPair worst = null;
        Set<String> fields = new LinkedHashSet<>();
        int pairs = 0;
        for (FieldPair meeting : examination.meetings()) {
            boolean hot = meeting.writesPerSecond() >= Rates.HOT && meeting.victimPerSecond() >= Rates.HOT;
            if (hot && !meeting.placements().always() && !meeting.together()) {
                pairs++;
                fields.add(meeting.culprit().field().path());
                fields.add(meeting.victim().field().path());
                worst = worst == null ? meeting : worst;
            }
        }
        if (worst == null) {
            return List.of();
        }
        Saving saving = examination.costing().against(examination.costing().cheapestPlacement());
        return List.of(new Finding(
                id(),
                saving.severity(hazard().severity(), worst.certainty()),
                new ArrayList<>(fields).subList(0, Math.min(MOST_FIELDS, fields.size())),
                "objects start at any multiple of " + examination.placement().baseAlignment() + " bytes ("
                        + examination.placement().source() + "), so " + pairs + (pairs == 1 ? " pair" : " pairs")
                        + " of contended fields may or may not meet; "
                        + worst.culprit().field().path() + " and "
                        + worst.victim().field().path() + " do in "
                        + worst.placements().words(),
                "start objects at a multiple of " + line + " bytes and place the fields for that",
                worst.certainty(),
                Optional.of(worst.placements()),
                Optional.of(saving)));
    }
}
