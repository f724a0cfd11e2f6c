package dev.faultline.access.code.operation;

import dev.faultline.access.code.CodeCall;
import dev.faultline.access.code.CodeClass;
import dev.faultline.access.code.CodeIndex;
import dev.faultline.access.code.CodeMethod;
import dev.faultline.access.code.CodeMethod.Trait;
import dev.faultline.access.code.CodeReceiver;
import dev.faultline.access.code.CodeSignature;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The methods of one object: those of its class and superclasses, where the nearest to its class replace others. */
final class VisibleMethods {

    /** A trivial method does no more than this. */
    private static final int FEW = 2;

    private final CodeIndex index;
    private final List<String> hierarchy;
    private final Map<String, Integer> depths = new HashMap<>();
    private final Map<CodeSignature, CodeMethod> replaced = new LinkedHashMap<>();
    private final Set<CodeSignature> calledInside = new HashSet<>();
    private final Set<CodeMethod> helpers = Collections.newSetFromMap(new IdentityHashMap<>());

    VisibleMethods(CodeIndex index, List<String> hierarchy) {
        this.index = index;
        this.hierarchy = List.copyOf(hierarchy);
        for (int depth = 0; depth < hierarchy.size(); depth++) {
            depths.put(hierarchy.get(depth), depth);
        }
        for (String type : hierarchy) {
            for (CodeMethod method : methods(type)) {
                if (!method.is(Trait.PRIVATE) && !method.is(Trait.STATIC) && !method.is(Trait.ABSTRACT)) {
                    replace(method);
                }
                for (CodeCall call : method.calls()) {
                    boolean isForThread = call.isDeferred() && call.isForThread();
                    if (depths.containsKey(call.type()) && call.receiver() != CodeReceiver.OTHER && !isForThread) {
                        calledInside.add(call.signature());
                    }
                }
            }
        }
        for (String type : hierarchy) {
            methods(type).stream().filter(method -> !method.is(Trait.STATIC)).forEach(this::addHelpers);
        }
    }

    /** Static methods that a method of the object, or a helper of it, gives the object. */
    private void addHelpers(CodeMethod caller) {
        for (CodeCall call : caller.calls()) {
            if (call.receiver() == CodeReceiver.NONE && !call.isDeferred()) {
                target(caller, call)
                        .filter(one -> one.is(Trait.STATIC) && !one.is(Trait.PUBLIC) && takesOne(one.descriptor()))
                        .filter(helpers::add)
                        .ifPresent(this::addHelpers);
            }
        }
    }

    /** Whether one parameter is of a class of the object: with two, one of them is another object. */
    private boolean takesOne(String descriptor) {
        String parameters = descriptor.substring(0, descriptor.indexOf(')') + 1).replace('/', '.');
        return hierarchy.stream()
                        .filter(type -> !type.equals("java.lang.Object"))
                        .mapToInt(type -> parameters.split(Pattern.quote("L" + type + ";"), -1).length - 1)
                        .sum()
                == 1;
    }

    /** {@return whether a method is static, and is given the object by the object's own methods} */
    boolean isHelper(CodeMethod method) {
        return helpers.contains(method);
    }

    /** A bridge that only calls the method of a superclass replaces nothing. */
    private void replace(CodeMethod method) {
        CodeSignature key = method.signature();
        CodeMethod above = replaced.get(key);
        if (above == null || !method.is(Trait.SYNTHETIC) || above.is(Trait.SYNTHETIC)) {
            replaced.put(key, method);
        }
    }

    private List<CodeMethod> methods(String type) {
        return index.of(type).map(CodeClass::methods).orElse(List.of());
    }

    /** {@return whether a class is the object's, or a superclass} */
    boolean has(String type) {
        return depths.containsKey(type);
    }

    /** {@return the methods that others call, those of the object's class first; of a library's superclass, none} */
    List<CodeMethod> entries() {
        List<CodeMethod> entries = new ArrayList<>();
        for (CodeMethod method : replaced.values()) {
            boolean helper =
                    calledInside.contains(method.signature()) && (!method.is(Trait.PUBLIC) || isTrivial(method));
            boolean foreign = index.of(method.type())
                    .filter(type -> type.is(CodeClass.Trait.ALONE))
                    .isPresent();
            if (!method.isInitializer() && !method.is(Trait.SYNTHETIC) && !helper && !foreign) {
                entries.add(method);
            }
        }
        entries.sort(Comparator.comparing((CodeMethod method) -> -depths.get(method.type())));
        return entries;
    }

    /** {@return whether a method only loads or stores a field, or does about as much} */
    static boolean isTrivial(CodeMethod method) {
        return method.effects().size() <= FEW && method.calls().isEmpty();
    }

    /** {@return the method of the object that a call in one of its methods runs} */
    Optional<CodeMethod> target(CodeMethod caller, CodeCall call) {
        Integer depth = depths.get(call.type());
        if (depth == null) {
            return Optional.empty();
        }
        Optional<CodeMethod> named = from(depth, call);
        boolean fixed = named.isPresent()
                && (named.get().is(Trait.PRIVATE) || named.get().is(Trait.STATIC));
        boolean above = depths.getOrDefault(caller.type(), -1) > depth; // a call of super
        if (fixed || above) {
            return named;
        }
        return Optional.ofNullable(replaced.get(call.signature()));
    }

    private Optional<CodeMethod> from(int depth, CodeCall call) {
        for (int i = depth; i >= 0; i--) {
            Optional<CodeMethod> declared = index.declared(hierarchy.get(i), call.signature());
            if (declared.isPresent()) {
                return declared;
            }
        }
        return Optional.empty();
    }

    /** {@return whether the object is given to a thread as a whole, and this is what the thread runs} */
    boolean isThreadBody(CodeMethod method) {
        boolean body = method.name().equals("run") && method.descriptor().equals("()V")
                || method.name().equals("call") && method.descriptor().startsWith("()")
                || method.name().equals("compute") && method.descriptor().startsWith("()");
        return body && isThreadType(index, method.type(), new HashSet<>());
    }

    static boolean isThreadType(CodeIndex index, String type, Set<String> seen) {
        switch (type) {
            case "java.lang.Runnable", "java.util.concurrent.Callable", "java.lang.Thread", "java.util.TimerTask":
                return true;
            case "java.util.concurrent.RecursiveAction", "java.util.concurrent.RecursiveTask":
                return true;
            default:
                break;
        }
        Optional<CodeClass> known = seen.add(type) ? index.of(type) : Optional.empty();
        return known.isPresent()
                && (known.get().interfaces().stream().anyMatch(one -> isThreadType(index, one, seen))
                        || known.get()
                                .superName()
                                .filter(one -> isThreadType(index, one, seen))
                                .isPresent());
    }
}
