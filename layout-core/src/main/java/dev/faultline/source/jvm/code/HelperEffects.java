package dev.faultline.source.jvm.code;

import dev.faultline.source.jvm.code.RawClass.Call;
import dev.faultline.source.jvm.code.RawClass.Effect;
import dev.faultline.source.jvm.code.RawClass.Target;
import dev.faultline.source.jvm.code.call.AccessCall;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Gives the effects of helper methods to their callers. A method that stores into an array, or through an updater, that
 * it was given does not know whose it is; where it is called, that is known.
 */
final class HelperEffects {

    /** Most different effects of a method on its parameters. */
    private static final int MOST_EFFECTS = 64;

    /** Most effects that are given to callers, in all. */
    private static final int MOST_GIVEN = 1 << 20;

    private static final int NOT_GIVEN = -1;
    private static final int THIS = -2;

    /** A call of a method by another one. */
    private record Caller(RawClass.Method method, Call call) {}

    /** An effect of a method on what it is given, by numbers of parameters. */
    private record Given(
            Target target,
            AccessCall access,
            String method,
            int handle,
            int object,
            int index,
            Value fixedIndex,
            boolean isInLoop) {}

    private int left = MOST_GIVEN;
    private final ClassTable table;
    private final HandleTable handles;
    private final Map<RawClass.Method, List<Caller>> callers = new IdentityHashMap<>();
    private final Map<RawClass.Method, Set<Given>> known = new IdentityHashMap<>();
    private final Deque<RawClass.Method> changed = new ArrayDeque<>();
    private final Map<RawClass.Method, Integer> done = new IdentityHashMap<>();

    private HelperEffects(ClassTable table, HandleTable handles) {
        this.table = table;
        this.handles = handles;
    }

    /** Adds the effects to the callers' own. */
    static void spread(ClassTable table, HandleTable handles) {
        HelperEffects effects = new HelperEffects(table, handles);
        effects.collect();
        effects.run();
    }

    private void collect() {
        for (RawClass type : table.classes()) {
            for (RawClass.Method method : type.methods) {
                for (Effect effect : method.effects) {
                    learn(method, effect);
                }
            }
        }
        if (known.isEmpty()) {
            return;
        }
        for (RawClass type : table.classes()) {
            for (RawClass.Method method : type.methods) {
                for (Call call : method.calls) {
                    if (call.arguments != null) {
                        table.method(call.method)
                                .ifPresent(called -> callers.computeIfAbsent(called, any -> new ArrayList<>(2))
                                        .add(new Caller(method, call)));
                    }
                }
            }
        }
    }

    private void run() {
        while (!changed.isEmpty()) {
            RawClass.Method helper = changed.poll();
            List<Given> all = new ArrayList<>(known.get(helper));
            int from = done.getOrDefault(helper, 0);
            done.put(helper, all.size());
            for (Caller caller : callers.getOrDefault(helper, List.of())) {
                for (Given given : all.subList(from, all.size())) {
                    Effect effect = at(caller, given);
                    if (effect != null && --left >= 0) {
                        caller.method().effects.add(effect);
                        learn(caller.method(), effect);
                    }
                }
            }
        }
    }

    private void learn(RawClass.Method method, Effect effect) {
        Given given = given(effect);
        if (given == null) {
            return;
        }
        Set<Given> all = known.computeIfAbsent(method, any -> new LinkedHashSet<>());
        if (all.size() < MOST_EFFECTS && all.add(given)) {
            changed.add(method);
        }
    }

    private Given given(Effect effect) {
        int handle = effect.target == Target.HANDLE ? parameter(effect.handle) : NOT_GIVEN;
        int object = parameter(effect.object);
        if (effect.target == Target.MEMORY || effect.target == Target.VIEWED || effect.outside != null) {
            return null;
        }
        boolean isOpen = effect.target == Target.HANDLE
                ? handle >= 0 || object >= 0 && !handles.isOfField(effect.handle)
                : effect.target != Target.FIELD && object >= 0;
        if (!isOpen) {
            return null;
        }
        int index = parameter(effect.index);
        return new Given(
                effect.target,
                effect.access,
                effect.method,
                handle,
                object,
                index,
                index >= 0 ? null : effect.index,
                effect.isInLoop);
    }

    private static int parameter(Value value) {
        if (value == null) {
            return NOT_GIVEN;
        }
        return value.is(Value.Kind.PARAMETER) ? value.number() : value.is(Value.Kind.THIS) ? THIS : NOT_GIVEN;
    }

    /** {@return what a helper does where it is called; null when that is nothing that anybody can see} */
    private static Effect at(Caller caller, Given given) {
        Call call = caller.call();
        Value object = given(call, given.object());
        Value handle = given(call, given.handle());
        boolean isSeen = object.isLoaded()
                || object.is(Value.Kind.PARAMETER)
                || given.target() == Target.HANDLE && given.handle() >= 0
                || given.target() == Target.REFERENT && object.is(Value.Kind.THIS);
        if (!isSeen) {
            return null;
        }
        Effect effect = new Effect(call.at, given.target(), given.access());
        effect.object = object;
        effect.handle = given.handle() >= 0 ? handle : Value.UNKNOWN;
        effect.index = given.index() >= 0 ? given(call, given.index()) : given.fixedIndex();
        effect.method = given.method();
        effect.isInLoop = call.isInLoop || given.isInLoop();
        effect.loopAt = call.loopAt;
        effect.isLocked = call.isLocked;
        return effect;
    }

    private static Value given(Call call, int parameter) {
        if (parameter == THIS) {
            return call.receiver == null ? Value.UNKNOWN : call.receiver;
        }
        return parameter >= 0 && parameter < call.arguments.length ? call.arguments[parameter] : Value.UNKNOWN;
    }

    /** {@return the methods that threads and executors start with, as lambdas} */
    static Set<RawClass.Method> threadBodies(ClassTable table) {
        Set<RawClass.Method> bodies = Collections.newSetFromMap(new IdentityHashMap<>());
        for (RawClass type : table.classes()) {
            for (RawClass.Method method : type.methods) {
                for (Call call : method.calls) {
                    boolean isStarted = call.handedTo.startsWith("java.lang.Thread")
                            || call.handedTo.startsWith("java.util.concurrent.") && call.handedTo.contains("Executor");
                    if (isStarted) {
                        table.method(call.method).ifPresent(bodies::add);
                    }
                }
            }
        }
        return bodies;
    }
}
