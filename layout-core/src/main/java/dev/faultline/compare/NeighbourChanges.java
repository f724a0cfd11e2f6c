package dev.faultline.compare;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which fields can share a line with each written field, as sets. Where only the types of fields tell what is written,
 * a verdict needs one of the sets to contain the other: which of two neighbours costs more is not known.
 *
 * @param came neighbours that are new beside a written field of both layouts, with that field
 * @param left neighbours that are gone, likewise
 */
record NeighbourChanges(List<String> came, List<String> left) {

    static NeighbourChanges of(ComparedLayout before, ComparedLayout after, Predicate<String> inBoth) {
        Map<String, Set<String>> old = neighbours(before);
        Map<String, Set<String>> young = neighbours(after);
        return new NeighbourChanges(
                added(old, young, name -> inBoth.test(name) && !after.tellsMoreThan(before, name)),
                added(young, old, name -> inBoth.test(name) && !before.tellsMoreThan(after, name)));
    }

    private static Map<String, Set<String>> neighbours(ComparedLayout side) {
        Map<String, Set<String>> neighbours = new LinkedHashMap<>();
        side.byCulprit().forEach((culprit, pairs) -> {
            Set<String> victims = neighbours.computeIfAbsent(culprit, any -> new LinkedHashSet<>());
            pairs.forEach(pair -> victims.add(pair.victim()));
        });
        return neighbours;
    }

    private static List<String> added(
            Map<String, Set<String>> from, Map<String, Set<String>> to, Predicate<String> inBoth) {
        List<String> added = new ArrayList<>();
        to.forEach((culprit, victims) -> {
            if (inBoth.test(culprit)) {
                victims.stream()
                        .filter(victim -> !from.getOrDefault(culprit, Set.of()).contains(victim))
                        .forEach(victim -> added.add(victim + " beside " + culprit));
            }
        });
        return added;
    }

    boolean isNone() {
        return came.isEmpty() && left.isEmpty();
    }

    /** {@return the first of some changes, and how many more there are} */
    static String words(List<String> changes) {
        return changes.get(0) + (changes.size() > 1 ? " and " + (changes.size() - 1) + " more" : "");
    }
}
