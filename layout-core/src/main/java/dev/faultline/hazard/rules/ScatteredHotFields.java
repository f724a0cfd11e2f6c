package dev.faultline.hazard.rules;

import dev.faultline.access.AccessMap;
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
import java.util.stream.Stream;

/**
 * Finds operations that read from more lines than the bytes they read would fill. Counts only fields that no other CPU
 * writes, since written fields belong on lines of their own.
 */
@Hazard(summary = "one operation touches more lines than its bytes need", severity = Severity.INFO)
public final class ScatteredHotFields implements HazardRule {

    private static final int MOST_FIELDS = 8;

    @Override
    public List<Finding> examine(RuleContext context) {
        if (!context.access().isRated()) {
            return List.of();
        }
        Set<String> contended = context.access().activities().stream()
                .filter(activity -> contended(context, activity))
                .map(activity -> activity.field().path())
                .collect(Collectors.toSet());
        Map<String, List<FieldUse>> operations = new LinkedHashMap<>();
        for (FieldUse use : context.access().uses()) {
            if (use.ratePerSecond() >= Rates.HOT
                    && use.elements().isWhole()
                    && !contended.contains(use.field().path())) {
                operations
                        .computeIfAbsent(use.role().name() + ": " + use.operation(), any -> new ArrayList<>())
                        .add(use);
            }
        }
        List<Finding> findings = new ArrayList<>();
        operations.forEach((name, uses) -> finding(context, name, uses).ifPresent(findings::add));
        return findings;
    }

    private static boolean contended(RuleContext context, FieldActivity activity) {
        AccessMap access = context.access();
        return Stream.concat(activity.writes().stream(), activity.reads().stream())
                .anyMatch(use -> Rates.disturbing(access, activity.writes(), use, context.cpus()) >= Rates.COLD);
    }

    private Optional<Finding> finding(RuleContext context, String name, List<FieldUse> uses) {
        int line = context.lineBytes();
        List<ByteRange> ranges = uses.stream()
                .map(use -> use.field().bytes())
                .distinct()
                .sorted()
                .toList();
        long bytes = ranges.stream().mapToLong(ByteRange::byteSize).sum();
        long needed = (bytes + line - 1) / line;
        long touched = Long.MAX_VALUE;
        for (int i = 0; i < context.placement().residues(line); i++) {
            touched = Math.min(touched, lines(ranges, i * context.placement().baseAlignment(), line));
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
        if (context.whatIf().moving(together).cpusSaved() < 0) {
            return Optional.empty(); // on one line they would disturb other operations that use some of them
        }
        FieldUse any = uses.get(0);
        Saving saving = context.whatIf().touching(any.role().name(), any.operation(), touched - needed);
        return Optional.of(context.finding(this)
                .saving(saving)
                .fields(fields)
                .message("operation `" + name + "` reads " + bytes + " bytes, which no other CPU writes, from at least "
                        + touched + " lines; they fit on " + needed)
                .advice("put these fields together on " + needed + (needed == 1 ? " line" : " lines") + " of " + line
                        + " bytes")
                .build());
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
