package dev.faultline.access.code.operation;

import dev.faultline.access.code.CodeAccess;
import dev.faultline.access.code.CodeClass;
import dev.faultline.access.code.CodeField;
import dev.faultline.access.code.CodeIndex;
import dev.faultline.access.code.CodeMethod;
import dev.faultline.access.code.CodeMethod.Trait;
import dev.faultline.access.code.CodeOperation;
import dev.faultline.access.code.CodeOperation.Reached;
import dev.faultline.access.code.CodeReceiver;
import dev.faultline.access.code.FieldEffect;
import dev.faultline.api.Internal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Finds the operations of a class in its code, and their roles. */
@Internal
public final class CodeAccessBuilder {

    private static final Set<String> ROOTS = Set.of("java.lang.Object", "java.lang.Record", "java.lang.Enum");

    private final CodeIndex index;
    private final List<String> hierarchy;
    private final Map<CodeField, String> paths;
    private final VisibleMethods methods;
    private final String leaf;
    private final List<OperationDraft> drafts = new ArrayList<>();
    private final Set<CodeMethod> handedOver = new HashSet<>();

    private CodeAccessBuilder(CodeIndex index, List<String> hierarchy, Map<CodeField, String> paths) {
        this.index = index;
        this.hierarchy = hierarchy;
        this.paths = paths;
        methods = new VisibleMethods(index, hierarchy);
        leaf = hierarchy.get(hierarchy.size() - 1);
    }

    /**
     * Finds the operations of a class.
     *
     * @param index the code that was read
     * @param hierarchy the class and its superclasses, the root first
     * @param paths for each field its path in the layout
     * @return what the code does to the objects of the class
     */
    public static CodeAccess of(CodeIndex index, List<String> hierarchy, Map<CodeField, String> paths) {
        return new CodeAccessBuilder(index, hierarchy, paths).build();
    }

    private CodeAccess build() {
        findOwn();
        findOthers();
        List<OperationDraft> used =
                drafts.stream().filter(draft -> !draft.effects().isEmpty()).toList();
        FieldHistory history = new FieldHistory(used);
        RoleFinder roles = new RoleFinder(leaf, used, history.quiet(), references());
        boolean judged = !isAbstract();
        List<CodeOperation> operations = new ArrayList<>();
        for (OperationDraft draft : used) {
            RoleFinder.Found found =
                    roles.of(draft).filter(any -> judged).orElse(new RoleFinder.Found(CodeOperation.UNKNOWN, ""));
            operations.add(
                    new CodeOperation(draft.name(), found.role(), found.reason(), roles.isHot(draft), draft.effects()));
        }
        return new CodeAccess(leaf, operations, unused(), history.quiet(), new ArrayList<>(notes(used)));
    }

    /** Objects are made only of its subclasses, which are judged themselves. */
    private boolean isAbstract() {
        return index.of(leaf).filter(one -> one.is(CodeClass.Trait.ABSTRACT)).isPresent()
                && !index.subclassesOf(leaf).isEmpty();
    }

    private void findOwn() {
        List<CodeMethod> entries = methods.entries();
        for (CodeMethod method : entries) {
            CallClosure closure = CallClosure.ofOwn(index, methods, paths, method);
            String name = method.name() + parameters(method, entries);
            String reason = methods.isThreadBody(method) ? "it is what a thread runs" : "";
            drafts.add(new OperationDraft(name, method, true, reason, closure.effects()));
            handedOver(closure);
        }
        for (String type : hierarchy) { // constructors start threads, too
            index.of(type).map(CodeClass::methods).orElse(List.of()).stream()
                    .filter(CodeMethod::isInitializer)
                    .forEach(method -> handedOver(CallClosure.ofOwn(index, methods, paths, method)));
        }
    }

