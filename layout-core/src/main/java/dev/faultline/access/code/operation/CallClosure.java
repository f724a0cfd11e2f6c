package dev.faultline.access.code.operation;

import dev.faultline.access.code.CodeCall;
import dev.faultline.access.code.CodeField;
import dev.faultline.access.code.CodeIndex;
import dev.faultline.access.code.CodeMethod;
import dev.faultline.access.code.CodeMethod.Trait;
import dev.faultline.access.code.CodeOperation.Reached;
import dev.faultline.access.code.CodePlace;
import dev.faultline.access.code.CodeReceiver;
import dev.faultline.access.code.FieldEffect;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a method does to one object, with everything that the methods it calls on that object do. Bounded: code that
 * calls more than {@link #MOST_CALLS} methods is followed no further.
 */
final class CallClosure {

    /** The most methods that are followed from one. */
    static final int MOST_CALLS = 500;

    private static final int DEEPEST = 24;

    /** A method that a thread or executor is given to run. */
    record HandedOver(CodeMethod method, String name, CodeCall call) {}

    private record Step(CodeMethod method, boolean own, boolean inLoop, boolean locked) {}

    private final CodeIndex index;
    private final VisibleMethods methods;
    private final Map<CodeField, String> paths;
    private final List<Reached> effects = new ArrayList<>();
    private final List<HandedOver> handedOver = new ArrayList<>();
    private final Set<Step> seen = new HashSet<>();

    private CallClosure(CodeIndex index, VisibleMethods methods, Map<CodeField, String> paths) {
        this.index = index;
        this.methods = methods;
        this.paths = paths;
    }

    /** {@return what a method of the object does to it} */
    static CallClosure ofOwn(CodeIndex index, VisibleMethods methods, Map<CodeField, String> paths, CodeMethod root) {
        CallClosure closure = new CallClosure(index, methods, paths);
        closure.follow(new Step(root, true, false, root.is(Trait.SYNCHRONIZED)), Optional.empty(), 0);
        return closure;
    }

    /** {@return what a method of another class does to the fields of the object} */
    static CallClosure ofOther(CodeIndex index, VisibleMethods methods, Map<CodeField, String> paths, CodeMethod root) {
        CallClosure closure = new CallClosure(index, methods, paths);
        closure.follow(new Step(root, false, false, false), Optional.empty(), 0);
        return closure;
    }

    /** {@return the effects, in the order of the code} */
    List<Reached> effects() {
        return effects;
    }

    /** {@return what is made here and run by a thread} */
    List<HandedOver> handedOver() {
        return handedOver;
    }

    /** The effects of a helper are told to be where it is called. */
    private void follow(Step step, Optional<CodePlace> from, int depth) {
        if (depth > DEEPEST || seen.size() >= MOST_CALLS || !seen.add(step)) {
            return;
        }
        CodeMethod method = step.method();
        boolean helper = from.isPresent() && VisibleMethods.isTrivial(method);
        int next = 0;
        for (FieldEffect effect : method.effects()) {
            while (next < method.calls().size() && isBefore(method.calls().get(next), effect)) {
                call(step, method.calls().get(next++), depth);
            }
            String path = paths.get(effect.field());
            if (path != null && isOnObject(step, effect)) {
                FieldEffect here = effect.within(step.inLoop(), step.locked());
                effects.add(new Reached(path, helper ? here.at(from.get()) : here));
            }
        }
        while (next < method.calls().size()) {
            call(step, method.calls().get(next++), depth);
        }
    }

    /** Calls and effects come in two lists; their lines tell the order as far as it matters. */
    private static boolean isBefore(CodeCall call, FieldEffect effect) {
        return call.place().line().orElse(0) < effect.place().line().orElse(0);
    }

    private static boolean isOnObject(Step step, FieldEffect effect) {
        if (effect.receiver() == CodeReceiver.SELF) {
            return step.own();
        }
        boolean given = step.method().is(Trait.STATIC) && step.method().name().startsWith("access$");
        return effect.receiver() == CodeReceiver.OTHER && (!step.own() || given);
    }

    private void call(Step step, CodeCall call, int depth) {
        Optional<CodeMethod> target = target(step, call);
        if (target.isEmpty()) {
            return;
        }
        CodeMethod method = target.get();
        if (call.isDeferred() && isForThread(call.handedTo())) {
            handedOver.add(new HandedOver(method, step.method().name(), call));
            return;
        }
        boolean own = methods.has(method.type());
        boolean locked = step.locked() && !call.isDeferred() || method.is(Trait.SYNCHRONIZED);
        follow(new Step(method, own, step.inLoop() || call.inLoop(), locked), Optional.of(call.place()), depth + 1);
    }

    private Optional<CodeMethod> target(Step step, CodeCall call) {
        if (call.method().startsWith("<") || call.receiver() == CodeReceiver.FRESH) {
            return Optional.empty();
        }
        if (step.own()) {
            return call.receiver() == CodeReceiver.OTHER && !call.isDeferred()
                    ? Optional.empty()
                    : methods.target(step.method(), call);
        }
        if (methods.has(call.type())) {
            return methods.target(step.method(), call)
                    .filter(method -> method.is(Trait.SYNTHETIC) || method.is(Trait.PRIVATE));
        }
        boolean sameClass = call.type().equals(step.method().type());
        return sameClass ? index.method(call.type(), call.method(), call.descriptor()) : Optional.empty();
    }

    /** Whether a method runs what it is given on a thread. */
    private static boolean isForThread(String handedTo) {
        int dot = handedTo.lastIndexOf('.');
        String type = handedTo.substring(0, Math.max(0, dot));
        String method = handedTo.substring(dot + 1);
        return switch (method) {
            case "<init>" ->
                type.equals("java.lang.Thread") || type.endsWith("Thread") || type.equals("java.util.TimerTask");
            case "execute", "submit", "schedule", "scheduleAtFixedRate", "scheduleWithFixedDelay", "invokeAll" -> true;
            case "runAsync", "supplyAsync", "startVirtualThread", "start", "unstarted", "newThread" -> true;
            default -> false;
        };
    }
}
