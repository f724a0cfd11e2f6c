package dev.faultline.access.code.operation;

import dev.faultline.access.code.CodeCall;
import dev.faultline.access.code.CodeMethod;
import dev.faultline.access.code.CodeMethod.Trait;
import dev.faultline.access.code.CodeOperation.Reached;
import dev.faultline.access.code.CodePlace;
import dev.faultline.access.code.FieldEffect;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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

    private record Step(CodeMethod method, boolean own, boolean inLoop, boolean besideThread, boolean locked) {
        int way() {
            return (own ? 1 : 0) + (inLoop ? 2 : 0) + (locked ? 4 : 0) + (besideThread ? 8 : 0);
        }
    }

    private final ObjectCode code;
    private final List<Reached> effects = new ArrayList<>();
    private final List<HandedOver> handedOver = new ArrayList<>();
    /** For each method a bit for each {@link Step#way} in which it was followed; by identity, being one of an index. */
    private final Map<CodeMethod, Integer> seen = new IdentityHashMap<>();

    private int followed;

    private CallClosure(ObjectCode code) {
        this.code = code;
    }

    /** {@return what a method of the object does to it} */
    static CallClosure ofOwn(ObjectCode code, CodeMethod root) {
        CallClosure closure = new CallClosure(code);
        closure.follow(
                new Step(root, true, root.is(Trait.GROUPED), false, root.is(Trait.SYNCHRONIZED)), Optional.empty(), 0);
        return closure;
    }

    /** {@return what a method of another class does to the fields of the object} */
    static CallClosure ofOther(ObjectCode code, CodeMethod root) {
        CallClosure closure = new CallClosure(code);
        closure.follow(new Step(root, false, root.is(Trait.GROUPED), false, false), Optional.empty(), 0);
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
        if (depth > DEEPEST || followed >= MOST_CALLS || !isNew(step)) {
            return;
        }
        followed++;
        boolean helper = from.isPresent() && VisibleMethods.isTrivial(step.method());
        for (ObjectCode.Part part : code.parts(step.method(), step.own())) {
            if (part instanceof ObjectCode.Call call) {
                call(step, call, depth);
            } else if (part instanceof ObjectCode.Touch touch) {
                Reached reached = touch.reached();
                FieldEffect here = reached.effect().within(step.inLoop(), step.besideThread(), step.locked());
                effects.add(
                        new Reached(reached.path(), helper ? here.at(from.get()) : here)); // new: order is by identity
            }
        }
    }

    private boolean isNew(Step step) {
        int bit = 1 << step.way();
        int known = seen.getOrDefault(step.method(), 0);
        if ((known & bit) != 0) {
            return false;
        }
        seen.put(step.method(), known | bit);
        return true;
    }

    private void call(Step step, ObjectCode.Call called, int depth) {
        CodeMethod method = called.target();
        CodeCall call = called.call();
        if (called.onThread()) {
            handedOver.add(new HandedOver(method, step.method().name(), call));
            return;
        }
        boolean locked = step.locked() && !call.isDeferred() || method.is(Trait.SYNCHRONIZED);
        boolean besideThread = step.besideThread() || call.besideThread();
        Step next = new Step(method, called.own(), step.inLoop() || call.inLoop(), besideThread, locked);
        follow(next, Optional.of(call.place()), depth + 1);
    }
}