    private void handedOver(CallClosure closure) {
        for (CallClosure.HandedOver one : closure.handedOver()) {
            CodeMethod method = one.method();
            if (!handedOver.add(method)) {
                continue;
            }
            drafts.removeIf(draft -> draft.method().equals(method));
            boolean lambda = method.name().startsWith("lambda$");
            String from = one.name().startsWith("<") ? "constructor" : one.name();
            drafts.add(new OperationDraft(
                    lambda ? "lambda in " + from : method.name(),
                    method,
                    true,
                    "it is handed to a thread (" + one.call().place().words() + ")",
                    CallClosure.ofOwn(index, methods, paths, method).effects()));
        }
    }

    /** Methods of other classes that use fields of the object directly. */
    private void findOthers() {
        Set<String> types = new LinkedHashSet<>();
        for (CodeField field : paths.keySet()) {
            for (FieldEffect effect : index.effectsOn(field)) {
                if (effect.receiver() == CodeReceiver.OTHER
                        && !methods.has(effect.place().type())) {
                    types.add(effect.place().type());
                }
            }
        }
        index.nestedIn(leaf).stream().filter(name -> !methods.has(name)).forEach(types::add);
        for (String type : types) {
            List<CodeMethod> entries = index.of(type).map(CodeClass::methods).orElse(List.of()).stream()
                    .filter(method ->
                            !method.is(Trait.PRIVATE) && !method.is(Trait.SYNTHETIC) && !method.isInitializer())
                    .toList();
            for (CodeMethod method : entries) {
                other(method, entries);
            }
        }
    }

    private void other(CodeMethod method, List<CodeMethod> entries) {
        CallClosure closure = CallClosure.ofOther(index, methods, paths, method);
        String type = method.type();
        String simple = type.substring(type.lastIndexOf('.') + 1);
        String reason = methods.isThreadBody(method) ? "it is what a thread runs" : "";
        drafts.add(new OperationDraft(
                simple + "." + method.name() + parameters(method, entries), method, false, reason, closure.effects()));
    }

    /** Parameter types, where two methods have one name. */
    private static String parameters(CodeMethod method, List<CodeMethod> among) {
        boolean alone = among.stream()
                        .filter(other -> other.name().equals(method.name()))
                        .count()
                < 2;
        return alone ? "" : Descriptors.parameters(method.descriptor());
    }

    private Set<String> references() {
        Set<String> references = new TreeSet<>();
        for (String type : hierarchy) {
            index.of(type)
                    .ifPresent(one -> one.fields().forEach(field -> {
                        String path = paths.get(new CodeField(type, field.name()));
                        if (path != null
                                && (field.descriptor().startsWith("L")
                                        || field.descriptor().startsWith("["))) {
                            references.add(path);
                        }
                    }));
        }
        return references;
    }

    private Set<String> unused() {
        Set<String> unused = new TreeSet<>();
        paths.forEach((field, path) -> {
            if (index.of(field.type()).isPresent() && index.effectsOn(field).isEmpty()) {
                unused.add(path);
            }
        });
        return unused;
    }

    private Set<String> notes(List<OperationDraft> used) {
        Set<String> notes = new LinkedHashSet<>();
        for (String type : hierarchy) {
            if (!ROOTS.contains(type) && index.of(type).isEmpty()) {
                notes.add("the code of its superclass " + type + " was not read");
            }
        }
        if (hierarchy.stream()
                .anyMatch(type -> index.of(type)
                        .filter(one -> one.is(CodeClass.Trait.HAS_NATIVE))
                        .isPresent())) {
            notes.add("what its native methods do is not known");
        }
        Map<String, String> behind = new LinkedHashMap<>();
        for (OperationDraft draft : used) {
            for (Reached reached : draft.effects()) {
                if (reached.effect().reach() == FieldEffect.Reach.REFERENT
                        && reached.effect().kind().writes()) {
                    behind.putIfAbsent(reached.path(), reached.path());
                }
            }
        }
        if (!behind.isEmpty()) {
            notes.add("what " + String.join(", ", behind.keySet()) + (behind.size() == 1 ? " refers" : " refer")
                    + " to is in other objects");
        }
        if (isAbstract()) {
            notes.add("it is abstract: its subclasses are judged");
        }
        return notes;
    }
}
