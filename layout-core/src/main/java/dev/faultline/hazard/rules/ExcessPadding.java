package dev.faultline.hazard.rules;

import dev.faultline.access.FieldActivity;
import dev.faultline.hazard.Finding;
import dev.faultline.hazard.Hazard;
import dev.faultline.hazard.HazardRule;
import dev.faultline.hazard.RuleContext;
import dev.faultline.hazard.Saving;
import dev.faultline.hazard.Severity;
import dev.faultline.layout.Slot;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds padding that could be removed without costing time. Padding is an unused field with a name such as pad,
 * reserved, unused or filler. Needs a profile, because without one it is unknown what the padding keeps apart.
 */
@Hazard(summary = "padding that separates no contended fields", severity = Severity.INFO)
public final class ExcessPadding implements HazardRule {

    private static final int LEAST_BYTES = 16;
    private static final int WORD_BYTES = 8;

    /** Padding fields that follow each other. */
    private record Run(List<String> paths, long start, long end) {}

    @Override
    public List<Finding> examine(RuleContext context) {
        if (!context.access().isRated() || context.access().activities().isEmpty()) {
            return List.of();
        }
        List<Finding> findings = new ArrayList<>();
        for (Run run : runs(context)) {
            long bytes = (run.end() - run.start()) / WORD_BYTES * WORD_BYTES;
            if (bytes >= LEAST_BYTES && isBetweenUsed(context, run)) {
                Saving saving = context.whatIf().arranging(map -> map.shifting(run.end(), -bytes));
                if (saving.shareOfCpus() > -Saving.WARNING_SHARE) {
                    findings.add(finding(context, run, bytes, saving));
                }
            }
        }
        return findings;
    }

    private Finding finding(RuleContext context, Run run, long bytes, Saving saving) {
        return context.finding(this)
                .saving(saving)
                .fields(run.paths())
                .message(String.join(", ", run.paths()) + " (bytes " + run.start() + ".." + (run.end() - 1)
                        + ") separates no contended fields: without " + bytes
                        + " of its bytes the operations cost no more")
                .advice("remove " + bytes + " bytes, or name in the profile the fields that they protect")
                .build();
    }

    private static List<Run> runs(RuleContext context) {
        List<Run> runs = new ArrayList<>();
        List<String> paths = new ArrayList<>();
        long start = -1;
        long end = -1;
        for (Slot slot : context.layout().slots()) {
            if (slot instanceof Slot.Field field && isPadding(context, field)) {
                start = paths.isEmpty() ? field.byteOffset() : start;
                paths.add(field.path());
                end = field.bytes().end();
            } else if (slot instanceof Slot.Field && !paths.isEmpty()) {
                runs.add(new Run(List.copyOf(paths), start, end));
                paths.clear();
            }
        }
        return runs; // padding at the end separates the next object, which the profile of one struct does not cover
    }

    private static boolean isPadding(RuleContext context, Slot.Field field) {
        return field.isPadding()
                && context.access().activities().stream()
                        .noneMatch(activity -> activity.field().bytes().overlaps(field.bytes()));
    }

    private static boolean isBetweenUsed(RuleContext context, Run run) {
        boolean before = false;
        boolean after = false;
        for (FieldActivity activity : context.access().activities()) {
            before |= activity.field().bytes().end() <= run.start();
            after |= activity.field().bytes().start() >= run.end();
        }
        return before && after;
    }
}
