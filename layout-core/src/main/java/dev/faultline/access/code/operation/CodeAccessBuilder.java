package dev.faultline.access.code.operation;

import dev.faultline.access.code.CodeAccess;
import dev.faultline.access.code.CodeCall;
import dev.faultline.access.code.CodeClass;
import dev.faultline.access.code.CodeField;
import dev.faultline.access.code.CodeIndex;
import dev.faultline.access.code.CodeMethod;
import dev.faultline.access.code.CodeMethod.Trait;
import dev.faultline.access.code.CodeOperation;
import dev.faultline.access.code.CodeOperation.Reached;
import dev.faultline.access.code.CodePlace;
import dev.faultline.access.code.CodeReceiver;
import dev.faultline.access.code.FieldEffect;
import dev.faultline.api.Internal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds the operations of a class in its code, and their roles. */
@Internal
public final class CodeAccessBuilder {

    private static final Set<String> ROOTS = Set.of("java.lang.Object", "java.lang.Record", "java.lang.Enum");

    private static final Pattern ATOMIC_ARRAY = Pattern.compile("Ljava/util/concurrent/atomic/Atomic\\w+Array;");

    private static final String MAIN = "([Ljava/lang/String;)V";

    private final CodeIndex index;
    private final List<String> hierarchy;
    private final Map<CodeField, String> paths;
    private final VisibleMethods methods;
    private final ObjectCode code;
    private final String leaf;
    private final List<OperationDraft> drafts = new ArrayList<>();
    /** Whether a method of a name is one, asked for each effect. */
    private final Map<String, Boolean> detours = new HashMap<>();

    private final Set<CodeMethod> handedOver = new HashSet<>();
    /** How many lambdas of a method are handed over so far. */
    private final Map<String, Integer> lambdas = new HashMap<>();

    /** Classes whose methods are operations of what is no object; none for a class. */
    private final Set<String> wrappers;
    /** Whether the fields are static ones. */
    private final boolean isStatic;

    private CodeAccessBuilder(
            CodeIndex index,
            List<String> hierarchy,
            Map<CodeField, String> paths,
            Set<String> wrappers,
            boolean isStatic) {
        this.wrappers = wrappers;
        this.isStatic = isStatic;
        this.index = index;
        this.hierarchy = hierarchy;
        this.paths = paths;
        methods = new VisibleMethods(index, hierarchy);
        code = new ObjectCode(index, methods, paths, isStatic ? CodeReceiver.NONE : CodeReceiver.OTHER);
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
        return new CodeAccessBuilder(index, hierarchy, paths, Set.of(), false).build();
    }

    /**
     * Finds the operations on a struct that is no object, which classes access by offset.
     *
     * @param index the code that was read, in which the struct is a class without code
     * @param struct its name
     * @param paths for each field its path in the layout
     * @return what the code does to the struct
     */
    public static CodeAccess ofStruct(CodeIndex index, String struct, Map<CodeField, String> paths) {
        Set<String> wrappers = new TreeSet<>();
        for (CodeField field : paths.keySet()) {
            index.effectsOn(field).forEach(effect -> wrappers.add(effect.place().type()));
        }
        return new CodeAccessBuilder(index, List.of(struct), paths, wrappers, false).build();
    }

    /**
     * Finds the operations on the static fields of a class, those of other classes among them.
     *
     * @param index the code that was read
     * @param type the class
     * @param literal what the fields are called together: the class literal
     * @param paths for each static field its path
     * @return what the code does to them, static initialisers left out
     */
    public static CodeAccess ofStatics(CodeIndex index, String type, String literal, Map<CodeField, String> paths) {
        return new CodeAccessBuilder(index, List.of(literal), paths, Set.of(type), true).build();
    }

