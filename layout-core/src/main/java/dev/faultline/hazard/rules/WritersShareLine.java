package dev.faultline.hazard.rules;

import dev.faultline.hazard.FieldPair;
import dev.faultline.hazard.Hazard;
import dev.faultline.hazard.RuleContext;
import dev.faultline.hazard.Severity;

/** Finds two fields of one struct that different CPUs write and that can share a line. */
@Hazard(summary = "two fields written by different roles share a line", severity = Severity.ERROR)
public final class WritersShareLine extends PairRule {

    @Override
    boolean concerns(FieldPair pair) {
        return pair.victimWritten() && pair.boundary().isEmpty();
    }

    @Override
    Severity most(FieldPair pair) {
        return ofWriters(pair);
    }

    /** Fields that the CPUs of one role write are at most a warning, as they also contend for each of the fields. */
    static Severity ofWriters(FieldPair pair) {
        boolean oneRole = pair.culprit().writes().stream()
                .allMatch(write -> write.role().equals(pair.victimUse().role()));
        return oneRole ? Severity.WARNING : Severity.ERROR;
    }

    @Override
    boolean tellsReaders() {
        return true;
    }

    @Override
    String preface(RuleContext context, FieldPair first) {
        return first.together() ? "always written together: " : "";
    }
}
