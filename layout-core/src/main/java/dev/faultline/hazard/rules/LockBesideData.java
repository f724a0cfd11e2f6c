package dev.faultline.hazard.rules;

import dev.faultline.access.FieldActivity;
import dev.faultline.hazard.FieldPair;
import dev.faultline.hazard.Finding;
import dev.faultline.hazard.Hazard;
import dev.faultline.hazard.HazardRule;
import dev.faultline.hazard.RuleContext;
import dev.faultline.hazard.Saving;
import dev.faultline.hazard.Severity;
import dev.faultline.layout.FieldRef;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds a lock on the line of the data it guards, and says whether that saves time (one transfer brings both) or costs
 * time (CPUs that wait for the lock take the data from the CPU that holds it). A profile says who takes the lock, or a
 * type that holds the lock and its data; without rates the finding only names them.
 */
@Hazard(summary = "a lock shares a line with the data it guards: a gain or a loss", severity = Severity.WARNING)
public final class LockBesideData implements HazardRule {

    @Override
    public List<Finding> examine(RuleContext context) {
        Map<FieldRef, Set<FieldRef>> guarded = new LinkedHashMap<>();
        Map<FieldRef, FieldPair> first = new LinkedHashMap<>();
        for (FieldPair pair : context.pairs()) {
            pair.lock().map(FieldActivity::field).ifPresent(lock -> {
                FieldRef culprit = pair.culprit().field();
                FieldRef data = lock.equals(culprit) ? pair.victim().field() : culprit;
                guarded.computeIfAbsent(lock, any -> new LinkedHashSet<>()).add(data);
                first.putIfAbsent(lock, pair);
            });
        }
        List<Finding> findings = new ArrayList<>();
        guarded.forEach((lock, data) -> findings.add(
                context.access().isRated()
                        ? finding(context, lock, data, first.get(lock))
                        : unrated(context, lock, data, first.get(lock))));
        return findings;
    }

    /** Without rates it is not known whether CPUs wait for the lock. */
    private Finding unrated(RuleContext context, FieldRef lock, Set<FieldRef> data, FieldPair pair) {
        return context.finding(this)
                .severity(Severity.INFO)
                .pair(pair)
                .fields(fields(lock, data))
                .message(fact(lock, data, pair)
                        + ": one transfer brings both; CPUs that wait for the lock take the data away"
                        + pair.certainty().note())
                .advice("leave it, unless many CPUs wait for the lock: then move the data at least "
                        + context.lineBytes() + " bytes away")
                .build();
    }

    private static List<String> fields(FieldRef lock, Set<FieldRef> data) {
        List<String> fields = new ArrayList<>(List.of(lock.path()));
        data.stream().limit(PairRule.MOST_VICTIMS).map(FieldRef::path).forEach(fields::add);
        return fields;
    }

    private static String fact(FieldRef lock, Set<FieldRef> data, FieldPair pair) {
        List<String> fields = fields(lock, data);
        return lock.path() + " shares a cache line with " + String.join(", ", fields.subList(1, fields.size()))
                + ", which it guards" + pair.placements().phrase();
    }

    private Finding finding(RuleContext context, FieldRef lock, Set<FieldRef> data, FieldPair pair) {
        Saving saving = context.whatIf().moving(data);
        boolean gain = saving.cpusSaved() <= 0;
        String time = Saving.nanos(Math.abs(saving.nanosPerOp()));
        return context.finding(this)
                .pair(pair)
                .gradedBy(saving)
                .fields(fields(lock, data))
                .message(fact(lock, data, pair)
                        + (gain ? ": this saves " + time + ", one transfer brings both" : ": this costs " + time))
                .advice(
                        gain
                                ? "leave it: apart, `" + saving.operation() + "` would need 1 more line"
                                : "move the data at least " + context.lineBytes() + " bytes away, or let waiting CPUs"
                                        + " wait on lines of their own (a queued lock)")
                .build();
    }
}
