package dev.faultline.analysis;

import dev.faultline.access.AccessMap;
import dev.faultline.cost.CostBreakdown;
import dev.faultline.hazard.Finding;
import dev.faultline.hazard.Severity;
import dev.faultline.machine.Machine;
import dev.faultline.source.Subject;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What was found out about one subject.
 *
 * @param subject what was analysed, with the placement it was analysed at
 * @param access who touches what, and how that is known
 * @param machine the hardware it was analysed for
 * @param bill what it costs, by the closed form; empty when nobody is known to touch it
 * @param findings what is wrong: worst first, then by what repair would save, then by rule
 */
public record Analysis(
        Subject subject, AccessMap access, Machine machine, Optional<CostBreakdown> bill, List<Finding> findings) {
    /** Refuses nulls. */
    public Analysis {
        Objects.requireNonNull(subject);
        Objects.requireNonNull(access);
        Objects.requireNonNull(machine);
        Objects.requireNonNull(bill);
        findings = List.copyOf(findings);
    }

    /** {@return the worst severity found} */
    public Optional<Severity> worst() {
        return findings.stream().map(Finding::severity).max(Severity::compareTo);
    }
}
