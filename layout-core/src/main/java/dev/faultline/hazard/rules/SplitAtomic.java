package dev.faultline.hazard.rules;

import dev.faultline.access.Certainty;
import dev.faultline.access.FieldActivity;
import dev.faultline.access.FieldUse;
import dev.faultline.hazard.Finding;
import dev.faultline.hazard.Hazard;
import dev.faultline.hazard.HazardRule;
import dev.faultline.hazard.RuleContext;
import dev.faultline.hazard.Saving;
import dev.faultline.hazard.Severity;
import dev.faultline.layout.FieldRef;
import dev.faultline.layout.SyncType;
import dev.faultline.machine.PlacementCount;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds words changed by atomic operations that can lie on two lines. */
@Hazard(summary = "an atomic word crosses a line, which stalls the whole machine", severity = Severity.ERROR)
public final class SplitAtomic implements HazardRule {

    /** No atomic operation is wider: cmpxchg16b. */
    static final int LARGEST_WORD_BYTES = 16;

    /** The rule; it has no state. */
    public SplitAtomic() {}

    @Override
    public List<Finding> examine(RuleContext examination) {
        List<Finding> findings = new ArrayList<>();
        for (FieldActivity activity : examination.access().activities()) {
            FieldRef field = activity.field();
            Certainty certainty = certainty(activity);
            if (certainty != null && field.bytes().byteSize() <= LARGEST_WORD_BYTES) {
                PlacementCount placements = examination.placement().straddling(field.bytes(), examination.lineBytes());
                if (!placements.never()) {
                    findings.add(finding(examination, field, certainty, placements));
                }
            }
        }
        return findings;
    }

    /** Declared by a profile, or by the type: an atomic that is never changed atomically needs no such type. */
    private static Certainty certainty(FieldActivity activity) {
        for (FieldUse write : activity.writes()) {
            if (write.kind().isAtomicUpdate() && !write.ownElement()) {
                return write.certainty() == Certainty.DECLARED ? Certainty.DECLARED : byType(activity.field());
            }
        }
        return null;
    }

    private static Certainty byType(FieldRef field) {
        return SyncType.of(field.type()).isPresent() ? Certainty.DECLARED_BY_TYPE : Certainty.INFERRED;
    }

    private Finding finding(RuleContext examination, FieldRef field, Certainty certainty, PlacementCount placements) {
        Saving saving = examination.costing().moving(List.of(field));
        return new Finding(
                id(),
                certainty == Certainty.DECLARED ? hazard().severity() : Severity.WARNING,
                List.of(field.path()),
                field.path() + " (" + field.type().spelling() + ", bytes " + field.bytes() + ") crosses a "
                        + examination.lineBytes() + "-byte line in " + placements.words()
                        + "; on x86 a locked access to it locks the bus, on others it fails",
                "align it to " + field.bytes().byteSize() + " bytes",
                certainty,
                Optional.of(placements),
                Optional.of(saving));
    }
}
