package dev.faultline.hazard.rules;

import dev.faultline.access.AccessKind;
import dev.faultline.access.FieldActivity;
import dev.faultline.cost.OperationCost;
import dev.faultline.hazard.Finding;
import dev.faultline.hazard.Hazard;
import dev.faultline.hazard.HazardRule;
import dev.faultline.hazard.RuleContext;
import dev.faultline.hazard.Saving;
import dev.faultline.hazard.Severity;
import dev.faultline.hazard.WhatIfCost;
import java.util.List;
import java.util.Locale;

/** Finds compare-and-set loops that often fail. At most one finding per struct. */
@Hazard(summary = "compare-and-set loops of many CPUs on one word mostly fail", severity = Severity.WARNING)
public final class CasLoopContention implements HazardRule {

    /** Fewer failures per loop are not reported; a choice. */
    private static final double FEW_RETRIES = 0.1;

    @Override
    public List<Finding> examine(RuleContext context) {
        if (!context.access().isRated()) {
            return List.of();
        }
        List<String> fields = context.access().activities().stream()
                .filter(CasLoopContention::isLooped)
                .map(activity -> activity.field().path())
                .toList();
        if (fields.isEmpty()) {
            return List.of();
        }
        WhatIfCost whatIf = context.whatIf();
        OperationCost worst = null;
        for (OperationCost one : whatIf.cost().operations()) {
            worst = worst == null || one.events().retries() > worst.events().retries() ? one : worst;
        }
        Saving saving = whatIf.withoutLoops();
        if (worst == null || worst.events().retries() < FEW_RETRIES || saving.shareOfCpus() < Saving.WARNING_SHARE) {
            return List.of();
        }
        double attempts = 1 + worst.events().retries();
        return List.of(context.finding(this)
                .gradedBy(saving)
                .fields(fields)
                .message(String.format(
                        Locale.ROOT,
                        "the compare-and-set of `%s` needs %.1f attempts on average on %d CPUs (retention %s)",
                        worst.operation(),
                        attempts,
                        worst.cpus(),
                        context.machine().costs().retention().value()))
                .advice(String.format(
                        Locale.ROOT,
                        "use one unconditional atomic add, as rcuref does, or one counter per CPU: on %d CPUs an add"
                                + " needs the line once, this loop %.1f times",
                        worst.cpus(),
                        attempts))
                .build());
    }

    private static boolean isLooped(FieldActivity activity) {
        return activity.writes().stream().anyMatch(write -> write.kind() == AccessKind.CAS_LOOP);
    }
}
