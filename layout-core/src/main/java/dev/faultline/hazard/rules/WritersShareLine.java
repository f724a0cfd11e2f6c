package dev.faultline.hazard.rules;

import dev.faultline.hazard.FieldPair;
import dev.faultline.hazard.Finding;
import dev.faultline.hazard.Hazard;
import dev.faultline.hazard.HazardRule;
import dev.faultline.hazard.RuleContext;
import dev.faultline.hazard.Severity;
import java.util.List;

/** Finds two fields of one struct that different CPUs write and that can lie on one line. */
@Hazard(summary = "two fields written by different roles share a line", severity = Severity.ERROR)
public final class WritersShareLine implements HazardRule {

    /** The rule; it has no state. */
    public WritersShareLine() {}

    @Override
    public List<Finding> examine(RuleContext examination) {
        PairFindings findings = new PairFindings(examination, id(), hazard().severity());
        for (FieldPair meeting : examination.meetings()) {
            if (findings.concerns(meeting)) {
                findings.add(meeting, "", most(meeting));
            }
        }
        return findings.findings(meeting -> meeting.together() ? "always written together: " : "");
    }

    /** Fields that one operation writes together travel together; one role's operations are no separate parts. */
    private static Severity most(FieldPair meeting) {
        if (meeting.together()) {
            return Severity.INFO;
        }
        boolean oneRole = meeting.culprit().writes().stream()
                .allMatch(write -> write.role().equals(meeting.victimUse().role()));
        return oneRole ? Severity.WARNING : Severity.ERROR;
    }
}
