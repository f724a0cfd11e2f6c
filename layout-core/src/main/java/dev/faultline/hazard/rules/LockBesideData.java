package dev.faultline.hazard.rules;

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
import java.util.Set;

/**
 * Finds a lock on the line of the data it guards, and says whether that saves time (one transfer brings both) or costs
 * time (CPUs that wait for the lock take the data from the CPU that holds it). Needs a profile that says who takes the
 * lock.
 */
@Hazard(summary = "a lock shares a line with the data it guards: a gain or a loss", severity = Severity.WARNING)
public final class LockBesideData implements HazardRule {

    @Override
    public List<Finding> examine(RuleContext context) {
        if (!context.access().isRated()) {
            return List.of();
        }
        Map<FieldRef, Set<FieldRef>> guarded = new LinkedHashMap<>();
        Map<FieldRef, FieldPair> first = new LinkedHashMap<>();
        for (FieldPair pair : context.pairs()) {
            if (pair.isLockWithItsData()) {
                FieldRef culprit = pair.culprit().field();
                FieldRef victim = pair.victim().field();
                FieldRef lock = isLock(culprit) ? culprit : victim;
                guarded.computeIfAbsent(lock, any -> new LinkedHashSet<>()).add(lock == culprit ? victim : culprit);
                first.putIfAbsent(lock, pair);
            }
        }
        List<Finding> findings = new ArrayList<>();
        guarded.forEach((lock, data) -> findings.add(finding(context, lock, data, first.get(lock))));
        return findings;
    }

    private static boolean isLock(FieldRef field) {
        return SyncType.of(field.type()).filter(sync -> sync == SyncType.LOCK).isPresent();
    }

    private Finding finding(RuleContext context, FieldRef lock, Set<FieldRef> data, FieldPair pair) {
        Saving saving = context.whatIf().moving(data);
        List<String> guarded =
                data.stream().limit(PairRule.MOST_VICTIMS).map(FieldRef::path).toList();
        List<String> fields = new ArrayList<>(List.of(lock.path()));
        fields.addAll(guarded);
        boolean gain = saving.cpusSaved() <= 0;
        String time = Saving.nanos(Math.abs(saving.nanosPerOp()));
        return context.finding(this)
                .pair(pair)
                .gradedBy(saving)
                .fields(fields)
                .message(lock.path() + " shares a cache line with " + String.join(", ", guarded) + ", which it guards"
                        + pair.placements().phrase()
                        + (gain ? ": this saves " + time + ", one transfer brings both" : ": this costs " + time))
                .advice(
                        gain
                                ? "leave it: apart, `" + saving.operation() + "` would need 1 more line"
                                : "move the data at least " + context.lineBytes() + " bytes away, or let waiting CPUs"
                                        + " wait on lines of their own (a queued lock)")
                .build();
    }
}
