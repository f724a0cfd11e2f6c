package dev.faultline.hazard.rules;

import dev.faultline.hazard.FieldPair;
import dev.faultline.hazard.Finding;
import dev.faultline.hazard.Hazard;
import dev.faultline.hazard.HazardRule;
import dev.faultline.hazard.RuleContext;
import dev.faultline.hazard.Severity;
import dev.faultline.layout.ByteRange;
import dev.faultline.layout.FieldRef;
import java.util.List;

/** Finds fields of a container that can lie on a line with a contended field of a struct embedded beside them. */
@Hazard(
        summary = "a container's fields share a line with a contended field of an embedded struct",
        severity = Severity.ERROR)
public final class EmbeddedStructSpill implements HazardRule {

    /** The rule; it has no state. */
    public EmbeddedStructSpill() {}

    @Override
    public List<Finding> examine(RuleContext examination) {
        PairFindings findings = new PairFindings(examination, id(), hazard().severity());
        for (FieldPair meeting : examination.meetings()) {
            if (findings.concerns(meeting)) {
                findings.add(meeting, meeting.boundary(), Severity.ERROR);
            }
        }
        return findings.findings(meeting -> embedded(examination, meeting));
    }

    private static String embedded(RuleContext examination, FieldPair meeting) {
        ByteRange victim = meeting.victim().field().bytes();
        return examination
                .layout()
                .resolve(meeting.boundary())
                .map(field -> edge(field, victim, examination.lineBytes()))
                .orElse("");
    }

    /** Which edge of the embedded struct is within a line: the one towards the victim. */
    private static String edge(FieldRef field, ByteRange victim, int lineBytes) {
        boolean behind = victim.start() >= field.bytes().end();
        long at = behind ? field.bytes().end() : field.bytes().start();
        return field.path() + " (" + field.type().spelling() + ") " + (behind ? "ends" : "begins") + " at byte " + at
                + ", " + at % lineBytes + " past a multiple of " + lineBytes + ": ";
    }
}
