package dev.faultline.contract;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What came of one contract, or of one source's group markers.
 *
 * @param source the contract's file, or the source
 * @param title what it is about
 * @param results in the order of the contract; those that could not be judged too
 * @param problems what could not be checked besides single promises, a line each
 * @param notes what else a reader should know, a line each
 * @param update the baseline as it would be now; nothing when no struct asks for one, or when something could not be checked
 */
public record ContractResult(
        String source,
        String title,
        List<PromiseResult> results,
        List<String> problems,
        List<String> notes,
        Optional<Baseline> update) {
    /** Copies the lists. */
    public ContractResult {
        Objects.requireNonNull(source);
        Objects.requireNonNull(title);
        Objects.requireNonNull(update);
        results = List.copyOf(results);
        problems = List.copyOf(problems);
        notes = List.copyOf(notes);
    }

    /** {@return a section of which nothing could be checked} */
    public static ContractResult unchecked(String source, String problem) {
        return new ContractResult(source, "", List.of(), List.of(problem), List.of(), Optional.empty());
    }

    /** {@return how many outcomes have that status} */
    public int count(PromiseResult.Status status) {
        return (int)
                results.stream().filter(result -> result.status() == status).count();
    }

    /** {@return every line that says what could not be checked} */
    public List<String> complaints() {
        List<String> all = new java.util.ArrayList<>(problems);
        results.stream()
                .filter(result -> result.status() == PromiseResult.Status.UNJUDGED)
                .forEach(result -> all.addAll(result.why()));
        return all;
    }
}
