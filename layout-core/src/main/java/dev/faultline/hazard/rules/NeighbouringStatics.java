package dev.faultline.hazard.rules;

import dev.faultline.hazard.FieldPair;
import dev.faultline.hazard.Finding;
import dev.faultline.hazard.Hazard;
import dev.faultline.hazard.RuleContext;
import dev.faultline.hazard.Severity;
import dev.faultline.hazard.rules.jvm.ClassStatics;
import java.util.List;

/**
 * Finds variables that the linker put on one line and that different CPUs use: global variables of a program, of which
 * one is written, and the static fields of a Java class. What lies inside one variable is the affair of its type.
 */
@Hazard(summary = "global variables, or static fields, used by different CPUs share a line", severity = Severity.ERROR)
public final class NeighbouringStatics extends PairRule {

    @Override
    public List<Finding> examine(RuleContext context) {
        return context.declaration().isPresent() ? ClassStatics.findings(this, context) : super.examine(context);
    }

    @Override
    boolean isAboutVariables() {
        return true;
    }

    @Override
    boolean concerns(FieldPair pair) {
        return true;
    }

    @Override
    Severity most(FieldPair pair) {
        return pair.victimWritten() ? WritersShareLine.ofWriters(pair) : Severity.ERROR;
    }

    @Override
    boolean tellsReaders() {
        return true;
    }

    /** The order of variables is the linker's or the VM's, so that only alignment or an object keeps them apart. */
    @Override
    String advice(RuleContext context, FieldPair pair) {
        int line = context.lineBytes();
        if (context.isObject()) {
            return ClassStatics.advice(pair.culprit().field().path(), line);
        }
        return "give " + pair.culpritVariable(context.layout()).name() + " " + line
                + " bytes of its own: make it a member of a struct that is"
                + " aligned to " + line + " bytes (_Alignas or alignas, in Linux ____cacheline_aligned), since aligning"
                + " the variable alone leaves the rest of its line to the next one; or put it into one struct with"
                + " what the same code uses";
    }
}
