package dev.faultline.hazard.rules;

import dev.faultline.access.AccessKind;
import dev.faultline.access.Certainty;
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
import java.util.Optional;

/** Finds compare-and-set loops whose failures cost more than the layout does. At most one finding a struct. */
@Hazard(summary = "compare-and-set loops of many CPUs on one word mostly fail", severity = Severity.WARNING)
public final class CasLoopContention implements HazardRule {

    /** Fewer failures than this a loop are not worth another algorithm: our choice. */
    private static final double FEW_RETRIES = 0.1;

    /** The rule; it has no state. */
    public CasLoopContention() {}

    @Override
    public List<Finding> examine(RuleContext examination) {
        if (examination.access().certainty() != Certainty.DECLARED) {
            return List.of();
        }
        List<String> fields = examination.access().activities().stream()
                .filter(CasLoopContention::isLooped)
                .map(activity -> activity.field().path())
                .toList();
        if (fields.isEmpty()) {
            return List.of();
        }
        WhatIfCost costing = examination.costing();
        OperationCost worst = null;
        for (OperationCost one : costing.cost().operations()) {
            worst = worst == null || one.retries() > worst.retries() ? one : worst;
        }
        Saving saving = costing.withoutLoops();
        if (worst == null || worst.retries() < FEW_RETRIES || saving.shareOfCpus() < Saving.WARNING_SHARE) {
            return List.of();
        }
        return List.of(new Finding(
                id(),
                saving.severity(hazard().severity(), Certainty.DECLARED),
                fields,
                String.format(
                        Locale.ROOT,
                        "`%s` tries its compare-and-set %.1f times more than once on %d CPUs (retention %s)",
                        worst.operation(),
                        worst.retries(),
                        worst.cpus(),
                        examination.machine().costs().retention().value()),
                String.format(
                        Locale.ROOT,
                        "use one unconditional atomic add, as rcuref does, or a count for each CPU: at %d CPUs an add"
                                + " needs the line once, this loop %.1f times",
                        worst.cpus(),
                        1 + worst.retries()),
                Certainty.DECLARED,
                Optional.empty(),
                Optional.of(saving)));
    }

    private static boolean isLooped(FieldActivity activity) {
        return activity.writes().stream().anyMatch(write -> write.kind() == AccessKind.CAS_LOOP);
    }
}
