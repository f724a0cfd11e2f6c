package dev.faultline.hazard.rules;

import dev.faultline.access.AccessMap;
import dev.faultline.access.Certainty;
import dev.faultline.access.FieldActivity;
import dev.faultline.access.FieldUse;
import dev.faultline.hazard.Finding;
import dev.faultline.hazard.Hazard;
import dev.faultline.hazard.HazardRule;
import dev.faultline.hazard.Rates;
import dev.faultline.hazard.RuleContext;
import dev.faultline.hazard.Saving;
import dev.faultline.hazard.Severity;
import dev.faultline.layout.ByteRange;
import dev.faultline.layout.FieldRef;
import dev.faultline.machine.Placement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds operations that read from more lines than the bytes they read would fill. Only fields that no other CPU writes
 * count: keeping those apart from the written ones is no fault but the repair of another hazard.
 */
@Hazard(summary = "one operation touches more lines than its bytes need", severity = Severity.INFO)
public final class ScatteredHotFields implements HazardRule {

    private static final int MOST_FIELDS = 8;

    /** The rule; it has no state. */
    public ScatteredHotFields() {}

    @Override
    public List<Finding> examine(RuleContext examination) {
        if (examination.access().certainty() != Certainty.DECLARED) {
            return List.of();
        }
        Set<String> contended = examination.access().activities().stream()
                .filter(activity -> contended(examination, activity))
                .map(activity -> activity.field().path())
                .collect(Collectors.toSet());
        Map<String, List<FieldUse>> operations = new LinkedHashMap<>();
        for (FieldUse use : examination.access().uses()) {
            if (use.ratePerSecond() >= Rates.HOT
                    && !contended.contains(use.field().path())) {
                operations
                        .computeIfAbsent(use.role().name() + ": " + use.operation(), any -> new ArrayList<>())
                        .add(use);
            }
        }
        List<Finding> findings = new ArrayList<>();
        operations.forEach((name, uses) -> finding(examination, name, uses).ifPresent(findings::add));
        return findings;
    }

    private static boolean contended(RuleContext examination, FieldActivity activity) {
        AccessMap access = examination.access();
        int cpus = examination.machine().cpus().value();
        for (FieldUse write : activity.writes()) {
            if (Rates.disturbing(access, activity.writes(), write, cpus) >= Rates.COLD) {
                return true;
            }
        }
        for (FieldUse read : activity.reads()) {
            if (Rates.disturbing(access, activity.writes(), read, cpus) >= Rates.COLD) {
                return true;
            }
        }
        return false;
    }

    private Optional<Finding> finding(RuleContext examination, String name, List<FieldUse> uses) {
        int line = examination.lineBytes();
        List<ByteRange> ranges = uses.stream()
                .map(use -> use.field().bytes())
                .distinct()
                .sorted()
                .toList();
        long bytes = ranges.stream().mapToLong(ByteRange::byteSize).sum();
        long needed = (bytes + line - 1) / line;
        long touched = Long.MAX_VALUE;
        for (int i = 0; i < examination.placement().residues(line); i++) {
            touched =
                    Math.min(touched, lines(ranges, i * examination.placement().baseAlignment(), line));
        }
        if (touched <= needed) {
            return Optional.empty();
        }
        List<String> fields = uses.stream()
                .map(use -> use.field().path())
                .distinct()
                .limit(MOST_FIELDS)
                .toList();
        List<FieldRef> together = uses.stream().map(FieldUse::field).distinct().toList();
        if (examination.costing().moving(together).cpusSaved() < 0) {
            return Optional.empty(); // on one line they would get in the way of whoever else uses some of them
        }
        FieldUse any = uses.get(0);
        Saving saving = examination.costing().touching(any.role().name(), any.operation(), touched - needed);
        return Optional.of(new Finding(
                id(),
                hazard().severity(),
                fields,
                "operation `" + name + "` reads " + bytes + " bytes that nobody else writes from at least " + touched
                        + " lines; " + needed + " would hold them",
                "put them together, on " + needed + (needed == 1 ? " line" : " lines") + " of " + line + " bytes",
                Certainty.DECLARED,
                Optional.empty(),
                Optional.of(saving)));
    }

    private static long lines(List<ByteRange> sorted, long residue, int line) {
        long lines = 0;
        long counted = -1;
        for (ByteRange range : sorted) {
            long first = Math.max(counted + 1, Placement.blockOf(range.start(), residue, line));
            long last = Placement.blockOf(range.end() - 1, residue, line);
            if (last >= first) {
                lines += last - first + 1;
                counted = last;
            }
        }
        return lines;
    }
}
