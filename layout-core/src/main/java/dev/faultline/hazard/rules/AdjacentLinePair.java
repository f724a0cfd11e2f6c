package dev.faultline.hazard.rules;

import dev.faultline.access.FieldActivity;
import dev.faultline.hazard.Finding;
import dev.faultline.hazard.Hazard;
import dev.faultline.hazard.HazardRule;
import dev.faultline.hazard.Rates;
import dev.faultline.hazard.RuleContext;
import dev.faultline.hazard.Severity;
import dev.faultline.hazard.WhatIfCost;
import dev.faultline.layout.ByteRange;
import dev.faultline.layout.FieldRef;
import dev.faultline.machine.Placement;
import dev.faultline.machine.PlacementCount;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds a hot writer and hot readers on the two lines that the prefetcher loads together. The effect is uncertain, so
 * that the costs leave it out, and the finding tells no saving.
 */
@Hazard(
        summary = "a written field and fields that other CPUs read lie in one prefetched pair",
        severity = Severity.INFO)
public final class AdjacentLinePair implements HazardRule {

    private static final int MOST_VICTIMS = 4;

    @Override
    public List<Finding> examine(RuleContext context) {
        List<Finding> findings = new ArrayList<>();
        int pairBytes = context.machine().pairBytes().value();
        boolean isMoved = context.machine().costs().pairFactor().value() > 0;
        if (pairBytes <= context.lineBytes() || !isMoved || !context.access().isRated()) {
            return findings;
        }
        for (FieldActivity culprit : context.access().activities()) {
            if (culprit.isWritten()) {
                finding(context, culprit, pairBytes).ifPresent(findings::add);
            }
        }
        return findings;
    }

    private Optional<Finding> finding(RuleContext context, FieldActivity culprit, int pairBytes) {
        FieldRef written = culprit.field();
        List<FieldRef> victims = new ArrayList<>();
        PlacementCount worst = null;
        for (FieldActivity victim : context.access().activities()) {
            ByteRange bytes = victim.field().bytes();
            if (written.bytes().bytesTo(bytes) < pairBytes) {
                PlacementCount placements = inOtherHalf(context, written.bytes(), bytes, pairBytes);
                if (!placements.never() && disturbs(context, culprit, victim)) {
                    worst = worst == null || placements.sharing() > worst.sharing() ? placements : worst;
                    victims.add(victim.field());
                }
            }
        }
        if (worst == null) {
            return Optional.empty();
        }
        if (areCheaperTogether(context, written, victims)) {
            return Optional.empty(); // so on one pair they do no harm
        }
        List<String> read =
                victims.stream().limit(MOST_VICTIMS).map(FieldRef::path).toList();
        List<String> fields = new ArrayList<>(List.of(written.path()));
        fields.addAll(read);
        return Optional.of(context.finding(this)
                .placements(worst)
                .fields(fields)
                .message(written.path() + " (written) and " + String.join(", ", read)
                        + " (read by other CPUs) lie in the two " + context.lineBytes() + "-byte halves of a "
                        + pairBytes + "-byte pair of lines" + worst.phrase()
                        + "; the prefetcher may load both halves together, which no cost told here contains")
                .advice("measure first; only if it costs time, keep " + written.path() + " in a " + pairBytes
                        + "-byte block of its own")
                .build());
    }

    /** {@return whether the fields cost less on one line} */
    private static boolean areCheaperTogether(RuleContext context, FieldRef written, List<FieldRef> victims) {
        List<FieldRef> all = new ArrayList<>(victims);
        all.add(written);
        WhatIfCost whatIf = context.whatIf().around(all);
        int host = whatIf.workload().indexOf(written);
        return whatIf.arranging(map -> map.joining(host, whatIf.indices(victims)))
                        .cpusSaved()
                > 0;
    }

    private static boolean disturbs(RuleContext context, FieldActivity culprit, FieldActivity victim) {
        return victim.reads().stream()
                .anyMatch(read -> read.ratePerSecond() >= Rates.HOT
                        && Rates.disturbing(context.access(), culprit.writes(), read, context.cpus()) >= Rates.HOT);
    }

    private static PlacementCount inOtherHalf(RuleContext context, ByteRange a, ByteRange b, int pairBytes) {
        return context.placement()
                .count(
                        pairBytes,
                        residue -> Placement.meet(a, b, residue, pairBytes)
                                && !Placement.meet(a, b, residue, context.lineBytes()));
    }
}
