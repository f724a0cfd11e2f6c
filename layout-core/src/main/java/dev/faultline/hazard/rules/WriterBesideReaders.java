package dev.faultline.hazard.rules;

import dev.faultline.hazard.FieldPair;
import dev.faultline.hazard.Finding;
import dev.faultline.hazard.Hazard;
import dev.faultline.hazard.HazardRule;
import dev.faultline.hazard.RuleContext;
import dev.faultline.hazard.Severity;
import java.util.List;

/** Finds a written field and mostly read ones of the same struct that can lie on its line. */
@Hazard(summary = "a field written often shares a line with fields other CPUs mostly read", severity = Severity.ERROR)
public final class WriterBesideReaders implements HazardRule {

    /** The rule; it has no state. */
    public WriterBesideReaders() {}

    @Override
    public List<Finding> examine(RuleContext examination) {
        PairFindings findings = new PairFindings(examination, id(), hazard().severity());
        for (FieldPair meeting : examination.meetings()) {
            if (findings.concerns(meeting)) {
                findings.add(meeting, "", Severity.ERROR);
            }
        }
        return findings.findings(meeting -> "");
    }
}
