package dev.faultline.hazard.rules.jvm;

import dev.faultline.access.Certainty;
import dev.faultline.access.code.FieldEffect.Reach;
import dev.faultline.access.object.DeclaredMember;
import dev.faultline.access.object.ObjectDeclaration;
import dev.faultline.access.object.ObjectDeclaration.Extent;
import dev.faultline.hazard.Finding;
import dev.faultline.hazard.Hazard;
import dev.faultline.hazard.HazardRule;
import dev.faultline.hazard.RuleContext;
import dev.faultline.hazard.Severity;
import java.util.ArrayList;
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
        List<Finding> findings = new ArrayList<>();
        for (GuardedWords words : GuardedWords.of(declaration, context.layout())) {
            List<DeclaredMember> atomics = words.words().stream()
                    .filter(word -> word.isFinal()
                            && AtomicCell.of(word.type(), declaration.vm()).isPresent())
                    .toList();
            if (words.isEnclosed() && atomics.size() == words.words().size()) {
                findings.add(finding(context, declaration, words, atomics));
            }
        }
        return findings;
    }

    private Finding finding(
            RuleContext context, ObjectDeclaration declaration, GuardedWords words, List<DeclaredMember> atomics) {
        DeclaredMember first = atomics.get(0);
        AtomicCell cell = AtomicCell.of(first.type(), declaration.vm()).orElseThrow();
        CodeWriters writers = CodeWriters.of(context.code(), first.path(), Reach.REFERENT);
        String names = atomics.stream().map(DeclaredMember::path).collect(Collectors.joining(", "));
        long bytes = words.before().bytes() + words.behind().bytes();
        String written = writers.first()
                .map(write -> ", written by " + write.operation() + " ("
                        + write.place().words() + "),")
                .orElse("");
        return context.finding(this)
                .severity(writers.isEmpty() ? Severity.INFO : Severity.WARNING)
                .certainty(writers.isEmpty() ? Certainty.DECLARED_BY_TYPE : Certainty.FROM_CODE)
                .fields(atomics.stream().map(DeclaredMember::path).toList())
                .message("the " + bytes + " bytes of padding around " + names + " guard "
                        + (atomics.size() == 1 ? "a final reference" : "final references")
                        + ", which nobody writes; the value of the " + first.type() + written + " is in an object of "
                        + cell.objectBytes() + " bytes elsewhere on the heap, without padding")
                .advice("hold the value in the object, as a volatile field of " + cell.valueBytes()
                        + " bytes between the padding, updated through a VarHandle or field updater; then the padding"
                        + " guards it")
                .build();
    }
}