    private CodeAccess build() {
        findOwn();
        findOthers();
        if (isStatic) {
            findUnreached();
        }
        drafts.replaceAll(CodeAccessBuilder::besideThreads);
        List<OperationDraft> used = new ArrayList<>(
                drafts.stream().filter(draft -> !draft.effects().isEmpty()).toList());
        Callers callers = new Callers(
                index, Stream.concat(hierarchy.stream(), wrappers.stream()).toList());
        used.addAll(together(used, callers));
        FieldHistory history = new FieldHistory(used);
        List<OperationDraft> hot = new ArrayList<>(withoutBatches(used.stream()
                .filter(draft -> FieldHistory.mayBeHot(draft) && !isPeriodic(draft))
                .toList()));
        Map<OperationDraft, Integer> order = new IdentityHashMap<>();
        used.forEach(draft -> order.put(draft, detour(draft)));
        hot.sort(Comparator.comparingInt(order::get));
        used.sort(Comparator.comparingInt(order::get));
        HotWrites writes = new HotWrites(hot, history.quiet(), references(false), references(true), false);
        RoleFinder roles = new RoleFinder(leaf, hot, writes, callers::isOneClass);
        boolean judged = !isAbstract();
        List<CodeOperation> operations = operations(
                used, hot, draft -> roles.of(draft).filter(any -> judged), draft -> usualFirst(draft.effects()));
        return new CodeAccess(
                leaf,
                operations,
                isStatic ? Set.of() : unused(), // constants are in the code that uses them
                quiet(used, writes),
                OutsideMemory.of(index, paths),
                new ArrayList<>(notes(used)));
    }

    /**
     * A method that starts threads and loops while these run is one more thread. It counts with what it does in those
     * loops; the rest sets up.
     */
    private static OperationDraft besideThreads(OperationDraft draft) {
        List<Reached> beside = draft.effects().stream()
                .filter(one -> one.effect().besideThread())
                .toList();
        boolean writes = beside.stream().anyMatch(one -> one.effect().kind().writes());
        return draft.isThreadBody() || !writes || OperationNames.isSetUp(draft.verb())
                ? draft
                : new OperationDraft(
                        draft.name(), draft.verb(), draft.method(), draft.isOwn(), "it starts a thread", beside);
    }

    /**
     * {@return operations with their roles}
     *
     * @param used all operations
     * @param hot those that may run often
     * @param roles finds the role of one
     * @param effects the effects of one, in the order in which they are told
     */
    static List<CodeOperation> operations(
            List<OperationDraft> used,
            List<OperationDraft> hot,
            Function<OperationDraft, Optional<RoleFinder.Found>> roles,
            Function<OperationDraft, List<Reached>> effects) {
        Set<OperationDraft> often = Collections.newSetFromMap(new IdentityHashMap<>());
        often.addAll(hot);
        List<CodeOperation> operations = new ArrayList<>();
        for (OperationDraft draft : used) {
            RoleFinder.Found found = roles.apply(draft).orElse(new RoleFinder.Found(CodeOperation.UNKNOWN, ""));
            operations.add(new CodeOperation(
                    draft.name(), found.role(), found.reason(), often.contains(draft), effects.apply(draft)));
        }
        return operations;
    }

    /** What a helper for the unusual does is told only when nothing else does it. */
    private List<Reached> usualFirst(List<Reached> effects) {
        List<Reached> sorted = new ArrayList<>(effects.size());
        List<Reached> unusual = new ArrayList<>();
        for (Reached one : effects) {
            boolean isUnusual = detours.computeIfAbsent(one.effect().place().function(), OperationNames::isDetour);
            (isUnusual ? unusual : sorted).add(one);
        }
        sorted.addAll(unusual);
        return sorted;
    }

    /** The plain ends of a queue first, by the length of their names: they tell best who meets whom. */
    private static int detour(OperationDraft draft) {
        String name = draft.verb();
        return HotWrites.side(draft).isPresent() ? name.length() : OperationNames.isDetour(name) ? 1_000 : 100;
    }

