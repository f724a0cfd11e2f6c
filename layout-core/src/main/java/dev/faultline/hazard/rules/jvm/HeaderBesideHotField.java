package dev.faultline.hazard.rules.jvm;

import dev.faultline.access.Certainty;
import dev.faultline.access.code.CodeAccess;
import dev.faultline.access.code.CodeOperation;
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
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds a field beside the header that one operation writes without the lock of the object, while other methods take
 * that lock, which writes the mark word in the header.
 */
@Hazard(
        summary = "a written field lies beside the header, which is written to lock the object",
        severity = Severity.INFO)
public final class HeaderBesideHotField implements HazardRule {

    @Override
    public List<Finding> examine(RuleContext context) {
        ObjectDeclaration declaration = context.declaration().orElse(null);
        if (declaration == null || declaration.lockers().isEmpty()) {
            return List.of();
        }
        List<CodePlace> lockers = oftenLocking(context, declaration);
        return lockers.isEmpty()
                ? List.of()
                : context.layout().fields().stream()
                        .filter(field -> !field.isPadding()
                                && declaration.member(field.path()).isPresent())
                        .map(field -> finding(context, declaration, lockers, field))
                        .flatMap(Optional::stream)
                        .limit(1)
                        .toList();
    }

    /** {@return the methods that take the lock and may run often} */
    private static List<CodePlace> oftenLocking(RuleContext context, ObjectDeclaration declaration) {
        Set<String> often = context.code().map(CodeAccess::operations).orElse(List.of()).stream()
                .filter(CodeOperation::isHot)
                .map(operation -> name(operation.name()))
                .collect(Collectors.toSet());
        return declaration.lockers().stream()
                .filter(locker -> often.contains(locker.function()))
                .toList();
    }

    private Optional<Finding> finding(
            RuleContext context, ObjectDeclaration declaration, List<CodePlace> lockers, Slot.Field field) {
        ByteRange header = ByteRange.ofSize(0, declaration.vm().headerBytes());
        PlacementCount placements = context.placement().meeting(header, field.bytes(), context.lineBytes());
        if (2 * placements.sharing() <= placements.of()) {
            return Optional.empty();
        }
        Set<String> locking =
                declaration.lockers().stream().map(CodePlace::function).collect(Collectors.toSet());
        return CodeWriters.of(context.code(), field.path(), Reach.FIELD).writes().stream()
                .filter(write -> isRepeated(write)
                        && !write.effect().locked()
                        && !locking.contains(write.place().function())
                        && !locking.contains(name(write.operation())))
                .findFirst()
                .map(write -> context.finding(this)
                        .certainty(Certainty.FROM_CODE)
                        .placements(placements)
                        .fields(List.of(field.path()))
                        .message(field.path() + " at byte " + field.byteOffset() + " is written by "
                                + write.operation() + " (" + write.place().words() + ") on the line of the header"
                                + placements.phrase() + ", and "
                                + lockers.get(0).words()
                                + " takes the lock of the object, which writes the mark word at byte 0")
                        .advice("lock an object of its own instead of this one, or declare " + context.lineBytes()
                                + " byte fields of padding in a superclass, before " + field.path())
                        .build());
    }

    /** {@return whether threads share the field, and code steps it rather than setting it once} */
    private static boolean isRepeated(CodeWriters.Write write) {
        return write.isOften()
                && !write.role().isEmpty()
                && write.effect().order().isForThreads()
                && (write.isStep() || write.isOfSingleWriter())
                && !write.place().type().startsWith("java."); // what a superclass offers need not be used
    }

    /** {@return the name of an operation without the types of its parameters} */
    private static String name(String operation) {
        int types = operation.indexOf('(');
        return types < 0 ? operation : operation.substring(0, types);
    }
}
