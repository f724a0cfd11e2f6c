package dev.faultline.hazard.rules;

import dev.faultline.hazard.Examination;
import dev.faultline.hazard.Finding;
import dev.faultline.hazard.Hazard;
import dev.faultline.hazard.HazardRule;
import dev.faultline.hazard.Meeting;
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
    public List<Finding> examine(Examination examination) {
        PairFindings findings = new PairFindings(examination, id(), hazard().severity());
        for (Meeting meeting : examination.meetings()) {
            String boundary = meeting.boundary();
            boolean once = !meeting.victimWritten()
                    || meeting.culprit()
                                    .field()
                                    .bytes()
                                    .compareTo(meeting.victim().field().bytes())
                            < 0;
            if (!boundary.isEmpty() && once && !meeting.inOneArray() && !meeting.isLockWithItsData()) {
                findings.add(meeting, boundary, Severity.ERROR);
            }
        }
        return findings.findings(meeting -> embedded(examination, meeting.boundary()));
    }

    private static String embedded(Examination examination, String path) {
        return examination
                .layout()
                .resolve(path)
                .map(field -> edge(field, examination.lineBytes()))
                .orElse("");
    }

    private static String edge(FieldRef field, int lineBytes) {
        ByteRange bytes = field.bytes();
        return field.path() + " (" + field.type().spelling() + ") ends at byte " + bytes.end() + ", "
                + bytes.end() % lineBytes + " past a multiple of " + lineBytes + ": ";
    }
}
