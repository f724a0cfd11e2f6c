package dev.faultline.hazard;

import dev.faultline.access.Certainty;
import dev.faultline.machine.PlacementCount;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One thing that is wrong with one layout.
 *
 * @param rule id of the rule, the simple name of its class
 * @param severity how bad
 * @param fields paths of the fields concerned, the culprit first; may be empty when the whole struct is meant
 * @param message the fact, with numbers; one line
 * @param advice what to do, with a number; one line
 * @param certainty how it is known who touches what
 * @param placements in how many placements it happens, when that is the question
 * @param saving what repairing it alone would save; empty for what is a matter of bytes or of a promise, not of time
 */
public record Finding(
        String rule,
        Severity severity,
        List<String> fields,
        String message,
        String advice,
        Certainty certainty,
        Optional<PlacementCount> placements,
        Optional<Saving> saving) {
    /** Refuses nulls and empty texts. */
    public Finding {
        Objects.requireNonNull(severity);
        Objects.requireNonNull(certainty);
        Objects.requireNonNull(placements);
        Objects.requireNonNull(saving);
        fields = List.copyOf(fields);
        if (rule.isEmpty() || message.isEmpty() || advice.isEmpty()) {
            throw new IllegalArgumentException("a finding needs rule, message and advice: " + rule);
        }
    }

    /** {@return where the rule's page is, from the root of the project} */
    public String page() {
        return "docs/hazards/" + rule + ".md";
    }
}
