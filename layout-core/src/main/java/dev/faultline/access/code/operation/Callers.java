package dev.faultline.access.code.operation;

import dev.faultline.access.code.CodeCall;
import dev.faultline.access.code.CodeClass;
import dev.faultline.access.code.CodeIndex;
import dev.faultline.access.code.CodeMethod;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Who in the code that was read calls the methods of a class. */
final class Callers {

    private final CodeIndex index;
    private final Set<String> types = new HashSet<>();
    private final Set<String> hierarchy;
    private final Map<CodeMethod, Set<CodeMethod>> found = new IdentityHashMap<>();

    /** The callers of the methods of a class, also of those that call them by a superclass or an interface. */
    Callers(CodeIndex index, List<String> hierarchy) {
        this.index = index;
        this.hierarchy = Set.copyOf(hierarchy);
        hierarchy.forEach(this::addType);
    }

    private void addType(String type) {
        if (types.add(type)) {
            index.of(type).map(CodeClass::interfaces).orElse(List.of()).forEach(this::addType);
        }
    }

    /** {@return whether all known callers of both are in one class that starts no thread} */
    boolean isOneClass(OperationDraft one, OperationDraft other) {
        Set<String> classes = new HashSet<>();
        of(one).forEach(method -> classes.add(method.type()));
        of(other).forEach(method -> classes.add(method.type()));
        return classes.size() == 1
                && !of(one).isEmpty()
                && !of(other).isEmpty()
                && classes.stream().noneMatch(this::startsThreads);
    }

    private boolean startsThreads(String type) {
        return index.of(type).map(CodeClass::methods).orElse(List.of()).stream()
                .flatMap(method -> method.calls().stream())
                .anyMatch(CodeCall::isDeferred);
    }

    /** {@return the methods of other classes that call an operation, in the order of the code} */
    Set<CodeMethod> of(OperationDraft draft) {
        return found.computeIfAbsent(draft.method(), this::callers);
    }

    private Set<CodeMethod> callers(CodeMethod called) {
        return index.callersOf(called.name(), called.descriptor()).stream()
                .filter(caller -> !hierarchy.contains(caller.type())
                        && caller.calls().stream()
                                .anyMatch(call -> call.method().equals(called.name())
                                        && call.descriptor().equals(called.descriptor())
                                        && types.contains(call.type())))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