    /** Fields that are written, and of which the code does not show that this happens often. */
    static Set<String> quiet(List<OperationDraft> used, HotWrites writes) {
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

    /** Whether a timer runs the method now and then: the only way in which it is handed to threads is a schedule. */
    private boolean isPeriodic(OperationDraft draft) {
        List<CodeCall> handings = index.handings(draft.method());
        return !handings.isEmpty()
                && handings.stream()
                        .allMatch(call -> call.handedTo()
                                .substring(call.handedTo().lastIndexOf('.') + 1)
                                .startsWith("schedule"));
    }

    private void findOwn() {
        List<CodeMethod> entries = methods.entries();
        Map<String, Integer> named = named(entries);
        for (CodeMethod method : entries) {
            CallClosure closure = CallClosure.ofOwn(code, method);
            String name = method.name() + parameters(method, named);
            String reason = threadReason(method);
            drafts.add(new OperationDraft(name, method, true, reason, closure.effects()));
            handedOver(closure);
        }
        for (String type : hierarchy) { // constructors start threads, too
            index.of(type).map(CodeClass::methods).orElse(List.of()).stream()
                    .filter(CodeMethod::isInitializer)
                    .forEach(method -> handedOver(CallClosure.ofOwn(code, method)));
        }
    }

    private void handedOver(CallClosure closure) {
        for (CallClosure.HandedOver one : closure.handedOver()) {
            CodeMethod method = one.method();
            if (!handedOver.add(method)) {
                continue;
            }
            drafts.removeIf(draft -> draft.method().equals(method));
            String from = one.name().startsWith("<") ? "constructor" : one.name();
            drafts.add(new OperationDraft(
                    isLambda(method) ? lambda(from) : method.name(),
                    method,
                    true,
                    handed(one.call()),
                    CallClosure.ofOwn(code, method).effects()));
        }
    }

    /** Lambdas of one method that are handed over are numbered: each is a thread's own work. */
    private String lambda(String from) {
        int number = lambdas.merge(from, 1, Integer::sum);
        return "lambda " + (number == 1 ? "" : number + " ") + "in " + from;
    }

    /** Methods of other classes, and static ones of its own, that use fields of the object directly. */
    private void findOthers() {
        CodeReceiver receiver = isStatic ? CodeReceiver.NONE : CodeReceiver.OTHER;
        Set<String> types = new LinkedHashSet<>();
        for (CodeField field : paths.keySet()) {
            for (FieldEffect effect : index.effectsOn(field)) {
                if (effect.receiver() == receiver) {
                    types.add(effect.place().type());
                }
            }
        }
        types.addAll(isStatic ? wrappers : index.nestedIn(leaf));
        for (String type : types) {
            if (!isStatic && !index.mayTouch(type, hierarchy)) {
                continue;
            }
            List<CodeMethod> entries = index.of(type).map(CodeClass::methods).orElse(List.of()).stream()
                    .filter(method -> !methods.has(type) || method.is(Trait.STATIC) && !methods.isHelper(method))
                    .filter(method -> isEntry(method) || !index.handings(method).isEmpty())
                    .toList();
            Map<String, Integer> named = named(entries);
            for (CodeMethod method : entries) {
                other(method, named);
            }
        }
    }

    private static boolean isEntry(CodeMethod method) {
        return !method.is(Trait.PRIVATE) && !method.is(Trait.SYNTHETIC) && !method.isInitializer();
    }

    private void other(CodeMethod method, Map<String, Integer> named) {
        List<Reached> effects = CallClosure.ofOther(code, method).effects();
        if (!effects.isEmpty() && !handedOver.contains(method)) {
            drafts.add(foreign(method, parameters(method, named), effects));
        }
    }

    /** Methods that use static fields and that no operation is known to call: by reflection, or from a nested class. */
    private void findUnreached() {
        Set<CodePlace> reached = new HashSet<>();
        drafts.forEach(
                draft -> draft.effects().forEach(one -> reached.add(one.effect().place())));
        Set<String> types = new LinkedHashSet<>();
        paths.keySet()
                .forEach(field -> index.effectsOn(field)
                        .forEach(effect -> types.add(effect.place().type())));
        for (String type : types) {
            for (CodeMethod method : index.of(type).map(CodeClass::methods).orElse(List.of())) {
                boolean isReached = isEntry(method)
                        || method.name().startsWith("<")
                        || method.effects().stream().noneMatch(one -> paths.containsKey(one.field()))
                        || method.effects().stream().anyMatch(one -> reached.contains(one.place()));
                if (!isReached && !method.name().startsWith("lambda$static$")) {
                    other(method, Map.of());
                }
            }
        }
    }

    private OperationDraft foreign(CodeMethod method, String parameters, List<Reached> effects) {
        String type = method.type();
        String simple = type.substring(type.lastIndexOf('.') + 1);
        String reason = Optional.of(threadReason(method))
                .filter(known -> !known.isEmpty())
                .or(() -> index.handings(method).stream().findFirst().map(CodeAccessBuilder::handed))
                .orElse("");
        boolean isOfObject = methods.has(type);
        boolean isOwn =
                (isOfObject || wrappers.contains(type) && (isStatic || !method.is(Trait.STATIC))) && !runsOnce(method);
        String prefix = isOfObject ? "" : simple + ".";
        String name = isLambda(method)
                ? lambda(prefix + method.name().split("\\$", -1)[1])
                : prefix + method.name() + parameters;
        return new OperationDraft(name, method, isOwn, reason, effects);
    }

    /** {@return why a thread of its own runs a method, when its declaration says so; else empty} */
    private String threadReason(CodeMethod method) {
        return methods.isThreadBody(method)
                ? "it is what a thread runs"
                : method.is(Trait.GROUPED) ? "JMH runs it on threads of its own (@Group)" : "";
    }

    /** Whether a method is the start of a program or of its threads, not what callers do again and again. */
    private static boolean runsOnce(CodeMethod method) {
        boolean isMain = method.is(Trait.STATIC)
                && method.name().equals("main")
                && method.descriptor().equals(MAIN);
        return isMain
                || method.calls().stream()
                        .anyMatch(call -> call.isDeferred() && call.handedTo().startsWith("java.lang.Thread."));
    }

    private static boolean isLambda(CodeMethod method) {
        return method.name().startsWith("lambda$");
    }

    private static String handed(CodeCall call) {
        return "it is handed to a thread (" + call.place().words() + ")";
    }

    /** Methods of other classes that call two or more operations that count something: one thread runs these. */
    private List<OperationDraft> together(List<OperationDraft> used, Callers callers) {
        Map<CodeMethod, List<OperationDraft>> called = new LinkedHashMap<>();
        for (OperationDraft draft : used) {
            if (draft.isOwn() && HotWrites.side(draft).isEmpty() && FieldHistory.changes(draft)) {
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

    /** {@return how many of some methods have a name} */
    private static Map<String, Integer> named(List<CodeMethod> methods) {
        Map<String, Integer> named = new HashMap<>();
        methods.forEach(method -> named.merge(method.name(), 1, Integer::sum));
        return named;
    }

    /** Parameter types, where two methods have one name. */
    private static String parameters(CodeMethod method, Map<String, Integer> named) {
        return named.getOrDefault(method.name(), 0) < 2 ? "" : Descriptors.parameters(method.descriptor());
    }

    /** Paths of the fields that hold references: all, or those to arrays. */
    private Set<String> references(boolean arrays) {
        Set<String> declared = new TreeSet<>();
        for (String type : isStatic ? wrappers : hierarchy) {
            index.of(type)
                    .ifPresent(one -> one.fields().forEach(field -> {
                        String path = paths.get(new CodeField(type, field.name()));
                        boolean array = field.descriptor().startsWith("[")
                                || ATOMIC_ARRAY.matcher(field.descriptor()).matches();
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
            if (!OperationNames.isBatch(draft.verb())) {
                HotWrites.side(draft).ifPresent(single::add);
            }
        }
        return drafts.stream()
                .filter(draft -> !OperationNames.isBatch(draft.verb())
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
            if (!isStatic && !ROOTS.contains(type) && index.of(type).isEmpty()) {
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
