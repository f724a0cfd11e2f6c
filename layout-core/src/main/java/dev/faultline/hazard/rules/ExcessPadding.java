package dev.faultline.hazard.rules;

import dev.faultline.access.Certainty;
import dev.faultline.access.FieldActivity;
import dev.faultline.hazard.Finding;
import dev.faultline.hazard.Hazard;
import dev.faultline.hazard.HazardRule;
import dev.faultline.hazard.RuleContext;
import dev.faultline.hazard.Saving;
import dev.faultline.hazard.Severity;
import dev.faultline.hazard.WhatIfCost;
import dev.faultline.layout.Slot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds padding that could go without anything getting slower. Padding is what is named so (pad, reserved, unused, filler)
 * and not used; only where a profile says who uses the rest, because only then is it known what the padding keeps apart.
 */
@Hazard(summary = "padding that keeps nothing apart", severity = Severity.INFO)
public final class ExcessPadding implements HazardRule {

    private static final int LEAST_BYTES = 16;
    private static final int WORD_BYTES = 8;

    /** The rule; it has no state. */
    public ExcessPadding() {}

    /** Padding fields that follow each other. */
    private record Run(List<String> paths, long start, long end) {}

    @Override
    public List<Finding> examine(RuleContext examination) {
        if (examination.access().certainty() != Certainty.DECLARED
                || examination.access().activities().isEmpty()) {
            return List.of();
        }
        List<Finding> findings = new ArrayList<>();
        for (Run run : runs(examination)) {
            long bytes = (run.end() - run.start()) / WORD_BYTES * WORD_BYTES;
            if (bytes >= LEAST_BYTES && isBetweenUsed(examination, run)) {
                Saving saving = removing(examination.costing(), run.end(), bytes);
                if (saving.shareOfCpus() > -Saving.WARNING_SHARE) {
                    findings.add(finding(run, bytes, saving));
                }
            }
        }
        return findings;
    }

    private static Saving removing(WhatIfCost costing, long end, long bytes) {
        return costing.arranging(map -> map.shifting(end, -bytes));
    }

    private Finding finding(Run run, long bytes, Saving saving) {
        return new Finding(
                id(),
                hazard().severity(),
                run.paths(),
                String.join(", ", run.paths()) + " (bytes " + run.start() + ".." + (run.end() - 1)
                        + ") keeps nothing apart that fights: without " + bytes
                        + " of its bytes the same operations cost no more",
                "remove " + bytes + " bytes, or say in the profile what they protect",
                Certainty.DECLARED,
                Optional.empty(),
                Optional.of(saving));
    }

    private static List<Run> runs(RuleContext examination) {
        List<Run> runs = new ArrayList<>();
        List<String> paths = new ArrayList<>();
        long start = -1;
        long end = -1;
        for (Slot slot : examination.layout().slots()) {
            if (slot instanceof Slot.Field field && isPadding(examination, field)) {
                start = paths.isEmpty() ? field.byteOffset() : start;
                paths.add(field.path());
                end = field.bytes().end();
            } else if (slot instanceof Slot.Field && !paths.isEmpty()) {
                runs.add(new Run(List.copyOf(paths), start, end));
                paths.clear();
            }
        }
        return runs; // padding at the end keeps the next object away, which no profile of one struct speaks of
    }

    private static boolean isPadding(RuleContext examination, Slot.Field field) {
        return field.isPadding()
                && examination.access().activities().stream()
                        .noneMatch(activity -> activity.field().bytes().overlaps(field.bytes()));
    }

    private static boolean isBetweenUsed(RuleContext examination, Run run) {
        boolean before = false;
        boolean after = false;
        for (FieldActivity activity : examination.access().activities()) {
            before |= activity.field().bytes().end() <= run.start();
            after |= activity.field().bytes().start() >= run.end();
        }
        return before && after;
    }
}
