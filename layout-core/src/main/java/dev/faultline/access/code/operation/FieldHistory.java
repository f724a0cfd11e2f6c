package dev.faultline.access.code.operation;

import dev.faultline.access.AccessKind;
import dev.faultline.access.code.CodeOperation.Reached;
import dev.faultline.access.code.FieldEffect;
import dev.faultline.access.code.StoredValue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which fields are written again and again while threads use the object. A field is quiet when each write to it is rare
 * (in a method that sets up, gives up or configures), stores a constant, or builds what is not there yet.
 */
final class FieldHistory {

    private final Set<String> quiet = new TreeSet<>();

    FieldHistory(List<OperationDraft> drafts) {
        Map<String, Boolean> written = new HashMap<>();
        for (OperationDraft draft : drafts) {
            boolean rare = isRare(draft);
            for (Reached reached : draft.effects()) {
                FieldEffect effect = reached.effect();
                if (effect.isOnField() && effect.kind().writes()) {
                    written.merge(reached.path(), !rare && !isOnce(draft, reached), Boolean::logicalOr);
                }
            }
        }
        written.forEach((path, often) -> {
            if (!often) {
                quiet.add(path);
            }
        });
    }

    /** {@return paths of the fields that are written, but seldom; sorted} */
    Set<String> quiet() {
        return quiet;
    }

    /** {@return whether an operation may run often: its name does not say otherwise, and it is no getter or setter} */
    static boolean mayBeHot(OperationDraft draft) {
        String name = draft.verb();
        boolean accessor = draft.isAccessor() && OperationNames.side(name).isEmpty();
        return draft.isThreadBody()
                || !isRare(draft) && !accessor && (counts(draft) || !OperationNames.isInspection(name));
    }

    /** {@return whether an operation adds to a field} */
    static boolean counts(OperationDraft draft) {
        return draft.effects().stream()
                .map(Reached::effect)
                .anyMatch(effect -> effect.isOnField() && effect.stored().kind() == StoredValue.Kind.STEP);
    }

    /** {@return whether an operation adds to a field, or updates one atomically} */
    static boolean changes(OperationDraft draft) {
        return counts(draft)
                || draft.effects().stream()
                        .map(Reached::effect)
                        .anyMatch(effect -> effect.isOnField() && effect.kind().isAtomicUpdate());
    }

    /** {@return whether an operation runs seldom, by its name} */
    static boolean isRare(OperationDraft draft) {
        String name = draft.verb();
        return !draft.isThreadBody()
                && (OperationNames.isSetUp(name) || OperationNames.isSetter(name) && draft.isAccessor());
    }

    private static boolean isOnce(OperationDraft draft, Reached reached) {
        FieldEffect effect = reached.effect();
        return switch (effect.stored().kind()) {
            case CONSTANT -> effect.kind() == AccessKind.WRITE || effect.isConditional();
            case FRESH -> (effect.kind() == AccessKind.WRITE || effect.isConditional()) && isReadBefore(draft, reached);
            default -> false;
        };
    }

    /** As in {@code if (map == null) map = new HashMap()}. */
    private static boolean isReadBefore(OperationDraft draft, Reached write) {
        boolean sided = OperationNames.side(draft.verb()).isPresent();
        if (sided && write.effect().isConditional()) {
            return false; // the end of a linked queue
        }
        for (Reached reached : draft.effects()) {
            if (reached == write) {
                return false;
            }
            if (reached.path().equals(write.path()) && reached.effect().kind() == AccessKind.READ) {
                return true;
            }
        }
        return false;
    }
}
