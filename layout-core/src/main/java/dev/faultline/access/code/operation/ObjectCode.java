package dev.faultline.access.code.operation;

import dev.faultline.access.code.CodeCall;
import dev.faultline.access.code.CodeField;
import dev.faultline.access.code.CodeIndex;
import dev.faultline.access.code.CodeMethod;
import dev.faultline.access.code.CodeMethod.Trait;
import dev.faultline.access.code.CodeOperation.Reached;
import dev.faultline.access.code.CodeReceiver;
import dev.faultline.access.code.FieldEffect;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The parts of methods that matter to one object: their effects on its fields and the calls that can be followed to
 * more of these. Looked up once for each method, since many methods lead to the same ones.
 */
final class ObjectCode {

    /** A part of a method. */
    sealed interface Part permits Touch, Call {}

    /** An effect on a field of the object. */
    record Touch(Reached reached) implements Part {}

    /**
     * A call.
     *
     * @param call the call
     * @param target the method that it runs
     * @param own whether the method is one of the object
     * @param onThread whether a thread is given the method to run
     */
    record Call(CodeCall call, CodeMethod target, boolean own, boolean onThread) implements Part {}

    private final CodeIndex index;
    private final VisibleMethods methods;
    private final Map<CodeField, String> paths;
    /** How other code names the object: none for static fields. */
    private final CodeReceiver receiver;

    private final Map<CodeMethod, List<Part>> ofOwn = new IdentityHashMap<>();
    private final Map<CodeMethod, List<Part>> ofOthers = new IdentityHashMap<>();

    ObjectCode(CodeIndex index, VisibleMethods methods, Map<CodeField, String> paths, CodeReceiver receiver) {
        this.receiver = receiver;
        this.index = index;
        this.methods = methods;
        this.paths = paths;
    }

    /**
     * Finds the parts of a method.
     *
     * @param method the method
     * @param own whether it runs on the object itself
     * @return the parts in the order of the code
     */
    List<Part> parts(CodeMethod method, boolean own) {
        Map<CodeMethod, List<Part>> found = own ? ofOwn : ofOthers;
        List<Part> known = found.get(method);
        if (known == null) {
            known = find(method, own);
            found.put(method, known);
        }
        return known;
    }

    private List<Part> find(CodeMethod method, boolean own) {
        List<Part> parts = new ArrayList<>();
        List<CodeCall> calls = method.calls();
        int next = 0;
        for (FieldEffect effect : method.effects()) {
            while (next < calls.size() && isBefore(calls.get(next), effect)) {
                addCall(parts, method, own, calls.get(next++));
            }
            String path = isOnObject(method, own, effect) ? paths.get(effect.field()) : null;
            if (path != null) {
                parts.add(new Touch(new Reached(path, effect)));
            }
        }
        while (next < calls.size()) {
            addCall(parts, method, own, calls.get(next++));
        }
        return parts;
    }

    private void addCall(List<Part> parts, CodeMethod method, boolean own, CodeCall call) {
        target(method, own, call)
                .ifPresent(target -> parts.add(
                        new Call(call, target, methods.has(target.type()), call.isDeferred() && call.isForThread())));
    }

    /** Calls and effects come in two lists; their lines tell the order as far as it matters. */
    private static boolean isBefore(CodeCall call, FieldEffect effect) {
        return call.place().line().orElse(0) < effect.place().line().orElse(0);
    }

    private boolean isOnObject(CodeMethod method, boolean own, FieldEffect effect) {
        if (effect.receiver() == CodeReceiver.SELF) {
            return own;
        }
        boolean given = method.is(Trait.STATIC) && method.name().startsWith("access$") || methods.isHelper(method);
        return effect.receiver() == receiver && (!own || given);
    }

    private Optional<CodeMethod> target(CodeMethod method, boolean own, CodeCall call) {
        if (call.method().startsWith("<") || call.receiver() == CodeReceiver.FRESH) {
            return Optional.empty();
        }
        if (own) {
            return call.receiver() == CodeReceiver.OTHER && !call.isDeferred()
                    ? Optional.empty()
                    : methods.target(method, call);
        }
        if (methods.has(call.type())) {
            return methods.target(method, call)
                    .filter(one -> one.is(Trait.SYNTHETIC) || one.is(Trait.PRIVATE) || one.is(Trait.STATIC));
        }
        boolean sameClass = call.type().equals(method.type());
        return sameClass ? index.method(call.type(), call.signature()) : Optional.empty();
    }
}
