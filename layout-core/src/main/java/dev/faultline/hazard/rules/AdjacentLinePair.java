package dev.faultline.hazard.rules;

import dev.faultline.access.Certainty;
import dev.faultline.access.FieldActivity;
import dev.faultline.access.FieldUse;
import dev.faultline.cost.Cost;
import dev.faultline.hazard.Finding;
import dev.faultline.hazard.Hazard;
import dev.faultline.hazard.HazardRule;
import dev.faultline.hazard.Rates;
import dev.faultline.hazard.RuleContext;
import dev.faultline.hazard.Saving;
import dev.faultline.hazard.Severity;
import dev.faultline.hazard.WhatIfCost;
import dev.faultline.layout.ByteRange;
import dev.faultline.layout.FieldRef;
import dev.faultline.machine.PlacementCount;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds a hot writer and hot readers in the two lines that the prefetcher takes together. Always low confidence. */
@Hazard(summary = "a writer and a foreign reader sit in the two halves of a prefetched pair", severity = Severity.INFO)
public final class AdjacentLinePair implements HazardRule {

    private static final int MOST_VICTIMS = 4;

    /** The rule; it has no state. */
    public AdjacentLinePair() {}

    @Override
    public List<Finding> examine(RuleContext examination) {
        List<Finding> findings = new ArrayList<>();
        int pair = examination.machine().pairBytes().value();
        if (pair <= examination.lineBytes() || examination.access().certainty() != Certainty.DECLARED) {
            return findings;
        }
        for (FieldActivity culprit : examination.access().activities()) {
            if (culprit.isWritten()) {
                victims(examination, culprit, pair).ifPresent(findings::add);
            }
        }
        return findings;
    }

    private Optional<Finding> victims(RuleContext examination, FieldActivity culprit, int pair) {
        List<String> fields = new ArrayList<>();
        fields.add(culprit.field().path());
        List<FieldRef> victims = new ArrayList<>();
        PlacementCount worst = null;
        for (FieldActivity victim : examination.access().activities()) {
            if (culprit.field().bytes().bytesTo(victim.field().bytes()) >= pair) {
                continue;
            }
            PlacementCount placements = inOtherHalf(
                    examination, culprit.field().bytes(), victim.field().bytes(), pair);
            if (!placements.never() && disturbs(examination, culprit, victim)) {
                worst = worst == null || placements.sharing() > worst.sharing() ? placements : worst;
                victims.add(victim.field());
                if (fields.size() <= MOST_VICTIMS) {
                    fields.add(victim.field().path());
                }
            }
        }
        if (worst == null) {
            return Optional.empty();
        }
        Saving saving = saving(examination, culprit, victims);
        if (saving.cpusSaved() < 0) {
            return Optional.empty(); // they would be better off on one line, so on one pair they do no harm
        }
        return Optional.of(new Finding(
                id(),
                hazard().severity(),
                fields,
                culprit.field().path() + " (written) and " + String.join(", ", fields.subList(1, fields.size()))
                        + " (read elsewhere) lie in the two " + examination.lineBytes() + "-byte halves of a " + pair
                        + "-byte pair in " + worst.words() + "; the prefetcher may move both",
                "measure before acting: only if it shows, keep "
                        + culprit.field().path() + " in a " + pair + "-byte block of its own",
                Certainty.DECLARED,
                Optional.of(worst),
                Optional.of(saving)));
    }

    /** The part of what the fields would cost each other on one line that the machine's pairs are said to cost. */
    private static Saving saving(RuleContext examination, FieldActivity culprit, List<FieldRef> victims) {
        List<FieldRef> all = new ArrayList<>(victims);
        all.add(culprit.field());
        WhatIfCost costing = examination.costing().around(all);
        int host = costing.workload().indexOf(culprit.field());
        Cost together = costing.arranged(map -> map.joining(host, costing.indices(victims)));
        return costing.saving(
                together, -examination.machine().costs().pairFactor().value());
    }

    private static boolean disturbs(RuleContext examination, FieldActivity culprit, FieldActivity victim) {
        int cpus = examination.machine().cpus().value();
        for (FieldUse read : victim.reads()) {
            if (read.ratePerSecond() >= Rates.HOT
                    && Rates.disturbing(examination.access(), culprit.writes(), read, cpus) >= Rates.HOT) {
                return true;
            }
        }
        return false;
    }

    private static PlacementCount inOtherHalf(RuleContext examination, ByteRange a, ByteRange b, int pair) {
        int line = examination.lineBytes();
        return examination.placement().count(pair, residue -> {
            boolean samePair = (a.start() + residue) / pair <= (b.end() - 1 + residue) / pair
                    && (b.start() + residue) / pair <= (a.end() - 1 + residue) / pair;
            boolean sameLine = (a.start() + residue) / line <= (b.end() - 1 + residue) / line
                    && (b.start() + residue) / line <= (a.end() - 1 + residue) / line;
            return samePair && !sameLine;
        });
    }
}
