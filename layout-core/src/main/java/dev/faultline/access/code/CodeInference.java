package dev.faultline.access.code;

import dev.faultline.access.AccessKind;
import dev.faultline.access.AccessMap;
import dev.faultline.access.Certainty;
import dev.faultline.access.ElementPath;
import dev.faultline.access.Elements;
import dev.faultline.access.Evidence;
import dev.faultline.access.FieldUse;
import dev.faultline.api.Internal;
import dev.faultline.layout.FieldRef;
import dev.faultline.layout.Slot;
import dev.faultline.layout.StructLayout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Turns what code does into uses of the fields of a layout. Only operations count that run often and of which the code
 * shows which threads run them; fields that are written seldom are no writers, and padding is used by none.
 */
@Internal
public final class CodeInference {

    private CodeInference() {}

    /**
     * Finds who uses which field.
     *
     * @param layout the layout
     * @param code what the code does
     * @return the uses, at unknown rates; no uses when the code touches the object and shows no threads that share it;
     *     empty when no code touches it, so that the types of the fields decide
     */
    public static Optional<AccessMap> infer(StructLayout layout, CodeAccess code) {
        if (code.isEmpty()) {
            return Optional.empty();
        }
        Map<String, FieldRef> fields = new HashMap<>();
        for (Slot.Field field : layout.fields()) {
            if (!field.isPadding()) {
                fields.put(field.path(), FieldRef.of(field));
            }
        }
        List<FieldUse> uses = new ArrayList<>();
        for (CodeOperation operation : code.operations()) {
            if (isUse(operation)) {
                uses.addAll(uses(
                        operation,
                        path -> Optional.ofNullable(fields.get(path))
                                .map(field -> new ElementPath(field, Elements.WHOLE))
                                .or(() -> path.indexOf('[') >= 0 ? ElementPath.find(layout, path) : Optional.empty()),
                        code.quiet()));
            }
        }
        return Optional.of(new AccessMap(Certainty.FROM_CODE, "code that uses it", uses, List.of()));
    }

    /** Operations under one lock wait for each other, so the layout decides little. */
    static boolean isUse(CodeOperation operation) {
        return operation.isHot() && operation.hasRole() && !operation.role().equals(CodeOperation.LOCK_HOLDER);
    }

    /** {@return what a profile calls it} */
    static AccessKind kind(FieldEffect effect) {
        return effect.kind() == AccessKind.WRITE && effect.order() == MemoryOrder.VOLATILE
                ? AccessKind.VOLATILE_WRITE
                : effect.kind();
    }

    private static List<FieldUse> uses(
            CodeOperation operation, Function<String, Optional<ElementPath>> fields, Set<String> quiet) {
        List<FieldUse> uses = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (CodeOperation.Reached reached : operation.effects()) {
            FieldEffect effect = reached.effect();
            Optional<ElementPath> field = fields.apply(reached.path());
            AccessKind kind = kind(effect);
            boolean counts = !kind.writes() || !quiet.contains(reached.path()) && !effect.locked();
            if (field.isPresent() && effect.isOnField() && counts && seen.add(kind.writes() + reached.path())) {
                String reason = (kind.writes() ? "written at " : "read at ")
                        + effect.place().words();
                uses.add(new FieldUse(
                        field.get().field(),
                        kind,
                        operation.role(),
                        operation.name(),
                        uses.size(),
                        Double.NaN,
                        0,
                        field.get().elements(),
                        new Evidence(Certainty.FROM_CODE, reason)));
            }
        }
        return uses;
    }
}
