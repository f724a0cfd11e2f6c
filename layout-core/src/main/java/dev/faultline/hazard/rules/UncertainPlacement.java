package dev.faultline.hazard.rules;

import dev.faultline.access.Certainty;
import dev.faultline.hazard.FieldPair;
import dev.faultline.hazard.Finding;
import dev.faultline.hazard.Hazard;
import dev.faultline.hazard.HazardRule;
import dev.faultline.hazard.Rates;
import dev.faultline.hazard.RuleContext;
import dev.faultline.hazard.Severity;
import dev.faultline.layout.AggregateKind;
import java.util.List;
import java.util.stream.Stream;

/** Finds structs whose hazards depend on the address the allocator returns. At most one finding per struct. */
@Hazard(
        summary = "whether fields share a line depends on the address the allocator returns",
        severity = Severity.WARNING)
public final class UncertainPlacement implements HazardRule {

    private static final int MOST_FIELDS = 8;

    @Override
    public List<Finding> examine(RuleContext context) {
        int line = context.lineBytes();
        if (context.isObject() || context.layout().kind() == AggregateKind.SECTION) {
            return List.of(); // a JVM takes no orders about the addresses of objects; a linker fixes those of variables
        }
        if (context.placement().residues(line) == 1 || context.access().certainty() == Certainty.INFERRED) {
            return List.of(); // a guess is uncertain anyway
        }
        List<FieldPair> pairs = context.pairs().stream()
                .filter(pair -> Rates.isHot(pair.writesPerSecond(), pair.victimPerSecond())
                        && !pair.placements().always()
                        && !pair.together())
                .toList();
        if (pairs.isEmpty()) {
            return List.of();
        }
        FieldPair first = pairs.get(0);
        return context
                .finding(this)
                .pair(first)
                .gradedBy(context.whatIf().against(context.whatIf().cheapestPlacement()))
                .fields(pairs.stream()
                        .flatMap(pair -> Stream.of(pair.culprit(), pair.victim()))
                        .map(activity -> activity.field().path())
                        .distinct()
                        .limit(MOST_FIELDS)
                        .toList())
                .message("objects start at any multiple of "
                        + context.placement().baseAlignment() + " bytes ("
                        + context.placement().source() + "), so "
                        + (pairs.size() == 1
                                ? "1 pair of contended fields shares"
                                : pairs.size() + " pairs of contended fields share")
                        + " a cache line only at some addresses; "
                        + first.culprit().field().path() + " and "
                        + first.victim().field().path() + " do"
                        + first.placements().phrase())
                .advice("start objects at a multiple of " + line + " bytes and arrange the fields for that")
                .buildIfWorthwhile()
                .stream()
                .toList();
    }
}
