package dev.faultline.access.code.operation;

import dev.faultline.access.AccessKind;
import dev.faultline.access.code.CodeMethod;
import dev.faultline.access.code.CodeOperation.Reached;
import dev.faultline.access.code.FieldEffect;
import dev.faultline.access.code.StoredValue;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * An operation whose threads are not known yet.
 *
 * @param name the operation, as reports show it
 * @param verb the part of its name that says what it does: {@code put} of {@code ring_put}
 * @param method the method at its root
 * @param isOwn whether it is a method of the object, not of another class that uses its fields
 * @param threadReason why a thread of its own runs it: {@code "a thread is given it"}; empty when nothing says so
 * @param effects what it does
 */
record OperationDraft(
        String name, String verb, CodeMethod method, boolean isOwn, String threadReason, List<Reached> effects) {

    /** An operation of a class, whose methods are named by what they do. */
    OperationDraft(String name, CodeMethod method, boolean isOwn, String threadReason, List<Reached> effects) {
        this(name, method.name(), method, isOwn, threadReason, effects);
    }

    boolean isThreadBody() {
        return !threadReason.isEmpty();
    }

    /** {@return paths of the fields on which it has an effect of some kind, sorted} */
    Set<String> paths(Predicate<Reached> which) {
        Set<String> paths = new HashSet<>(); // there are many more effects than paths
        for (Reached reached : effects) {
            if (reached.effect().isOnField() && which.test(reached)) {
                paths.add(reached.path());
            }
        }
        return new TreeSet<>(paths);
    }

    /** {@return the first effect of some kind on a field} */
    Reached first(String path, Predicate<FieldEffect> which) {
        return effects.stream()
                .filter(one -> one.path().equals(path) && one.effect().isOnField() && which.test(one.effect()))
                .findFirst()
                .orElseThrow();
    }

    /** {@return whether it only loads or stores a field or two, as getters and setters do} */
    boolean isAccessor() {
        return effects.stream()
                        .filter(one -> one.effect().kind().writes())
                        .allMatch(one -> one.effect().kind() == AccessKind.WRITE
                                && one.effect().stored().kind() != StoredValue.Kind.STEP)
                && VisibleMethods.isTrivial(method)
                && effects.stream().noneMatch(one -> one.effect().inLoop());
    }
}
