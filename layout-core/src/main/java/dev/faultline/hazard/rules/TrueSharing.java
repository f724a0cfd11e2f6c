package dev.faultline.hazard.rules;

import dev.faultline.access.AccessMap;
import dev.faultline.access.FieldActivity;
import dev.faultline.access.FieldUse;
import dev.faultline.cost.Cost;
import dev.faultline.cost.Workload;
import dev.faultline.hazard.Finding;
import dev.faultline.hazard.Hazard;
import dev.faultline.hazard.HazardRule;
import dev.faultline.hazard.Rates;
import dev.faultline.hazard.RuleContext;
import dev.faultline.hazard.Saving;
import dev.faultline.hazard.Severity;
import dev.faultline.hazard.WhatIfCost;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Finds structs whose cost is mostly that several CPUs use the same fields. At most one finding per struct, and at
 * most an info, since nothing is wrong with the layout.
 */
@Hazard(summary = "no layout can help: CPUs contend for the same fields", severity = Severity.INFO)
public final class TrueSharing implements HazardRule {

    /** From this share of true sharing in the cost on, it is reported; a choice. */
    private static final double DOMINATES = 0.8;

    private static final int MOST_FIELDS = 4;

    /** A field, and how often per second CPUs disturb each other's use of it. */
    private record Contended(FieldActivity activity, double perSecond) {}

    @Override
    public List<Finding> examine(RuleContext context) {
        if (!context.access().isRated()) {
            return List.of();
        }
        List<Contended> contended = contended(context);
        if (contended.isEmpty()) {
            return List.of();
        }
        WhatIfCost whatIf = context.whatIf();
        Workload workload = whatIf.workload();
        Cost cost = whatIf.cost();
        double now = cost.coherenceNanosPerSecond(workload);
        double floor = whatIf.floor().coherenceNanosPerSecond(workload);
        if (floor < DOMINATES * now || whatIf.saving(undisturbed(cost), 1).shareOfCpus() < Saving.WARNING_SHARE) {
            return List.of();
        }
        Saving saving = whatIf.untilFloor();
        return List.of(context.finding(this)
                .saving(Optional.of(saving).filter(one -> one.isNothing() || one.cpusSaved() > 0))
                .fields(contended.stream()
                        .limit(MOST_FIELDS)
                        .map(one -> one.activity().field().path())
                        .toList())
                .message(String.format(
                        Locale.ROOT,
                        "%s%.0f %% of the time lost to other CPUs is true sharing of %s, which no layout can change",
                        cost.isSaturated() ? "a line is saturated; " : "",
                        100 * Math.min(1, floor / now),
                        contended.get(0).activity().field().path()))
                .advice("write the field less instead of moving it: one copy for each of the " + context.cpus()
                        + " CPUs summed when read, fewer writes, or batches; "
                        + (saving.isNothing() || saving.nanosPerOp() < 0
                                ? "no layout saves time"
                                : "a layout saves at most " + Saving.nanos(saving.nanosPerOp()) + " per operation"))
                .build());
    }

    /** The same operations without other CPUs. */
    private static Cost undisturbed(Cost cost) {
        return new Cost(cost.operations().stream().map(one -> one.undisturbed()).toList(), 0);
    }

    private static List<Contended> contended(RuleContext context) {
        AccessMap access = context.access();
        List<Contended> contended = new ArrayList<>();
        for (FieldActivity activity : access.activities()) {
            double perSecond = 0;
            List<FieldUse> uses = new ArrayList<>(activity.reads());
            uses.addAll(activity.writes());
            for (FieldUse use : uses) {
                if (!use.elements().isOwn()) {
                    perSecond += Math.min(
                            use.ratePerSecond(), Rates.disturbing(access, activity.writes(), use, context.cpus()));
                }
            }
            if (perSecond > 0) {
                contended.add(new Contended(activity, perSecond));
            }
        }
        contended.sort(Comparator.comparingDouble(Contended::perSecond)
                .reversed()
                .thenComparing(one -> one.activity().field().path()));
        return contended;
    }
}
