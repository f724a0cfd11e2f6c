package dev.faultline.hazard.rules.jvm;

import dev.faultline.access.AccessKind;
import dev.faultline.access.code.CodeAccess;
import dev.faultline.access.code.CodeOperation;
import dev.faultline.access.code.CodePlace;
import dev.faultline.access.code.FieldEffect;
import dev.faultline.access.code.FieldEffect.Reach;
import dev.faultline.access.code.MemoryOrder;
import dev.faultline.access.code.StoredValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Which operations write or use a field, an element of its array, or the object that it refers to. */
record CodeWriters(List<Write> writes) {

    /**
     * One place that writes or uses it.
     *
     * @param role the role that runs the operation; empty when it is not known
     * @param operation the operation
     * @param isOften whether the operation is one that may run often
     * @param effect what it does there
     */
    record Write(String role, String operation, boolean isOften, FieldEffect effect) {
        boolean writes() {
            return effect.kind().writes();
        }

        /** {@return which element, when it is one, or the method called on the object referred to} */
        String element() {
            return effect.element();
        }

        CodePlace place() {
            return effect.place();
        }

        /** {@return whether code counts with the word or hands something on by it: it does not set it once} */
        boolean isStep() {
            return effect.stored().kind() == StoredValue.Kind.STEP;
        }

        /** {@return whether it is a store that only a single writer may use} */
        boolean isOfSingleWriter() {
            return effect.kind() == AccessKind.WRITE && effect.order() == MemoryOrder.ORDERED;
        }
    }

    CodeWriters {
        writes = List.copyOf(writes);
    }

    /** {@return who writes a field of the layout, or what is behind it} */
    static CodeWriters of(Optional<CodeAccess> code, String path, Reach reach) {
        return found(code, path, effect -> isWrite(effect, reach));
    }

    /** {@return who reads or writes a field of the layout, or what is behind it} */
    static CodeWriters users(Optional<CodeAccess> code, String path, Reach reach) {
        return found(code, path, effect -> effect.reach() == reach);
    }

    private static CodeWriters found(Optional<CodeAccess> code, String path, Predicate<FieldEffect> wanted) {
        List<Write> writes = new ArrayList<>();
        for (CodeOperation operation : code.map(CodeAccess::operations).orElse(List.of())) {
            for (CodeOperation.Reached reached : operation.effects()) {
                if (reached.path().equals(path) && wanted.test(reached.effect())) {
                    writes.add(new Write(
                            operation.hasRole() ? operation.role().name() : "",
                            operation.name(),
                            operation.isHot(),
                            reached.effect()));
                }
            }
        }
        return new CodeWriters(writes);
    }

    private static boolean isWrite(FieldEffect effect, Reach reach) {
        return effect.reach() == reach && effect.kind().writes();
    }

    /** {@return those that some condition holds for} */
    CodeWriters only(Predicate<Write> wanted) {
        return new CodeWriters(writes.stream().filter(wanted).toList());
    }

    boolean isEmpty() {
        return writes.isEmpty();
    }

    /** {@return the roles, as far as they are known} */
    Set<String> roles() {
        return writes.stream().map(Write::role).filter(role -> !role.isEmpty()).collect(Collectors.toSet());
    }

    Set<String> operations() {
        return writes.stream().map(Write::operation).collect(Collectors.toSet());
    }

    /** {@return a place to quote} */
    Optional<Write> first() {
        return writes.stream().findFirst();
    }

    /** {@return whether other roles are known to write this than the other} */
    boolean hasOtherRole(CodeWriters other) {
        return !roles().isEmpty() && !other.roles().isEmpty() && !roles().equals(other.roles());
    }

    /** {@return whether all writes are stores that only a single writer may use} */
    boolean isOfSingleWriter() {
        return !isEmpty() && writes.stream().allMatch(Write::isOfSingleWriter);
    }

    /** {@return whether both are written, and no operation writes both} */
    boolean isApartFrom(CodeWriters other) {
        return !isEmpty() && !other.isEmpty() && operations().stream().noneMatch(other.operations()::contains);
    }
}
