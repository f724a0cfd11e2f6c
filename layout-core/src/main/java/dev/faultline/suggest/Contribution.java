package dev.faultline.suggest;

import java.util.List;
import java.util.Objects;

/**
 * What one part of a candidate is worth: how much would be lost if these fields, alone, were put back beside those they shared a
 * line with.
 *
 * @param fields paths in the candidate
 * @param apartFrom paths in the candidate of the fields they were separated from, on whose line they are put back
 * @param cpusLost what all operations on all CPUs would lose, in CPUs' worth of time
 * @param role role of the operation that would lose most in all
 * @param operation that operation
 * @param nanosPerOp what it would lose, in ns
 */
public record Contribution(
        List<String> fields,
        List<String> apartFrom,
        double cpusLost,
        String role,
        String operation,
        double nanosPerOp) {
    /** Copies the lists. */
    public Contribution {
        fields = List.copyOf(fields);
        apartFrom = List.copyOf(apartFrom);
        Objects.requireNonNull(role);
        Objects.requireNonNull(operation);
    }
}
