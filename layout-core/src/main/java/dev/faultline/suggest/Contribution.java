package dev.faultline.suggest;

import dev.faultline.api.Internal;
import java.util.List;
import java.util.Objects;

/**
 * What one separation of fields contributes to a candidate: the time lost if only these fields went back to the line
 * of the fields they were separated from.
 *
 * @param fields paths in the candidate of the fields that would go back
 * @param apartFrom paths in the candidate of the fields they were separated from
 * @param cpusLost time lost by all operations on all CPUs, in CPUs (1 is the whole time of one CPU)
 * @param role role of the operation that would lose most in total
 * @param operation name of that operation
 * @param nanosPerOp time that operation would lose, in ns per execution
 */
@Internal
public record Contribution(
        List<String> fields,
        List<String> apartFrom,
        double cpusLost,
        String role,
        String operation,
        double nanosPerOp) {
    public Contribution {
        fields = List.copyOf(fields);
        apartFrom = List.copyOf(apartFrom);
        Objects.requireNonNull(role);
        Objects.requireNonNull(operation);
    }
}
