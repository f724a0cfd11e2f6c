package dev.faultline.contract;

import dev.faultline.contract.promise.AcceptedFinding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The accepted findings of a contract, by struct.
 *
 * @param structs for each struct, by its name in the source, the accepted findings, sorted
 */
public record Baseline(Map<String, List<AcceptedFinding>> structs) {
    public Baseline {
        Map<String, List<AcceptedFinding>> sorted = new TreeMap<>();
        structs.forEach((name, accepted) ->
                sorted.put(name, accepted.stream().sorted().distinct().toList()));
        structs = java.util.Collections.unmodifiableMap(sorted);
    }

    /** {@return the accepted findings of a struct; empty when the baseline does not contain the struct} */
    public Optional<List<AcceptedFinding>> of(String struct) {
        return Optional.ofNullable(structs.get(struct));
    }

    /** {@return the structs of this baseline that are not among these} */
    List<String> besides(List<String> names) {
        List<String> others = new ArrayList<>();
        structs.keySet().stream().filter(name -> !names.contains(name)).forEach(others::add);
        return others;
    }
}
