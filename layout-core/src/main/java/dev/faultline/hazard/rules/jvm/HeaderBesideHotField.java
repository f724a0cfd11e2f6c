package dev.faultline.hazard.rules.jvm;

import dev.faultline.access.Certainty;
import dev.faultline.access.code.CodePlace;
import dev.faultline.access.code.FieldEffect.Reach;
import dev.faultline.access.object.ObjectDeclaration;
import dev.faultline.hazard.Finding;
import dev.faultline.hazard.Hazard;
import dev.faultline.hazard.HazardRule;
import dev.faultline.hazard.RuleContext;
import dev.faultline.hazard.Severity;
import dev.faultline.layout.ByteRange;
import dev.faultline.layout.Slot;
import dev.faultline.machine.PlacementCount;
import java.util.List;
import java.util.Optional;

/**
 * Finds a field beside the header that one operation writes without the lock of the object, while other methods take
 * that lock, which writes the mark word in the header.
 */
@Hazard(
        summary = "a written field lies beside the header, which other threads write to lock the object",
        severity = Severity.INFO)
public final class HeaderBesideHotField implements HazardRule {

    @Override
    public List<Finding> examine(RuleContext context) {
        ObjectDeclaration declaration = context.declaration().orElse(null);
        if (declaration == null || declaration.lockers().isEmpty()) {
            return List.of();
        }
        Optional<Slot.Field> first = context.layout().fields().stream()
                .filter(field ->
                        !field.isPadding() && declaration.member(field.path()).isPresent())
                .findFirst();
        return first.flatMap(field -> finding(context, declaration, field)).stream()
                .toList();
    }

    private Optional<Finding> finding(RuleContext context, ObjectDeclaration declaration, Slot.Field field) {
        ByteRange header = ByteRange.ofSize(0, declaration.vm().headerBytes());
        PlacementCount placements = context.placement().meeting(header, field.bytes(), context.lineBytes());
        List<CodeWriters.Write> unlocked = CodeWriters.of(context.code(), field.path(), Reach.FIELD).writes().stream()
                .filter(write -> declaration.lockers().stream()
                        .noneMatch(
                                locker -> locker.function().equals(write.place().function())
                                        || locker.function().equals(name(write.operation()))))
                .toList();
        if (unlocked.isEmpty() || placements.never()) {
            return Optional.empty();
        }
        CodeWriters.Write write = unlocked.get(0);
        CodePlace locker = declaration.lockers().get(0);
        return Optional.of(context.finding(this)
                .certainty(Certainty.FROM_CODE)
                .placements(placements)
                .fields(List.of(field.path()))
                .message(field.path() + " at byte " + field.byteOffset() + " is written by " + write.operation() + " ("
                        + write.place().words() + ") on the line of the header" + placements.phrase()
                        + ", and " + locker.words()
                        + " takes the lock of the object, which writes the mark word at byte 0")
                .advice("lock an object of its own instead of this one, or declare " + context.lineBytes()
                        + " byte fields of padding in a superclass, before " + field.path())
                .build());
    }

    /** {@return the name of an operation without the types of its parameters} */
    private static String name(String operation) {
        int types = operation.indexOf('(');
        return types < 0 ? operation : operation.substring(0, types);
    }
}
