package dev.faultline.hazard.rules.jvm;

import dev.faultline.access.FieldActivity;
import dev.faultline.access.code.CodeAccess;
import dev.faultline.access.code.CodeOperation;
import dev.faultline.hazard.RuleContext;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which fields are used and written, no matter by which threads: by a profile, else by code, else by their types.
 *
 * @param isKnown whether anything is known
 * @param used paths of the fields that are read or written
 * @param written paths of the fields that are written again and again
 */
record WordUse(boolean isKnown, Set<String> used, Set<String> written) {

    static WordUse of(RuleContext context) {
        List<CodeOperation> operations =
                context.code().map(CodeAccess::operations).orElse(List.of());
        boolean byCode = !operations.isEmpty() && !context.access().certainty().isOfProfile();
        return byCode ? byCode(context.code().orElseThrow()) : byAccess(context);
    }

    private static WordUse byCode(CodeAccess code) {
        Set<String> used = new HashSet<>();
        Set<String> written = new HashSet<>();
        for (CodeOperation operation : code.operations()) {
            for (CodeOperation.Reached reached : operation.effects()) {
                if (reached.effect().isOnField()) {
                    used.add(reached.path());
                    if (reached.effect().kind().writes() && !code.quiet().contains(reached.path())) {
                        written.add(reached.path());
                    }
                }
            }
        }
        return new WordUse(true, used, written);
    }

    private static WordUse byAccess(RuleContext context) {
        Set<String> used = new HashSet<>();
        Set<String> written = new HashSet<>();
        for (FieldActivity activity : context.access().activities()) {
            used.add(activity.field().path());
            if (activity.isWritten()) {
                written.add(activity.field().path());
            }
        }
        return new WordUse(!used.isEmpty(), used, written);
    }

    /** {@return whether the field is used, as far as anything is known} */
    boolean uses(String path) {
        return !isKnown || used.contains(path);
    }

    boolean writes(String path) {
        return written.contains(path);
    }
}
