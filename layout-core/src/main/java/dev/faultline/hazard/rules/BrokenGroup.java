package dev.faultline.hazard.rules;

import dev.faultline.access.Certainty;
import dev.faultline.access.FieldActivity;
import dev.faultline.hazard.Finding;
import dev.faultline.hazard.Hazard;
import dev.faultline.hazard.HazardRule;
import dev.faultline.hazard.Rates;
import dev.faultline.hazard.RuleContext;
import dev.faultline.hazard.Severity;
import dev.faultline.layout.CachelineGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds cache-line groups with missing or crossing markers, and written fields in groups declared read-mostly. */
@Hazard(summary = "a cache-line group does not hold what its markers declare", severity = Severity.WARNING)
public final class BrokenGroup implements HazardRule {

    @Override
    public List<Finding> examine(RuleContext context) {
        List<CachelineGroup> groups = CachelineGroup.of(context.layout());
        List<Finding> findings = new ArrayList<>();
        for (int i = 0; i < groups.size(); i++) {
            CachelineGroup group = groups.get(i);
            markers(context, group).ifPresent(findings::add);
            for (CachelineGroup later : groups.subList(i + 1, groups.size())) {
                crossing(context, group, later).ifPresent(findings::add);
            }
            if (group.isReadMostly() && !group.isWritten()) {
                written(context, group).ifPresent(findings::add);
            }
        }
        return findings;
    }

    private Optional<Finding> markers(RuleContext context, CachelineGroup group) {
        if (group.isWhole()) {
            return Optional.empty();
        }
        String fact = group.endOffset().isEmpty()
                ? "begins at byte " + group.beginOffset().orElseThrow() + " and never ends"
                : group.beginOffset().isEmpty()
                        ? "ends at byte " + group.endOffset().orElseThrow() + " and never begins"
                        : "ends at byte " + group.endOffset().orElseThrow() + ", before it begins at byte "
                                + group.beginOffset().orElseThrow();
        return Optional.of(finding(
                context,
                List.of(),
                "group " + group.name() + " " + fact,
                "put 1 marker before the members and 1 after them"));
    }

    private Optional<Finding> crossing(RuleContext context, CachelineGroup one, CachelineGroup other) {
        if (!one.isWhole() || !other.isWhole()) {
            return Optional.empty();
        }
        long begin =
                Math.max(one.beginOffset().orElseThrow(), other.beginOffset().orElseThrow());
        long end = Math.min(one.endOffset().orElseThrow(), other.endOffset().orElseThrow());
        boolean nested = begin == other.beginOffset().orElseThrow()
                        && end == other.endOffset().orElseThrow()
                || begin == one.beginOffset().orElseThrow()
                        && end == one.endOffset().orElseThrow();
        return begin < end && !nested
                ? Optional.of(finding(
                        context,
                        List.of(),
                        "groups " + one.name() + " and " + other.name() + " overlap in bytes " + begin + ".."
                                + (end - 1),
                        "end the first group at byte " + begin + " or begin the second at byte " + end))
                : Optional.empty();
    }

    private Optional<Finding> written(RuleContext context, CachelineGroup group) {
        List<String> fields = new ArrayList<>();
        for (FieldActivity activity : context.access().activities()) {
            boolean hot = activity.writes().stream().anyMatch(write -> !Rates.isCold(write.ratePerSecond()));
            if (hot && group.holds(activity.field().bytes())) {
                fields.add(activity.field().path());
            }
        }
        return fields.isEmpty()
                ? Optional.empty()
                : Optional.of(finding(
                        context,
                        fields,
                        "group " + group.name() + " (bytes "
                                + group.beginOffset().orElseThrow() + ".."
                                + (group.endOffset().orElseThrow() - 1) + ") is declared read-mostly, but "
                                + fields.get(0)
                                + (fields.size() > 1 ? " and " + (fields.size() - 1) + " more are" : " is")
                                + " written",
                        "move what is written to a written group, at byte "
                                + group.endOffset().orElseThrow() + " or later"));
    }

    private Finding finding(RuleContext context, List<String> fields, String message, String advice) {
        return context.finding(this)
                .certainty(Certainty.DECLARED_BY_TYPE)
                .fields(fields)
                .message(message)
                .advice(advice)
                .build();
    }
}
