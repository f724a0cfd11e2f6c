package dev.faultline.access.code;

import dev.faultline.api.Internal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The code of all classes that were read, found by class and by field. Immutable. */
@Internal
public final class CodeIndex {

    /** No code. */
    public static final CodeIndex EMPTY = new CodeIndex(List.of());

    private final Map<String, CodeClass> classes = new LinkedHashMap<>();
    private final Map<CodeField, List<FieldEffect>> effects = new LinkedHashMap<>();
    private final Map<String, List<CodeClass>> subclasses = new LinkedHashMap<>();
    private final Map<String, List<String>> nests = new LinkedHashMap<>();
    /** Of methods that may be called from a class of their nest, and are not found as operations. */
    private final Set<CodeSignature> inward = new HashSet<>();

    private final List<UnreadCode> unread;
    private volatile Map<CodeSignature, List<CodeMethod>> callers;
    private final List<String> notes;
    /** Computed for a class when first asked for. */
    private final Map<String, Map<CodeSignature, CodeMethod>> declared = new ConcurrentHashMap<>();

    private final Map<String, Set<String>> touched = new ConcurrentHashMap<>();

    /** An index of these classes. */
    public CodeIndex(Collection<CodeClass> classes) {
        this(classes, List.of(), List.of());
    }

    /**
     * An index of these classes.
     *
     * @param classes the classes; of two with one name, the first counts
     * @param unread classes whose code could not be read
     * @param notes what was not looked at, a phrase each: {@code "the code of the JDK"}
     */
    public CodeIndex(Collection<CodeClass> classes, List<UnreadCode> unread, List<String> notes) {
        this.unread = List.copyOf(unread);
        this.notes = List.copyOf(notes);
        for (CodeClass one : classes) {
            this.classes.putIfAbsent(one.name(), one);
        }
        for (CodeClass one : this.classes.values()) {
            one.superName()
                    .ifPresent(above -> subclasses
                            .computeIfAbsent(above, any -> new ArrayList<>(1))
                            .add(one));
            nests.computeIfAbsent(outermost(one.name()), any -> new ArrayList<>(1))
                    .add(one.name());
            for (CodeMethod method : one.methods()) {
                if (method.is(CodeMethod.Trait.PRIVATE) || method.is(CodeMethod.Trait.SYNTHETIC)) {
                    inward.add(method.signature());
                }
                for (FieldEffect effect : method.effects()) {
                    effects.computeIfAbsent(effect.field(), any -> new ArrayList<>(2))
                            .add(effect);
                }
            }
        }
    }

    /** {@return all classes} */
    public Collection<CodeClass> classes() {
        return classes.values();
    }

    /** {@return the class of that name} */
    public Optional<CodeClass> of(String name) {
        return Optional.ofNullable(classes.get(name));
    }

    /** {@return the classes that name this one as their superclass} */
    public List<CodeClass> subclassesOf(String name) {
        return subclasses.getOrDefault(name, List.of());
    }

    /**
     * {@return whether a class exists for the layout of one other: it has one subclass, and has only initialisers or no
     * objects of its own}
     *
     * @param name the class
     */
    public boolean isLayer(String name) {
        return subclassesOf(name).size() == 1
                && of(name).filter(one -> one.is(CodeClass.Trait.ABSTRACT)
                                || one.methods().stream().allMatch(CodeMethod::isInitializer))
                        .isPresent();
    }

    private static String outermost(String name) {
        int nested = name.indexOf('$', name.lastIndexOf('.') + 2);
        return nested < 0 ? name : name.substring(0, nested);
    }

    /** {@return the names of the classes that share their outermost class with a class, itself included} */
    public List<String> nestedIn(String name) {
        return nests.getOrDefault(outermost(name), List.of());
    }

    /** {@return the effects of all code on a field, named by the class that declares it} */
    public List<FieldEffect> effectsOn(CodeField field) {
        return effects.getOrDefault(field, List.of());
    }

    /**
     * Finds the method that a call of a class's method runs, when no subclass replaces it.
     *
     * @param type the class
     * @param signature name and types of the method
     * @return the method of the class or of its nearest superclass that was read
     */
    public Optional<CodeMethod> method(String type, CodeSignature signature) {
        Set<String> seen = new HashSet<>();
        for (CodeClass one = classes.get(type); one != null && seen.add(one.name()); ) {
            Optional<CodeMethod> declared = declared(one.name(), signature);
            if (declared.isPresent()) {
                return declared;
            }
            one = one.superName().map(classes::get).orElse(null);
        }
        return Optional.empty();
    }

    /** {@return the calls that give a method to a thread, an executor or a timer} */
    public List<CodeCall> handings(CodeMethod method) {
        return callersOf(method.signature()).stream()
                .flatMap(caller -> caller.calls().stream())
                .filter(call -> call.isDeferred()
                        && call.isForThread()
                        && call.type().equals(method.type())
                        && call.method().equals(method.name()))
                .toList();
    }

    /** {@return the method of that name and types that a class itself declares} */
    public Optional<CodeMethod> declared(String type, CodeSignature signature) {
        CodeClass one = classes.get(type);
        return one == null
                ? Optional.empty()
                : Optional.ofNullable(
                        declared.computeIfAbsent(type, any -> bySignature(one)).get(signature));
    }

    private static Map<CodeSignature, CodeMethod> bySignature(CodeClass one) {
        Map<CodeSignature, CodeMethod> methods = new HashMap<>();
        one.methods().forEach(method -> methods.putIfAbsent(method.signature(), method));
        return methods;
    }

    /**
     * {@return whether methods of a class and its superclasses may reach fields of objects that it is given: they name
     * a field or a private method of one of some other classes}
     */
    public boolean mayTouch(String type, Collection<String> others) {
        Set<String> seen = new HashSet<>();
        for (CodeClass one = classes.get(type); one != null && seen.add(one.name()); ) {
            CodeClass asked = one;
            Set<String> named = touched.computeIfAbsent(one.name(), any -> touched(asked));
            if (others.stream().anyMatch(named::contains)) {
                return true;
            }
            one = one.superName().map(classes::get).orElse(null);
        }
        return false;
    }

    private Set<String> touched(CodeClass one) {
        Set<String> named = new HashSet<>();
        for (CodeMethod method : one.methods()) {
            for (FieldEffect effect : method.effects()) {
                if (effect.receiver() == CodeReceiver.OTHER) {
                    named.add(effect.field().type());
                }
            }
            for (CodeCall call : method.calls()) {
                if (inward.contains(call.signature())) {
                    named.add(call.type());
                }
            }
        }
        return named;
    }

    /** {@return the methods that call a method of that name and types, of whatever class} */
    public List<CodeMethod> callersOf(CodeSignature signature) {
        return callers().getOrDefault(signature, List.of());
    }

    /** Computed when first asked for; two threads that ask at once compute the same. */
    private Map<CodeSignature, List<CodeMethod>> callers() {
        Map<CodeSignature, List<CodeMethod>> known = callers;
        if (known == null) {
            known = new HashMap<>();
            for (CodeClass one : classes.values()) {
                for (CodeMethod method : one.methods()) {
                    for (CodeCall call : method.calls()) {
                        known.computeIfAbsent(call.signature(), any -> new ArrayList<>(2))
                                .add(method);
                    }
                }
            }
            callers = known;
        }
        return known;
    }

    /** {@return the classes whose code could not be read, and why} */
    public List<UnreadCode> unread() {
        return unread;
    }

    /** {@return what was not looked at, a phrase each: {@code "the code of the JDK"}} */
    public List<String> notes() {
        return notes;
    }
}
