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

/** Finds cache-line groups that their markers no longer hold, and written fields in groups declared to be read. */
@Hazard(summary = "a cache-line group does not hold what its markers declare", severity = Severity.WARNING)
public final class BrokenGroup implements HazardRule {

    /** The rule; it has no state. */
    public BrokenGroup() {}

    @Override
    public List<Finding> examine(RuleContext examination) {
        List<CachelineGroup> groups = CachelineGroup.of(examination.layout());
        List<Finding> findings = new ArrayList<>();
        for (int i = 0; i < groups.size(); i++) {
            CachelineGroup group = groups.get(i);
            markers(group).ifPresent(findings::add);
            for (CachelineGroup later : groups.subList(i + 1, groups.size())) {
                crossing(group, later).ifPresent(findings::add);
            }
            if (group.isReadMostly() && !group.isWritten()) {
                written(examination, group).ifPresent(findings::add);
            }
        }
        return findings;
    }

    private Optional<Finding> markers(CachelineGroup group) {
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
                List.of(),
                "group " + group.name() + " " + fact,
                "put both markers, 1 in front of the members, 1 behind"));
    }

    private Optional<Finding> crossing(CachelineGroup one, CachelineGroup other) {
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
                        List.of(),
                        "groups " + one.name() + " and " + other.name() + " have bytes " + begin + ".." + (end - 1)
                                + " in common",
                        "end the first group at byte " + begin + " or begin the second at byte " + end))
                : Optional.empty();
    }

    private Optional<Finding> written(RuleContext examination, CachelineGroup group) {
        List<String> fields = new ArrayList<>();
        for (FieldActivity activity : examination.access().activities()) {
            boolean hot = activity.writes().stream().anyMatch(write -> !Rates.isCold(write.ratePerSecond()));
            if (hot && group.holds(activity.field().bytes())) {
                fields.add(activity.field().path());
            }
        }
        return fields.isEmpty()
                ? Optional.empty()
                : Optional.of(finding(
                        fields,
                        "group " + group.name() + " is declared to be read, yet " + fields.get(0)
                                + (fields.size() > 1 ? " and " + (fields.size() - 1) + " more" : "")
                                + " in its bytes " + group.beginOffset().orElseThrow() + ".."
                                + (group.endOffset().orElseThrow() - 1) + " is written",
                        "move it to a written group, behind byte "
                                + group.endOffset().orElseThrow()));
    }

    private Finding finding(List<String> fields, String message, String advice) {
        return new Finding(
                id(),
                hazard().severity(),
                fields,
                message,
                advice,
                Certainty.DECLARED_BY_TYPE,
                Optional.empty(),
                Optional.empty());
    }
}
