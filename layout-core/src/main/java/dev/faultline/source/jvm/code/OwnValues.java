package dev.faultline.source.jvm.code;

import dev.faultline.access.code.CodeReceiver;
import dev.faultline.access.code.DeclaredField;
import dev.faultline.source.jvm.code.RawClass.Call;
import dev.faultline.source.jvm.code.RawClass.Effect;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which indices of elements differ from thread to thread: what depends on the current thread, what a task was given
 * when it was made, and parameters for which all calls that were read give such a value.
 */
final class OwnValues {

    /** Most methods that hand an index on. */
    private static final int MOST_HELPERS = 4;

    private static final Set<String> TASKS =
            Set.of("java/lang/Runnable", "java/lang/Thread", "java/util/concurrent/Callable");

    /** A call with what is around it. */
    private record Caller(RawClass type, RawClass.Method method, Call call) {}

    private final ClassTable table;
    private final Set<RawClass.Method> threadBodies;
    private final Map<RawClass.Method, List<Caller>> callers = new IdentityHashMap<>();

    /**
     * Learns who calls the methods that have an index as parameter.
     *
     * @param table all classes
     * @param threadBodies the methods that threads start with
     */
    OwnValues(ClassTable table, Set<RawClass.Method> threadBodies) {
        this.table = table;
        this.threadBodies = threadBodies;
        Set<RawClass.Method> open = Collections.newSetFromMap(new IdentityHashMap<>());
        for (RawClass type : table.classes()) {
            for (RawClass.Method method : type.methods) {
                if (method.effects.stream().anyMatch(OwnValues::hasGivenIndex)) {
                    open.add(method);
                }
            }
        }
        for (int i = 0; i < MOST_HELPERS && !open.isEmpty(); i++) {
            open = addCallers(open);
        }
    }

    private static boolean hasGivenIndex(Effect effect) {
        return effect.index != null
                && effect.index.is(Value.Kind.PARAMETER)
                && effect.access.kind().writes();
    }

    /** {@return the callers that give a parameter of their own, and whose callers are not known yet} */
    private Set<RawClass.Method> addCallers(Set<RawClass.Method> called) {
        Set<String> names = new HashSet<>();
        for (RawClass.Method method : called) {
            names.add(method.name);
            callers.put(method, new ArrayList<>(2));
        }
        Set<RawClass.Method> next = Collections.newSetFromMap(new IdentityHashMap<>());
        for (RawClass type : table.classes()) {
            for (RawClass.Method method : type.methods) {
                for (Call call : method.calls) {
                    if (!names.contains(call.method.name())) {
                        continue;
                    }
                    RawClass.Method found = table.method(call.method).orElse(null);
                    if (found != null && called.contains(found)) {
                        callers.get(found).add(new Caller(type, method, call));
                        if (!callers.containsKey(method)) {
                            next.add(method);
                        }
                    }
                }
            }
        }
        return next;
    }

    /**
     * {@return whether different threads have different values there}
     *
     * @param type the class of the method
     * @param method a method
     * @param value a value in it
     * @param isRepeated whether the method uses it more than once; what a task uses once is of no weight
     */
    boolean isOwn(RawClass type, RawClass.Method method, Value value, boolean isRepeated) {
        return isOwn(type, method, value, isRepeated, MOST_HELPERS);
    }

    private boolean isOwn(RawClass type, RawClass.Method method, Value value, boolean isRepeated, int helpers) {
        if (value.is(Value.Kind.PARAMETER)) {
            return threadBodies.contains(method) ? isRepeated : isGivenOwn(method, value.number(), isRepeated, helpers);
        }
        return value.is(Value.Kind.OWN) || isRepeated && isTaskField(type, value);
    }

    private boolean isGivenOwn(RawClass.Method method, int parameter, boolean isRepeated, int helpers) {
        List<Caller> all = callers.getOrDefault(method, List.of());
        return helpers > 0
                && !all.isEmpty()
                && all.stream().allMatch(caller -> {
                    Call call = caller.call();
                    return !call.isDeferred
                            && call.arguments != null
                            && parameter < call.arguments.length
                            && isOwn(
                                    caller.type(),
                                    caller.method(),
                                    call.arguments[parameter],
                                    isRepeated || call.isInLoop,
                                    helpers - 1);
                });
    }

    /** {@return whether it is what a task was given when it was made} */
    private boolean isTaskField(RawClass type, Value value) {
        return value.is(Value.Kind.LOADED)
                && value.from() == CodeReceiver.SELF
                && !value.stepped()
                && table.field(value.member().owner(), value.member().name())
                        .filter(field -> field.declaration().is(DeclaredField.Trait.FINAL))
                        .isPresent()
                && table.isKind(type.name, TASKS::contains);
    }
}
