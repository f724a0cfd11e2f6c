package dev.faultline.hazard.rules;

import dev.faultline.access.Certainty;
import dev.faultline.access.FieldActivity;
import dev.faultline.access.FieldUse;
import dev.faultline.hazard.Finding;
import dev.faultline.hazard.Hazard;
import dev.faultline.hazard.HazardRule;
import dev.faultline.hazard.Rates;
import dev.faultline.hazard.RuleContext;
import dev.faultline.hazard.Severity;
import dev.faultline.layout.FieldRef;
import dev.faultline.layout.FieldType;
import dev.faultline.layout.Slot;
import dev.faultline.machine.PlacementCount;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds used fields that fit on a line and can lie on two. */
@Hazard(summary = "a field that fits one line lies on two", severity = Severity.WARNING)
public final class StraddlingField implements HazardRule {

    private static final int MOST_FIELDS = 8;

    @Override
    public List<Finding> examine(RuleContext context) {
        return context.access().isRated() ? used(context) : misaligned(context);
    }

    private List<Finding> used(RuleContext context) {
        List<Finding> findings = new ArrayList<>();
        for (FieldActivity activity : context.access().activities()) {
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
            if (!isWhole(activity)) {
                continue; // whether an element lies on two lines depends on which one it is
            }
            boolean split = atomic && field.bytes().byteSize() <= SplitAtomic.LARGEST_WORD_BYTES;
            if (!split && !Rates.isCold(rate) && field.bytes().byteSize() <= context.lineBytes()) {
                straddling(context, List.of(field.path()), field)
                        // Where moving the field costs time, it fills the rest of its lines with what is used with it.
                        .filter(finding -> finding.saving().orElseThrow().cpusSaved() >= 0)
                        .ifPresent(findings::add);
            }
        }
        return findings;
    }

    private static boolean isWhole(FieldActivity activity) {
        return Stream.concat(activity.reads().stream(), activity.writes().stream())
                .allMatch(use -> use.elements().isWhole());
    }

    /** Without a profile only scalars off their natural alignment, as a compiler never places them unasked. */
    private List<Finding> misaligned(RuleContext context) {
        List<String> paths = new ArrayList<>();
        Slot.Field first = null;
        PlacementCount worst = null;
        for (Slot slot : context.layout().slots()) {
            if (slot instanceof Slot.Field field
                    && field.type() instanceof FieldType.Scalar scalar
                    && field.bits().isEmpty()
                    && field.byteOffset() % scalar.byteAlignment() != 0) {
                PlacementCount placements = context.placement().straddling(field.bytes(), context.lineBytes());
                if (!placements.never()) {
                    paths.add(field.path());
                    if (worst == null || placements.sharing() > worst.sharing()) {
                        worst = placements;
                        first = field;
                    }
                }
            }
        }
        List<String> named = paths.subList(0, Math.min(MOST_FIELDS, paths.size()));
        return first == null
                ? List.of()
                : straddling(context, named, FieldRef.of(first)).stream().toList();
    }

    private Optional<Finding> straddling(RuleContext context, List<String> paths, FieldRef field) {
        PlacementCount placements = context.placement().straddling(field.bytes(), context.lineBytes());
        if (placements.never()) {
            return Optional.empty();
        }
        // Code tells no rates, and a field lies so only where its struct is packed: for a format, or by an interface.
        boolean isCode = context.access().certainty() == Certainty.FROM_CODE;
        long aligned = Long.highestOneBit(Math.max(1, field.bytes().byteSize() * 2 - 1));
        return context.finding(this)
                .severity(isCode ? Severity.INFO : Severity.WARNING)
                .gradedBy(context.saving(whatIf -> whatIf.moving(List.of(field))))
                .placements(placements)
                .fields(paths)
                .message(field.path() + " (" + field.type().spelling() + ", bytes " + field.bytes()
                        + ") crosses a cache-line boundary" + placements.phrase()
                        + (context.access().isRated() ? "" : "; it is not at a multiple of its natural alignment"))
                .advice("start it at a multiple of " + aligned + " bytes, in objects aligned to at least " + aligned
                        + " bytes")
                .buildIfWorthwhile();
    }
}
