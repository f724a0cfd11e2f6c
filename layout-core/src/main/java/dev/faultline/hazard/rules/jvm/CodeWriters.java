package dev.faultline.hazard.rules.jvm;

import dev.faultline.access.code.CodeAccess;
import dev.faultline.access.code.CodeOperation;
import dev.faultline.access.code.CodePlace;
import dev.faultline.access.code.FieldEffect;
import dev.faultline.access.code.FieldEffect.Reach;
import dev.faultline.access.object.StaticField;
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
     * @param element which element, when it is one
     * @param place where
     */
    record Write(String role, String operation, String element, CodePlace place) {}

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
                            operation.role().name(),
                            operation.name(),
                            reached.effect().element(),
                            reached.effect().place()));
                }
            }
        }
        return new CodeWriters(writes);
    }

    /** {@return who writes a static field, or what is behind it; the methods are the operations} */
    static CodeWriters of(StaticField field, Reach reach) {
        return new CodeWriters(field.effects().stream()
                .filter(effect -> isWrite(effect, reach))
                .map(effect -> new Write("", method(effect.place()), effect.element(), effect.place()))
                .toList());
    }

    private static boolean isWrite(FieldEffect effect, Reach reach) {
        return effect.reach() == reach && effect.kind().writes();
    }

    private static String method(CodePlace place) {
        return place.type().substring(place.type().lastIndexOf('.') + 1) + "." + place.function();
    }

    boolean isEmpty() {
        return writes.isEmpty();
    }

    Set<String> roles() {
        return writes.stream().map(Write::role).collect(Collectors.toSet());
    }

    Set<String> operations() {
        return writes.stream().map(Write::operation).collect(Collectors.toSet());
    }

    /** {@return a place to quote} */
    Optional<Write> first() {
        return writes.stream().findFirst();
    }

    /** {@return whether the roles that write the two differ} */
    boolean hasOtherRole(CodeWriters other) {
        return !isEmpty() && !other.isEmpty() && !roles().equals(other.roles());
    }

    /** {@return whether both are written, and no operation writes both} */
    boolean isApartFrom(CodeWriters other) {
        return !isEmpty() && !other.isEmpty() && operations().stream().noneMatch(other.operations()::contains);
    }
}
