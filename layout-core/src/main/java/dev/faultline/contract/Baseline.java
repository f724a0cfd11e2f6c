package dev.faultline.contract;

import dev.faultline.contract.promise.AcceptedFinding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The findings that a contract lives with, by struct.
 *
 * @param structs for each struct, by the name a source takes, what is accepted, sorted
 */
public record Baseline(Map<String, List<AcceptedFinding>> structs) {
    /** Copies and sorts. */
    public Baseline {
        Map<String, List<AcceptedFinding>> sorted = new TreeMap<>();
        structs.forEach((name, accepted) ->
                sorted.put(name, accepted.stream().sorted().distinct().toList()));
        structs = java.util.Collections.unmodifiableMap(sorted);
    }

    /** {@return what is accepted of a struct; nothing when the baseline does not know it} */
    public Optional<List<AcceptedFinding>> of(String struct) {
        return Optional.ofNullable(structs.get(struct));
    }

    /** {@return all that is accepted, in words, of structs that are not among these} */
    List<String> besides(List<String> names) {
        List<String> others = new ArrayList<>();
        structs.keySet().stream().filter(name -> !names.contains(name)).forEach(others::add);
        return others;
    }
}
