package dev.faultline.analysis;

import dev.faultline.access.AccessMap;
import dev.faultline.api.Internal;
import dev.faultline.cost.CostBreakdown;
import dev.faultline.hazard.Finding;
import dev.faultline.hazard.Severity;
import dev.faultline.machine.Machine;
import dev.faultline.source.Subject;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The analysis of one subject.
 *
 * @param subject what was analysed, with its placement
 * @param access which roles use which fields, and how that is known
 * @param machine the machine it was analysed for
 * @param breakdown what it costs, by the closed form; empty when no field is known to be used
 * @param findings the findings: most severe first, then by what a repair would save, then by rule
 * @param heldBack the number of findings that are not reported
 */
public record Analysis(
        Subject subject,
        @Internal AccessMap access,
        Machine machine,
        Optional<CostBreakdown> breakdown,
        List<Finding> findings,
        @Internal HeldBack heldBack) {
    @Internal
    public Analysis {
        Objects.requireNonNull(subject);
        Objects.requireNonNull(access);
        Objects.requireNonNull(machine);
        Objects.requireNonNull(breakdown);
        findings = List.copyOf(findings);
        Objects.requireNonNull(heldBack);
    }

    /** {@return the highest severity of the findings} */
    public Optional<Severity> worst() {
        return findings.stream().map(Finding::severity).max(Severity::compareTo);
    }

    /** {@return the same without suspicions} */
    @Internal
    public Analysis withoutSuspicions() {
        return findings.stream().noneMatch(Finding::isSuspicion)
                ? this
                : with(
                        findings.stream()
                                .filter(finding -> !finding.isSuspicion())
                                .toList(),
                        heldBack);
    }

    /**
     * Holds back what is known already.
     *
     * @param isKnown tells whether a finding is known
     * @return the same with the other findings
     */
    @Internal
    public Analysis without(Predicate<Finding> isKnown) {
        List<Finding> rest =
                findings.stream().filter(finding -> !isKnown.test(finding)).toList();
        int known = findings.size() - rest.size();
        return known == 0 ? this : with(rest, heldBack.and(new HeldBack(0, known)));
    }

    private Analysis with(List<Finding> others, HeldBack held) {
        return new Analysis(subject, access, machine, breakdown, others, held);
    }
}
