package dev.faultline.hazard.rules;

import dev.faultline.access.ElementPath;
import dev.faultline.hazard.FieldPair;
import dev.faultline.hazard.Hazard;
import dev.faultline.hazard.RuleContext;
import dev.faultline.hazard.Severity;
import dev.faultline.layout.FieldRef;

/** Finds fields of a container that can share a line with a contended field of a struct embedded beside them. */
@Hazard(
        summary = "a container's fields share a line with a contended field of an embedded struct",
        severity = Severity.ERROR)
public final class EmbeddedStructSpill extends PairRule {

    @Override
    boolean concerns(FieldPair pair) {
        return !pair.boundary().isEmpty();
    }

    @Override
    String preface(RuleContext context, FieldPair first) {
        return ElementPath.field(context.layout(), first.boundary())
                .map(embedded -> edge(embedded, first.victim().field(), context.lineBytes()))
                .orElse("");
    }

    /** Where the embedded struct has its edge towards the victim. */
    private static String edge(FieldRef embedded, FieldRef victim, int lineBytes) {
        boolean behind = victim.bytes().start() >= embedded.bytes().end();
        long at = behind ? embedded.bytes().end() : embedded.bytes().start();
        return embedded.path() + " (" + embedded.type().spelling() + ") " + (behind ? "ends" : "begins") + " at byte "
                + at + ", " + at % lineBytes + " bytes past a multiple of " + lineBytes + ": ";
    }
}
