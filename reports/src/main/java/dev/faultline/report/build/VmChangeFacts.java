package dev.faultline.report.build;

import dev.faultline.compare.Comparison;
import dev.faultline.compare.HazardChange;
import dev.faultline.compare.SourceComparison;
import dev.faultline.report.document.DocumentBlock.Fact;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** What changes in all classes of a source with the VM: their sizes, and which hazards come and go. */
final class VmChangeFacts {

    private static final int MOST_NAMES = 5;

    private final List<Comparison> comparisons;
    private final int unchanged;

    private VmChangeFacts(SourceComparison comparison) {
        this.comparisons = comparison.changed().stream()
                .map(SourceComparison.Changed::comparison)
                .toList();
        this.unchanged = comparison.unchanged();
    }

    static List<Fact> of(SourceComparison comparison) {
        VmChangeFacts facts = new VmChangeFacts(comparison);
        List<Fact> all = new ArrayList<>();
        all.add(new Fact("size", facts.sizes()));
        facts.add(all, "new", change -> change.kind() == HazardChange.Kind.NEW);
        facts.add(all, "gone", change -> change.kind() == HazardChange.Kind.GONE);
        return all;
    }

    private String sizes() {
        long shrink = comparisons.stream().filter(one -> one.bytesMore() < 0).count();
        long grow = comparisons.stream().filter(one -> one.bytesMore() > 0).count();
        long less = comparisons.stream()
                .mapToLong(one -> Math.min(0, one.bytesMore()))
                .sum();
        long more = comparisons.stream()
                .mapToLong(one -> Math.max(0, one.bytesMore()))
                .sum();
        return String.format(
                Locale.ROOT,
                "%,d of %,d classes are smaller%s, %,d larger%s",
                shrink,
                comparisons.size() + unchanged,
                shrink == 0 ? "" : String.format(Locale.ROOT, " (%+,d bytes, one instance of each)", less),
                grow,
                grow == 0 ? "" : String.format(Locale.ROOT, " (%+,d bytes)", more));
    }

    /** A line for each rule: in how many classes, and the first of them. */
    private void add(List<Fact> facts, String what, Predicate<HazardChange> isMeant) {
        Map<String, List<String>> classes = new TreeMap<>();
        for (Comparison comparison : comparisons) {
            comparison.hazards().stream()
                    .filter(isMeant)
                    .map(HazardChange::rule)
                    .distinct()
                    .forEach(rule -> classes.computeIfAbsent(rule, any -> new ArrayList<>())
                            .add(comparison.after().subject().reference()));
        }
        String name = what;
        for (Map.Entry<String, List<String>> entry : classes.entrySet()) {
            List<String> names = entry.getValue();
            int left = names.size() - MOST_NAMES;
            facts.add(new Fact(
                    name,
                    entry.getKey() + " in " + names.size() + (names.size() == 1 ? " class: " : " classes: ")
                            + String.join(", ", names.subList(0, Math.min(MOST_NAMES, names.size())))
                            + (left > 0 ? " and " + left + " more" : "")));
            name = "";
        }
    }
}
