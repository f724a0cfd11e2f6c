package dev.faultline.contract;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The result of checking one contract, or the group markers of one source.
 *
 * @param source the contract file, or the source
 * @param title description of the contract
 * @param results one for each promise, in the order of the contract, including those that could not be checked
 * @param problems other things that could not be checked, one line each
 * @param notes further remarks, one line each
 * @param update the present findings as a baseline; empty when no struct needs one, or when something could not be
 *     checked
 */
public record ContractResult(
        String source,
        String title,
        List<PromiseResult> results,
        List<String> problems,
        List<String> notes,
        Optional<Baseline> update) {
    public ContractResult {
        Objects.requireNonNull(source);
        Objects.requireNonNull(title);
        Objects.requireNonNull(update);
        results = List.copyOf(results);
        problems = List.copyOf(problems);
        notes = List.copyOf(notes);
    }

    /** {@return the result of a contract that could not be checked at all, with a line for each reason} */
    public static ContractResult unchecked(String source, List<String> problems) {
        return new ContractResult(source, "", List.of(), problems, List.of(), Optional.empty());
    }

    /** {@return the number of promises with that status} */
    public int count(PromiseResult.Status status) {
        return (int)
                results.stream().filter(result -> result.status() == status).count();
    }

    /** {@return a line for everything that could not be checked} */
    public List<String> complaints() {
        List<String> all = new java.util.ArrayList<>(problems);
        results.stream()
                .filter(result -> result.status() == PromiseResult.Status.UNJUDGED)
                .forEach(result -> all.addAll(result.why()));
        return all;
    }
}
