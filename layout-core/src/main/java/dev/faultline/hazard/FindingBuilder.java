package dev.faultline.hazard;

import dev.faultline.access.Certainty;
import dev.faultline.api.Internal;
import dev.faultline.machine.PlacementCount;
import java.util.List;
import java.util.Optional;

/**
 * Collects the parts of a finding. A finding needs at least a message and an advice. A rule starts its findings with
 * {@link RuleContext#finding}.
 */
@Internal
public final class FindingBuilder {
    private final String rule;
    private Severity severity;
    private Certainty certainty;
    private List<String> fields = List.of();
    private String message = "";
    private String advice = "";
    private Optional<PlacementCount> placements = Optional.empty();
    private Optional<Saving> saving = Optional.empty();
    private boolean gradedBySaving;

    /**
     * Starts a finding.
     *
     * @param rule id of the rule
     * @param severity the severity, unless the rule sets another
     * @param certainty the certainty, unless the rule sets another
     */
    public FindingBuilder(String rule, Severity severity, Certainty certainty) {
        this.rule = rule;
        this.severity = severity;
        this.certainty = certainty;
    }

    /** Sets the severity; with {@link #gradedBy}, the highest one. */
    public FindingBuilder severity(Severity other) {
        severity = other;
        return this;
    }

    /** Sets how it is known which role uses the fields. */
    public FindingBuilder certainty(Certainty other) {
        certainty = other;
        return this;
    }

    /** Sets the paths of the fields concerned, the culprit first. */
    public FindingBuilder fields(List<String> paths) {
        fields = paths;
        return this;
    }

    /** Sets the fact. */
    public FindingBuilder message(String fact) {
        message = fact;
        return this;
    }

    /** Sets the repair. */
    public FindingBuilder advice(String repair) {
        advice = repair;
        return this;
    }

    /** Sets the number of placements the problem happens in. */
    public FindingBuilder placements(PlacementCount count) {
        placements = Optional.of(count);
        return this;
    }

    /** Sets certainty and placements to those of a pair of fields. */
    public FindingBuilder pair(FieldPair pair) {
        return certainty(pair.certainty()).placements(pair.placements());
    }

    /** Sets what repairing the problem alone would save, without an effect on the severity. */
    public FindingBuilder saving(Saving saved) {
        saving = Optional.of(saved);
        return this;
    }

    /** Sets what repairing the problem alone would save, where that is known, without an effect on the severity. */
    public FindingBuilder saving(Optional<Saving> saved) {
        saving = saved;
        return this;
    }

    /**
     * Sets what repairing the problem alone would save, which decides the severity. Where it is not known, the severity
     * is the highest one, and at most a warning.
     */
    public FindingBuilder gradedBy(Optional<Saving> saved) {
        if (saved.isPresent()) {
            return gradedBy(saved.get());
        }
        severity = severity.compareTo(Severity.WARNING) > 0 ? Severity.WARNING : severity;
        return this;
    }

    /** Sets what repairing the problem alone would save, which decides the severity. */
    public FindingBuilder gradedBy(Saving saved) {
        gradedBySaving = true;
        return saving(saved);
    }

    /** {@return the finding; none when rates are known and show that fixing it saves nothing} */
    public Optional<Finding> buildIfWorthwhile() {
        boolean isNothing = certainty.isOfProfile()
                && saving.filter(one -> one.isNothing() && !one.assumedRates()).isPresent();
        return isNothing ? Optional.empty() : Optional.of(build());
    }

    /** {@return the finding} */
    public Finding build() {
        Severity graded = gradedBySaving ? saving.orElseThrow().severity(severity, certainty) : severity;
        return new Finding(rule, graded, fields, message, advice, certainty, placements, saving);
    }
}
