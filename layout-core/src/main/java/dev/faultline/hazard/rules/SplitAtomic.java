package dev.faultline.hazard.rules;

import dev.faultline.access.Certainty;
import dev.faultline.access.FieldActivity;
import dev.faultline.access.FieldUse;
import dev.faultline.hazard.Finding;
import dev.faultline.hazard.Hazard;
import dev.faultline.hazard.HazardRule;
import dev.faultline.hazard.RuleContext;
import dev.faultline.hazard.Severity;
import dev.faultline.layout.FieldRef;
import dev.faultline.layout.FieldType;
import dev.faultline.layout.SyncType;
import dev.faultline.machine.PlacementCount;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds words changed by atomic operations that can lie on two lines. */
@Hazard(summary = "an atomic word crosses a line, which stalls the whole machine", severity = Severity.ERROR)
public final class SplitAtomic implements HazardRule {

    /** The widest atomic operation: cmpxchg16b. */
    static final int LARGEST_WORD_BYTES = 16;
    /** The widest atomic struct that is one word: wider ones have several, or a compiler aligns them to 16 bytes. */
    private static final int LARGEST_STRUCT_BYTES = 8;
    /** The widest lock of a struct type that is one word. */
    private static final int LARGEST_LOCK_BYTES = 4;

    @Override
    public List<Finding> examine(RuleContext context) {
        List<Finding> findings = new ArrayList<>();
        for (FieldActivity activity : context.access().activities()) {
            FieldRef field = activity.field();
            Optional<Certainty> certainty = certainty(activity);
            if (certainty.isPresent() && field.bytes().byteSize() <= largestWordBytes(field)) {
                PlacementCount placements = context.placement().straddling(field.bytes(), context.lineBytes());
                if (!placements.never()) {
                    findings.add(finding(context, field, certainty.get(), placements));
                }
            }
        }
        return findings;
    }

    private static int largestWordBytes(FieldRef field) {
        Optional<SyncType> sync = SyncType.of(field.type());
        if (field.type() instanceof FieldType.Scalar || sync.isEmpty()) {
            return LARGEST_WORD_BYTES;
        }
        return sync.get() == SyncType.ATOMIC || sync.get() == SyncType.REFERENCE_COUNT
                ? LARGEST_STRUCT_BYTES
                : LARGEST_LOCK_BYTES;
    }

    /** How it is known that a field is changed atomically: by a profile or by its type; nothing when it is not. */
    private static Optional<Certainty> certainty(FieldActivity activity) {
        Certainty byType =
                SyncType.of(activity.field().type()).isPresent() ? Certainty.DECLARED_BY_TYPE : Certainty.INFERRED;
        return activity.writes().stream()
                .filter(write ->
                        write.kind().isAtomicUpdate() && write.elements().isWhole())
                .findFirst()
                .map(FieldUse::certainty)
                .map(certainty -> certainty.isOfProfile() ? certainty : byType);
    }

    private Finding finding(RuleContext context, FieldRef field, Certainty certainty, PlacementCount placements) {
        return context.finding(this)
                .severity(certainty.isOfProfile() ? hazard().severity() : Severity.WARNING)
                .certainty(certainty)
                .placements(placements)
                .saving(context.saving(whatIf -> whatIf.moving(List.of(field))))
                .fields(List.of(field.path()))
                .message(field.path() + " (" + field.type().spelling() + ", bytes " + field.bytes()
                        + ") crosses a cache-line boundary" + placements.phrase()
                        + "; on x86 a locked access to it locks the bus, on other CPUs it fails")
                .advice("align it to " + field.bytes().byteSize() + " bytes")
                .build();
    }
}
