package dev.faultline.hazard;

import dev.faultline.access.Certainty;
import dev.faultline.machine.PlacementCount;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One problem of one layout.
 *
 * @param rule id of the rule, the simple name of its class
 * @param severity how severe the problem is
 * @param fields paths of the fields concerned, the culprit first; empty when the whole struct is meant
 * @param message the fact, with numbers; one line
 * @param advice the repair, with a number; one line
 * @param certainty how it is known which role uses the fields
 * @param placements the number of placements it happens in, where it depends on the placement
 * @param saving what repairing it alone would save; empty where the problem costs bytes or breaks a promise, not time
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

    /** {@return whether it rests on a guess from field types; reports count such findings and show them on request} */
    public boolean isSuspicion() {
        return certainty == Certainty.INFERRED;
    }

    /** {@return the path of the rule's page, from the root of the project} */
    public String page() {
        return "docs/hazards/" + rule + ".md";
    }
}
