package dev.faultline.hazard.rules.jvm;

import dev.faultline.access.Certainty;
import dev.faultline.access.code.FieldEffect.Reach;
import dev.faultline.access.object.ObjectDeclaration;
import dev.faultline.access.object.ObjectMember;
import dev.faultline.access.object.VmSizes;
import dev.faultline.hazard.Finding;
import dev.faultline.hazard.Hazard;
import dev.faultline.hazard.HazardRule;
import dev.faultline.hazard.RuleContext;
import dev.faultline.hazard.Severity;
import java.util.List;
import java.util.Optional;

/**
 * Finds arrays whose first elements one operation writes while another uses any element: each use compares the index
 * with the length, which lies before element 0.
 */
@Hazard(summary = "the first elements of an array are written beside its length", severity = Severity.INFO)
public final class ArrayLengthBesideElements implements HazardRule {

    @Override
    public List<Finding> examine(RuleContext context) {
        ObjectDeclaration declaration = context.declaration().orElse(null);
        if (declaration == null || context.code().isEmpty()) {
            return List.of();
        }
        return declaration
                .members()
                .map(member -> finding(context, declaration.vm(), member))
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<Finding> finding(RuleContext context, VmSizes vm, ObjectMember member) {
        Optional<Integer> elementBytes = vm.elementBytes(member.type());
        if (elementBytes.isEmpty()) {
            return Optional.empty();
        }
        int start = vm.arrayHeaderBytes(elementBytes.get());
        int near = Math.max(0, (context.lineBytes() - start) / elementBytes.get());
        List<CodeWriters.Write> writes = CodeWriters.of(context.code(), member.path(), Reach.ELEMENT).writes().stream()
                .filter(write -> isNear(write.element(), near))
                .toList();
        List<CodeWriters.Write> users =
                CodeWriters.users(context.code(), member.path(), Reach.ELEMENT).writes();
        for (CodeWriters.Write write : writes) {
            for (CodeWriters.Write user : users) {
                boolean apart = !user.role().isEmpty()
                        && !write.role().isEmpty()
                        && !user.role().equals(write.role());
                if (apart && !user.element().equals(write.element())) {
                    return Optional.of(finding(context, member, start, write, user));
                }
            }
        }
        return Optional.empty();
    }

    private Finding finding(
            RuleContext context, ObjectMember member, int start, CodeWriters.Write write, CodeWriters.Write user) {
        return context.finding(this)
                .certainty(Certainty.FROM_CODE)
                .fields(List.of(member.path()))
                .message("the elements of " + member.path() + " begin at byte " + start + " of the array, right behind"
                        + " its length: " + write.operation() + " ("
                        + write.place().words() + ") writes element "
                        + write.element() + ", and each use by " + user.operation() + " ("
                        + user.place().words() + ") reads the length")
                .advice("leave the first elements unused, at least " + context.lineBytes() + " bytes")
                .build();
    }

    /** {@return whether the index is known to be below a limit, or is a thread's own, of which some are} */
    private static boolean isNear(String element, int limit) {
        return element.equals("own") || element.matches("[0-9]{1,6}") && Integer.parseInt(element) < limit;
    }
}
