package dev.faultline.hazard.rules;

import dev.faultline.access.AccessMap;
import dev.faultline.access.Certainty;
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
 * Finds structs whose cost is that several CPUs use the same fields. At most one finding a struct, and never more than
 * info: there is nothing wrong with the layout.
 */
@Hazard(summary = "no layout can help: CPUs contend for the same fields", severity = Severity.INFO)
public final class TrueSharing implements HazardRule {

    /** From this part of the cost on, the floor is the cost: our choice. */
    private static final double DOMINATES = 0.8;

    private static final int MOST_FIELDS = 4;

    /** The rule; it has no state. */
    public TrueSharing() {}

    /** A field and how often CPUs disturb each other's use of it. */
    private record Contended(FieldActivity activity, double perSecond) {}

    @Override
    public List<Finding> examine(RuleContext examination) {
        if (examination.access().certainty() != Certainty.DECLARED) {
            return List.of();
        }
        List<Contended> contended = contended(examination);
        if (contended.isEmpty()) {
            return List.of();
        }
        WhatIfCost costing = examination.costing();
        Workload workload = costing.workload();
        Cost cost = costing.cost();
        double now = cost.coherenceNanosPerSecond(workload);
        double floor = costing.floor().coherenceNanosPerSecond(workload);
        if (floor < DOMINATES * now || costing.saving(nothing(cost), 1).shareOfCpus() < Saving.WARNING_SHARE) {
            return List.of();
        }
        Saving saving = costing.untilFloor();
        return List.of(new Finding(
                id(),
                hazard().severity(),
                contended.stream()
                        .limit(MOST_FIELDS)
                        .map(one -> one.activity().field().path())
                        .toList(),
                String.format(
                        Locale.ROOT,
                        "%s%.0f %% of what other CPUs cost is true sharing of %s, which moving fields cannot change",
                        cost.isSaturated() ? "a line is saturated; " : "",
                        100 * Math.min(1, floor / now),
                        contended.get(0).activity().field().path()),
                "change who writes it, not where it is: one copy for each of the "
                        + examination.machine().cpus().value()
                        + " CPUs summed when read, fewer writes, or batches; "
                        + (saving.isNothing() || saving.nanosPerOp() < 0
                                ? "no layout saves anything"
                                : "a layout saves at most " + Saving.nanos(saving.nanosPerOp()) + " an operation"),
                Certainty.DECLARED,
                Optional.empty(),
                Optional.of(saving)));
    }

    /** The same operations with no other CPU about: all of the coherence is a saving. */
    private static Cost nothing(Cost cost) {
        return new Cost(cost.operations().stream().map(one -> one.undisturbed()).toList(), 0);
    }

    private static List<Contended> contended(RuleContext examination) {
        AccessMap access = examination.access();
        int cpus = examination.machine().cpus().value();
        List<Contended> contended = new ArrayList<>();
        for (FieldActivity activity : access.activities()) {
            double perSecond = 0;
            List<FieldUse> uses = new ArrayList<>(activity.reads());
            uses.addAll(activity.writes());
            for (FieldUse use : uses) {
                if (!use.ownElement()) {
                    perSecond += Math.min(use.ratePerSecond(), Rates.disturbing(access, activity.writes(), use, cpus));
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
