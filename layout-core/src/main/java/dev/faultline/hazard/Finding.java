package dev.faultline.hazard;

import dev.faultline.access.Certainty;
import dev.faultline.api.Internal;
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

    /** {@return the path of the rule's page, from the root of the project} */
    public String page() {
        return "docs/hazards/" + rule + ".md";
    }

    /**
     * Starts a finding. A rule starts its findings with {@link RuleContext#finding}.
     *
     * @param rule id of the rule
     * @param severity the severity, unless the rule sets another
     * @param certainty the certainty, unless the rule sets another
     * @return a builder
     */
    @Internal
    public static Builder builder(String rule, Severity severity, Certainty certainty) {
        return new Builder(rule, severity, certainty);
    }

    /** Collects the parts of a finding. A finding needs at least a message and an advice. */
    @Internal
    public static final class Builder {
        private final String rule;
        private Severity severity;
        private Certainty certainty;
        private List<String> fields = List.of();
        private String message = "";
        private String advice = "";
        private Optional<PlacementCount> placements = Optional.empty();
        private Optional<Saving> saving = Optional.empty();
        private boolean gradedBySaving;

        private Builder(String rule, Severity severity, Certainty certainty) {
            this.rule = rule;
            this.severity = severity;
            this.certainty = certainty;
        }

        /** Sets the severity; with {@link #gradedBy}, the highest one. */
        public Builder severity(Severity other) {
            severity = other;
            return this;
        }

        /** Sets how it is known which role uses the fields. */
        public Builder certainty(Certainty other) {
            certainty = other;
            return this;
        }

        /** Sets the paths of the fields concerned, the culprit first. */
        public Builder fields(List<String> paths) {
            fields = paths;
            return this;
        }

        /** Sets the fact. */
        public Builder message(String fact) {
            message = fact;
            return this;
        }

        /** Sets the repair. */
        public Builder advice(String repair) {
            advice = repair;
            return this;
        }

        /** Sets the number of placements the problem happens in. */
        public Builder placements(PlacementCount count) {
            placements = Optional.of(count);
            return this;
        }

        /** Sets certainty and placements to those of a pair of fields. */
        public Builder pair(FieldPair pair) {
            return certainty(pair.certainty()).placements(pair.placements());
        }

        /** Sets what repairing the problem alone would save, without an effect on the severity. */
        public Builder saving(Saving saved) {
            saving = Optional.of(saved);
            return this;
        }

        /** Sets what repairing the problem alone would save, which decides the severity. */
        public Builder gradedBy(Saving saved) {
            gradedBySaving = true;
            return saving(saved);
        }

        /** {@return the finding} */
        public Finding build() {
            Severity graded = gradedBySaving ? saving.orElseThrow().severity(severity, certainty) : severity;
            return new Finding(rule, graded, fields, message, advice, certainty, placements, saving);
        }
    }
}
