package dev.faultline.access.code;

import dev.faultline.api.Internal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * What the code that was read does to the objects of one class or struct.
 *
 * @param type the class or struct
 * @param operations its operations
 * @param unused paths of fields that no code uses and that are no padding
 * @param quiet paths of fields that are written only before other threads see the object, or once
 * @param outside fields that refer to memory outside of Java objects, with their types: {@code "at (MemorySegment)"}
 * @param notes what else was not looked at, a phrase each: {@code "the code of the JDK"}
 */
@Internal
public record CodeAccess(
        String type,
        List<CodeOperation> operations,
        Set<String> unused,
        Set<String> quiet,
        List<String> outside,
        List<String> notes) {
    public CodeAccess {
        Objects.requireNonNull(type);
        operations = List.copyOf(operations);
        unused = Set.copyOf(unused);
        quiet = Set.copyOf(quiet);
        outside = List.copyOf(outside);
        notes = List.copyOf(notes);
    }

    /** {@return the same without fields that are padding among the unused ones} */
    public CodeAccess withoutPadding(Set<String> padding) {
        Set<String> left = new HashSet<>(unused);
        left.removeAll(padding);
        return new CodeAccess(type, operations, left, quiet, outside, notes);
    }

    /**
     * {@return the same with what is known of the memory outside of Java objects}
     *
     * @param structs names of structs that are declared for it
     * @param unknown what is declared for it and is not known, a phrase each
     */
    public CodeAccess withStructsOutside(Collection<String> structs, List<String> unknown) {
        List<String> all = new ArrayList<>(notes);
        all.addAll(unknown);
        List<String> partly = new ArrayList<>(outside);
        if (!partly.isEmpty() && !structs.isEmpty()) {
            int last = partly.size() - 1;
            partly.set(
                    last,
                    partly.get(last) + ", of which only " + String.join(", ", structs)
                            + (structs.size() == 1 ? " is known" : " are known"));
        }
        return new CodeAccess(type, operations, unused, quiet, partly, all);
    }

    /**
     * {@return the same for a layout whose fields have other paths}
     *
     * @param pathOf the new path by the old one
     */
    public CodeAccess renamed(UnaryOperator<String> pathOf) {
        List<CodeOperation> renamed = operations.stream()
                .map(one -> new CodeOperation(
                        one.name(),
                        one.role(),
                        one.roleReason(),
                        one.isHot(),
                        one.effects().stream()
                                .map(reached ->
                                        new CodeOperation.Reached(pathOf.apply(reached.path()), reached.effect()))
                                .toList()))
                .toList();
        return new CodeAccess(type, renamed, renamed(unused, pathOf), renamed(quiet, pathOf), outside, notes);
    }

    private static Set<String> renamed(Set<String> paths, UnaryOperator<String> pathOf) {
        return paths.stream().map(pathOf).collect(Collectors.toSet());
    }

    /** {@return whether no code touches the object, so that nothing is known} */
    public boolean isEmpty() {
        return operations.isEmpty();
    }

    /** {@return what was not looked at, a phrase each} */
    public List<String> unseen() {
        List<String> unseen = new ArrayList<>();
        if (!outside.isEmpty()) {
            unseen.add("memory behind " + String.join(", ", outside));
        }
        unseen.addAll(notes);
        return unseen;
    }
}
