package dev.faultline.hazard.rules;

import dev.faultline.hazard.FieldPair;
import dev.faultline.hazard.Hazard;
import dev.faultline.hazard.Severity;

/** Finds a written field whose line other fields of the struct can share that are mostly read. */
@Hazard(summary = "a field written often shares a line with fields other CPUs mostly read", severity = Severity.ERROR)
public final class WriterBesideReaders extends PairRule {

    @Override
    boolean concerns(FieldPair pair) {
        return !pair.victimWritten() && pair.boundary().isEmpty();
    }
}
