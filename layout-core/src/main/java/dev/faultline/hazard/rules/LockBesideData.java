package dev.faultline.hazard.rules;

import dev.faultline.access.Certainty;
import dev.faultline.hazard.FieldPair;
import dev.faultline.hazard.Finding;
import dev.faultline.hazard.Hazard;
import dev.faultline.hazard.HazardRule;
import dev.faultline.hazard.RuleContext;
import dev.faultline.hazard.Saving;
import dev.faultline.hazard.Severity;
import dev.faultline.layout.FieldRef;
import dev.faultline.layout.SyncType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds a lock on the line of the data it guards, and says whether that is a gain (one transfer brings both) or a loss (who
 * waits for the lock takes the data from who holds it). Only where a profile says who takes the lock.
 */
@Hazard(summary = "a lock shares a line with the data it guards: a gain or a loss", severity = Severity.WARNING)
public final class LockBesideData implements HazardRule {

    private static final int MOST_FIELDS = 8;

    /** The rule; it has no state. */
    public LockBesideData() {}

    @Override
    public List<Finding> examine(RuleContext examination) {
        if (examination.access().certainty() != Certainty.DECLARED) {
            return List.of();
        }
        Map<FieldRef, Set<FieldRef>> guarded = new LinkedHashMap<>();
        Map<FieldRef, FieldPair> first = new LinkedHashMap<>();
        for (FieldPair meeting : examination.meetings()) {
            if (meeting.isLockWithItsData()) {
                boolean culpritIsLock = isLock(meeting.culprit().field());
                FieldRef lock = culpritIsLock
                        ? meeting.culprit().field()
                        : meeting.victim().field();
                FieldRef data = culpritIsLock
                        ? meeting.victim().field()
                        : meeting.culprit().field();
                guarded.computeIfAbsent(lock, any -> new LinkedHashSet<>()).add(data);
                first.putIfAbsent(lock, meeting);
            }
        }
        List<Finding> findings = new ArrayList<>();
        guarded.forEach((lock, data) -> findings.add(finding(examination, lock, data, first.get(lock))));
        return findings;
    }

    private static boolean isLock(FieldRef field) {
        return SyncType.of(field.type()).filter(sync -> sync == SyncType.LOCK).isPresent();
    }

    private Finding finding(RuleContext examination, FieldRef lock, Set<FieldRef> data, FieldPair meeting) {
        Saving saving = examination.costing().moving(data);
        List<String> fields = new ArrayList<>();
        fields.add(lock.path());
        data.stream().limit(MOST_FIELDS).forEach(field -> fields.add(field.path()));
        boolean gain = saving.cpusSaved() <= 0;
        String size = Saving.nanos(Math.abs(saving.nanosPerOp()));
        return new Finding(
                id(),
                saving.severity(hazard().severity(), Certainty.DECLARED),
                fields,
                lock.path() + " shares a " + examination.lineBytes() + "-byte line with "
                        + String.join(", ", fields.subList(1, fields.size())) + ", which it guards, in "
                        + meeting.placements().words()
                        + (gain ? ": a gain of " + size + ", one transfer brings both" : ": a loss of " + size),
                gain
                        ? "leave it: apart, `" + saving.operation() + "` would need 1 line more"
                        : "move the data at least " + examination.lineBytes() + " bytes away, or make waiters wait on a"
                                + " line of their own (a queued lock)",
                Certainty.DECLARED,
                Optional.of(meeting.placements()),
                Optional.of(saving));
    }
}
