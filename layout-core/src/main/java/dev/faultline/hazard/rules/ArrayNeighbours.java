package dev.faultline.hazard.rules;

import dev.faultline.access.Certainty;
import dev.faultline.access.FieldActivity;
import dev.faultline.access.FieldUse;
import dev.faultline.hazard.FieldPair;
import dev.faultline.hazard.Finding;
import dev.faultline.hazard.Hazard;
import dev.faultline.hazard.HazardRule;
import dev.faultline.hazard.Rates;
import dev.faultline.hazard.RuleContext;
import dev.faultline.hazard.Severity;
import dev.faultline.layout.FieldRef;
import dev.faultline.layout.FieldType;
import dev.faultline.machine.PlacementCount;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds arrays whose elements different CPUs use and whose stride lets neighbours share a line. */
@Hazard(summary = "array elements used by different CPUs share a line", severity = Severity.ERROR)
public final class ArrayNeighbours implements HazardRule {

    @Override
    public List<Finding> examine(RuleContext context) {
        List<Finding> findings = new ArrayList<>();
        for (FieldActivity activity : context.access().activities()) {
            if (activity.field().type() instanceof FieldType.Array array) {
                activity.writes().stream()
                        .filter(FieldUse::ownElement)
                        .findFirst()
                        .flatMap(write -> ownElements(context, activity.field(), write, array))
                        .ifPresent(findings::add);
            }
        }
        Set<String> reported = new HashSet<>();
        for (FieldPair pair : context.pairs()) {
            String path = pair.culprit().field().path();
            if (pair.inOneArray() && reported.add(path.substring(0, path.indexOf('[')))) {
                findings.add(named(context, pair));
            }
        }
        return findings;
    }

    private Optional<Finding> ownElements(RuleContext context, FieldRef field, FieldUse write, FieldType.Array array) {
        long stride = array.element().byteSize();
        int line = context.lineBytes();
        if (array.count() < 2
                || stride == 0
                || Rates.isCold(write.ratePerSecond())
                || !context.access().meet(write, write, context.cpus())) {
            return Optional.empty();
        }
        PlacementCount placements = neighbours(context, field.bytes().start(), stride, array.count());
        if (placements.never()) {
            return Optional.empty();
        }
        return Optional.of(context.finding(this)
                .certainty(write.certainty())
                .placements(placements)
                .gradedBy(context.saving(whatIf -> whatIf.spreading(field)))
                .fields(List.of(field.path()))
                .message("elements of " + field.path() + " (" + array.spelling() + ") are " + stride
                        + " bytes apart, so neighbours share a cache line" + placements.phrase()
                        + (write.certainty() == Certainty.INFERRED
                                ? "; different CPUs use them"
                                        + write.certainty().note()
                                : "; each CPU of " + write.role().name() + " writes its own"))
                .advice(multiple(line) + " (" + (stride + line - 1) / line * line + " bytes) and start the array on a"
                        + " line, or give each CPU a block of its own")
                .build());
    }

    private static String multiple(int line) {
        return "make the stride a multiple of " + line;
    }

    /**
     * The placements in which some element shares a line with the next; the pattern repeats within a line's elements.
     */
    private static PlacementCount neighbours(RuleContext context, long start, long stride, long count) {
        int line = context.lineBytes();
        long elements = Math.min(count - 1, line);
        return context.placement().count(line, residue -> {
            for (long i = 0; i < elements; i++) {
                long next = start + residue + (i + 1) * stride;
                if ((next - 1) / line == next / line) {
                    return true;
                }
            }
            return false;
        });
    }

    private Finding named(RuleContext context, FieldPair pair) {
        FieldRef culprit = pair.culprit().field();
        FieldRef victim = pair.victim().field();
        return context.finding(this)
                .pair(pair)
                .gradedBy(context.saving(whatIf ->
                        whatIf.parting(List.of(culprit), List.of(victim)).smaller()))
                .fields(List.of(culprit.path(), victim.path()))
                .message(pair.describeCulprit() + " and " + pair.describeVictim() + " are "
                        + Math.abs(victim.bytes().start() - culprit.bytes().start())
                        + " bytes apart and share a cache line"
                        + pair.placements().phrase())
                .advice(multiple(context.lineBytes()) + " bytes and start the array on a line")
                .build();
    }
}
