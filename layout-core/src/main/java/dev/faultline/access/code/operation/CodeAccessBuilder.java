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
        List<OperationDraft> used = new ArrayList<>(
                drafts.stream().filter(draft -> !draft.effects().isEmpty()).toList());
        Callers callers = new Callers(index, hierarchy);
        used.addAll(together(used, callers));
        FieldHistory history = new FieldHistory(used);
        List<OperationDraft> hot =
                withoutBatches(used.stream().filter(FieldHistory::mayBeHot).toList());
        HotWrites writes = new HotWrites(hot, history.quiet(), references(false), references(true));
        RoleFinder roles = new RoleFinder(leaf, hot, writes, callers);
        boolean judged = !isAbstract();
        List<CodeOperation> operations = new ArrayList<>();
        for (OperationDraft draft : used) {
            RoleFinder.Found found =
                    roles.of(draft).filter(any -> judged).orElse(new RoleFinder.Found(CodeOperation.UNKNOWN, ""));
            operations.add(new CodeOperation(
                    draft.name(), found.role(), found.reason(), hot.contains(draft), draft.effects()));
        }
        return new CodeAccess(
                leaf,
                operations,
                unused(),
                quiet(used, writes),
                OutsideMemory.of(index, paths),
                new ArrayList<>(notes(used)));
    }

    /** Fields that are written, and of which the code does not show that this happens often. */
    private static Set<String> quiet(List<OperationDraft> used, HotWrites writes) {
        Set<String> quiet = new TreeSet<>();
        used.forEach(
                draft -> quiet.addAll(draft.paths(one -> one.effect().kind().writes())));
        quiet.removeAll(writes.fields());
        return quiet;
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
        drafts.add(foreign(
                method,
                parameters(method, entries),
                CallClosure.ofOther(index, methods, paths, method).effects()));
    }

    private OperationDraft foreign(CodeMethod method, String parameters, List<Reached> effects) {
        String type = method.type();
        String simple = type.substring(type.lastIndexOf('.') + 1);
        String reason = methods.isThreadBody(method) ? "it is what a thread runs" : "";
        return new OperationDraft(simple + "." + method.name() + parameters, method, false, reason, effects);
    }

    /** Methods of other classes that call two or more operations that count something: one thread runs these. */
    private List<OperationDraft> together(List<OperationDraft> used, Callers callers) {
        Map<CodeMethod, List<OperationDraft>> called = new LinkedHashMap<>();
        for (OperationDraft draft : used) {
            if (draft.isOwn() && HotWrites.side(draft).isEmpty() && FieldHistory.counts(draft)) {
                for (CodeMethod caller : callers.of(draft)) {
                    called.computeIfAbsent(caller, any -> new ArrayList<>()).add(draft);
                }
            }
        }
        List<OperationDraft> found = new ArrayList<>();
        called.forEach((caller, drafts) -> {
            boolean known = used.stream().anyMatch(draft -> draft.method().equals(caller));
            if (drafts.size() > 1 && !known) {
                List<Reached> effects = new ArrayList<>();
                drafts.forEach(draft -> effects.addAll(draft.effects()));
                found.add(foreign(caller, Descriptors.parameters(caller.descriptor()), effects));
            }
        });
        return found;
    }

    /** Parameter types, where two methods have one name. */
    private static String parameters(CodeMethod method, List<CodeMethod> among) {
        boolean alone = among.stream()
                        .filter(other -> other.name().equals(method.name()))
                        .count()
                < 2;
        return alone ? "" : Descriptors.parameters(method.descriptor());
    }

    /** Paths of the fields that hold references: all, or those to arrays. */
    private Set<String> references(boolean arrays) {
        Set<String> declared = new TreeSet<>();
        for (String type : hierarchy) {
            index.of(type)
                    .ifPresent(one -> one.fields().forEach(field -> {
                        String path = paths.get(new CodeField(type, field.name()));
                        boolean array = field.descriptor().startsWith("[")
                                || field.descriptor().matches("Ljava/util/concurrent/atomic/Atomic\\w+Array;");
                        if (path != null
                                && (array || !arrays && field.descriptor().startsWith("L"))) {
                            declared.add(path);
                        }
                    }));
        }
        return declared;
    }

    /** Operations on many elements at a time read the fields seldom, if there are others that take one. */
    private static List<OperationDraft> withoutBatches(List<OperationDraft> drafts) {
        Set<OperationNames.Side> single = new HashSet<>();
        for (OperationDraft draft : drafts) {
            if (!OperationNames.isBatch(draft.method().name())) {
                HotWrites.side(draft).ifPresent(single::add);
            }
        }
        return drafts.stream()
                .filter(draft -> !OperationNames.isBatch(draft.method().name())
                        || HotWrites.side(draft).filter(single::contains).isEmpty())
                .toList();
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
        Set<String> notes = new LinkedHashSet<>(index.notes());
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
