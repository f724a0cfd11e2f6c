package dev.faultline.hazard.rules.jvm;

import dev.faultline.access.Certainty;
import dev.faultline.access.code.FieldEffect.Reach;
import dev.faultline.access.object.ObjectDeclaration;
import dev.faultline.access.object.ObjectDeclaration.Extent;
import dev.faultline.access.object.ObjectMember;
import dev.faultline.hazard.Finding;
import dev.faultline.hazard.Hazard;
import dev.faultline.hazard.HazardRule;
import dev.faultline.hazard.RuleContext;
import dev.faultline.hazard.Severity;
import java.util.List;
import java.util.stream.Collectors;

/** Finds padding whose only neighbours are final references to atomics: the words that are written are elsewhere. */
@Hazard(
        summary = "padding guards a final reference; the contended word is in another object",
        severity = Severity.WARNING)
public final class PaddingAroundReference implements HazardRule {

    @Override
    public List<Finding> examine(RuleContext context) {
        ObjectDeclaration declaration = context.declaration().orElse(null);
        if (declaration == null || declaration.extent() == Extent.ABSTRACT) {
            return List.of();
        }
        List<GuardedWords> runs = GuardedWords.of(declaration, context.layout()).stream()
                .filter(words -> words.isEnclosed() && words.areAtomics(declaration.vm()))
                .toList();
        return runs.isEmpty() ? List.of() : List.of(finding(context, declaration, runs));
    }

    private Finding finding(RuleContext context, ObjectDeclaration declaration, List<GuardedWords> runs) {
        List<ObjectMember> atomics =
                runs.stream().flatMap(words -> words.words().stream()).toList();
        ObjectMember first = atomics.get(0);
        AtomicCell cell = AtomicCell.of(first.type(), declaration.vm()).orElseThrow();
        CodeWriters writers = CodeWriters.of(context.code(), first.path(), Reach.REFERENT);
        String names = atomics.stream().map(ObjectMember::path).collect(Collectors.joining(", "));
        long bytes = runs.get(0).before().bytes() + runs.get(0).behind().bytes();
        String written = writers.first()
                .map(write -> ", which " + write.operation() + " writes ("
                        + write.place().words() + "),")
                .orElse("");
        String one = atomics.size() == 1 ? "a final reference" : "final references";
        return context.finding(this)
                .severity(writers.isEmpty() ? Severity.INFO : Severity.WARNING)
                .certainty(writers.isEmpty() ? Certainty.DECLARED_BY_TYPE : Certainty.FROM_CODE)
                .fields(atomics.stream().map(ObjectMember::path).toList())
                .message("the padding around " + names + ", " + bytes + " bytes around " + first.path() + ", guards "
                        + one + ", written only by constructors; the value of the " + first.type() + written
                        + " is in an object of " + cell.objectBytes() + " bytes elsewhere on the heap, without padding")
                .advice("hold the value between the padding, as a volatile "
                        + (first.type().equals("AtomicReference") ? "reference" : "long of 8 bytes")
                        + " updated through a VarHandle or field updater; then the "
                        + bytes + " bytes of padding guard it")
                .build();
    }
}
