package dev.faultline.hazard.rules;

import dev.faultline.access.Certainty;
import dev.faultline.access.FieldActivity;
import dev.faultline.access.FieldUse;
import dev.faultline.hazard.FieldPair;
import dev.faultline.hazard.Finding;
import dev.faultline.hazard.Hazard;
import dev.faultline.hazard.HazardRule;
import dev.faultline.hazard.Rates;
import dev.faultline.hazard.RuleContext;
import dev.faultline.hazard.Saving;
import dev.faultline.hazard.Severity;
import dev.faultline.layout.ByteRange;
import dev.faultline.layout.FieldType;
import dev.faultline.machine.PlacementCount;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds arrays whose elements different CPUs use and whose stride lets neighbours meet on a line. */
@Hazard(summary = "array elements used by different CPUs share a line", severity = Severity.ERROR)
public final class ArrayNeighbours implements HazardRule {

    /** The rule; it has no state. */
    public ArrayNeighbours() {}

    @Override
    public List<Finding> examine(RuleContext examination) {
        List<Finding> findings = new ArrayList<>();
        for (FieldActivity activity : examination.access().activities()) {
            for (FieldUse write : activity.writes()) {
                if (write.ownElement() && activity.field().type() instanceof FieldType.Array array) {
                    ownElements(examination, activity, write, array).ifPresent(findings::add);
                    break;
                }
            }
        }
        Set<String> reported = new LinkedHashSet<>();
        for (FieldPair meeting : examination.meetings()) {
            String path = meeting.culprit().field().path();
            if (meeting.inOneArray() && reported.add(path.substring(0, path.indexOf('[')))) {
                findings.add(named(examination, meeting));
            }
        }
        return findings;
    }

    private Optional<Finding> ownElements(
            RuleContext examination, FieldActivity activity, FieldUse write, FieldType.Array array) {
        long stride = array.element().byteSize();
        int line = examination.lineBytes();
        int cpus = examination.machine().cpus().value();
        if (array.count() < 2
                || stride == 0
                || Rates.isCold(write.ratePerSecond())
                || !examination.access().meet(write, write, cpus)) {
            return Optional.empty();
        }
        PlacementCount placements =
                neighbours(examination, activity.field().bytes().start(), stride, array.count());
        if (placements.never()) {
            return Optional.empty();
        }
        Saving saving = examination.costing().spreading(activity.field());
        long repaired = (stride + line - 1) / line * line;
        return Optional.of(new Finding(
                id(),
                saving.severity(hazard().severity(), write.certainty()),
                List.of(activity.field().path()),
                "elements of " + activity.field().path() + " (" + array.spelling() + ") are " + stride
                        + " bytes apart, so neighbours share a " + line + "-byte line in " + placements.words()
                        + (write.certainty() == Certainty.INFERRED
                                ? "; that different CPUs use them is inferred from the type"
                                : "; " + write.role().name() + " on each CPU writes its own"),
                "make the stride a multiple of " + line + " (" + repaired + " bytes) and start the array on a line, or"
                        + " give each CPU a block of its own",
                write.certainty(),
                Optional.of(placements),
                Optional.of(saving)));
    }

    /** In how many placements some element shares a line with the next; the pattern repeats within a line's elements. */
    private static PlacementCount neighbours(RuleContext examination, long start, long stride, long count) {
        int line = examination.lineBytes();
        long elements = Math.min(count - 1, line);
        return examination.placement().count(line, residue -> {
            for (long i = 0; i < elements; i++) {
                long next = start + residue + (i + 1) * stride;
                if ((next - 1) / line == next / line) {
                    return true;
                }
            }
            return false;
        });
    }

    private Finding named(RuleContext examination, FieldPair meeting) {
        Saving saving = examination
                .costing()
                .parting(
                        List.of(meeting.culprit().field()),
                        List.of(meeting.victim().field()))
                .smaller();
        ByteRange culprit = meeting.culprit().field().bytes();
        ByteRange victim = meeting.victim().field().bytes();
        int line = examination.lineBytes();
        return new Finding(
                id(),
                saving.severity(hazard().severity(), meeting.certainty()),
                List.of(
                        meeting.culprit().field().path(),
                        meeting.victim().field().path()),
                meeting.describeCulprit() + " and " + meeting.describeVictim() + " are "
                        + Math.abs(victim.start() - culprit.start()) + " bytes apart and share a " + line
                        + "-byte line in " + meeting.placements().words(),
                "make the stride a multiple of " + line + " bytes and start the array on a line",
                meeting.certainty(),
                Optional.of(meeting.placements()),
                Optional.of(saving));
    }
}
