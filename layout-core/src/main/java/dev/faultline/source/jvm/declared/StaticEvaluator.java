package dev.faultline.source.jvm.declared;

import dev.faultline.input.InputException;
import dev.faultline.source.jvm.code.ConstantPool.Member;
import dev.faultline.source.jvm.code.Signature;
import dev.faultline.source.jvm.declared.StaticValue.Declared;
import dev.faultline.source.jvm.declared.StaticValue.Items;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Evaluates static initialisers of classes from their bytecode, with a bound on the instructions of each, of all, and
 * on the methods that call each other. What depends on anything else than constants is unknown.
 */
final class StaticEvaluator {

    /** Most instructions of the initialiser of one class, those of the methods it calls included. */
    static final int MOST_STEPS = 100_000;

    /** Most instructions of a method that returns a number and is asked for it. */
    private static final int MOST_STEPS_OF_METHOD = 1000;

    /** Most instructions of all classes of a source. */
    static final long MOST_STEPS_OF_ALL = 20_000_000;

    /** Most elements of arrays that are made while a class, and those it needs, are evaluated. */
    private static final long MOST_ELEMENTS = 1_000_000;

    private static final int DEEPEST = 24;
    private static final int DEEPEST_HIERARCHY = 64;
    /** Types of fields that are 0 before the initialiser runs. */
    private static final String NUMBERS = "ZBCSIJ";

    /** Types whose objects have no methods of the program. */
    private static final Pattern CLOSED =
            Pattern.compile("\\[*[A-Z]|\\[*Ljava/lang/(String(Builder|Buffer)?|Class|System|Math"
                    + "|Boolean|Byte|Character|Short|Integer|Long|Float|Double"
                    + "|foreign/\\w*(Layout|PathElement)(\\$\\w+)?);");

    private static final Pattern MAY_BE_ARRAY =
            Pattern.compile("\\[.+|Ljava/lang/(Object|Cloneable);|Ljava/io/Serializable;");

    private static final String INITIALISER = "<clinit>()V";

    /** Ends the evaluation of a class that takes too long. */
    private static final class Exhausted extends RuntimeException {
        private static final long serialVersionUID = 1;

        Exhausted() {
            super("", null, false, false);
        }
    }

    /** A class whose initialiser was, or is being, evaluated. */
    private static final class Initialised {
        private final Optional<ClassBody> body;
        private final Map<String, StaticValue> values = new HashMap<>();
        /** Fields whose value was assigned where it was not sure that the code is run. */
        private final Set<String> unsure = new HashSet<>();

        private boolean isDone;
        private String note = "";

        Initialised(Optional<ClassBody> body) {
            this.body = body;
        }
    }

    private final Function<String, Optional<ClassBody>> classes;
    private final ComputedValues computed;
    private final Map<String, Initialised> known = new HashMap<>();
    private final List<Initialised> open = new ArrayList<>();
    /** Arrays that were made, each of which an array that is not known may be. */
    private final List<Items> made = new ArrayList<>();
    /** And declarations of structs, likewise. */
    private final List<Declared> declared = new ArrayList<>();
    /** How often what is known of static fields and of elements has changed. */
    private long changes;

    /** Those of them that code which is not followed may reach, and whose elements may be known. */
    private final Set<Items> shared = new LinkedHashSet<>();
    /** Static fields that code of other classes assigns, whenever that runs. */
    private final Set<Member> assignedByOthers = new HashSet<>();

    private long elementsLeft = MOST_ELEMENTS;
    private int left;
    private long leftOfAll = MOST_STEPS_OF_ALL;

    /**
     * An evaluator.
     *
     * @param classes finds a class by its internal name; empty when it is not at hand
     */
    StaticEvaluator(Function<String, Optional<ClassBody>> classes) {
        this(classes, ComputedValues.NONE);
    }

    /**
     * An evaluator that also knows what running initialisers has told.
     *
     * @param classes finds a class by its internal name; empty when it is not at hand
     * @param computed values of static final fields, for those that are not known otherwise
     */
    StaticEvaluator(Function<String, Optional<ClassBody>> classes, ComputedValues computed) {
        this.classes = classes;
        this.computed = computed;
    }

    /** {@return the values of the static final fields of a class, by name; those that are not known are left out} */
    Map<String, StaticValue> values(String type) {
        Initialised initialised = initialised(type);
        Map<String, StaticValue> values = new HashMap<>();
        initialised.body.ifPresent(body -> body.fields().forEach((name, field) -> {
            StaticValue value = value(initialised, field);
            if (field.isFinal() && !value.equals(StaticValue.UNKNOWN)) {
                values.put(name, value);
            }
        }));
        return values;
    }

    /** {@return why the initialiser of a class was not evaluated to its end; empty when it was} */
    String note(String type) {
        return initialised(type).note;
    }

    /** {@return what running initialisers has told} */
    ComputedValues computed() {
        return computed;
    }

    private Initialised initialised(String type) {
        Initialised initialised = known.get(type);
        if (initialised == null) {
            Optional<ClassBody> body = open.size() > DEEPEST ? Optional.empty() : body(type);
            initialised = new Initialised(body);
            known.put(type, initialised);
            if (body.isPresent()) {
                initialise(initialised, body.get());
            }
            initialised.isDone = true;
        }
        return initialised;
    }

    private Optional<ClassBody> body(String type) {
        try {
            return classes.apply(type);
        } catch (InputException | IllegalArgumentException broken) {
            return Optional.empty();
        }
    }

    private void initialise(Initialised initialised, ClassBody body) {
        int leftAround = left;
        left = MOST_STEPS;
        open.add(initialised);
        body.fields().values().stream()
                .filter(field -> !field.isFinal() && NUMBERS.contains(field.descriptor()))
                .forEach(field -> initialised.values.put(field.name(), new StaticValue.Whole(0)));
        try {
            Optional<ClassBody.Code> code = body.code(INITIALISER);
            if (code.isPresent()) {
                new StaticRun(body, code.get(), this, true, 0).run(List.of(), "()V");
            }
        } catch (LayoutRefusal refusal) {
            initialised.note = refusal.getMessage();
        } catch (Exhausted tooLong) {
            initialised.note = left < 0
                    ? "its static initialiser runs for more than " + MOST_STEPS + " instructions"
                    : "the static initialisers before it run for " + MOST_STEPS_OF_ALL + " instructions in total";
            initialised.unsure.forEach(name -> initialised.values.put(name, StaticValue.UNKNOWN));
        } catch (IllegalArgumentException broken) {
            initialised.note = "its static initialiser cannot be read: " + broken.getMessage();
            initialised.values.clear();
        } finally {
            open.remove(open.size() - 1);
            left = leftAround;
            if (open.isEmpty()) {
                made.clear();
                declared.clear();
                elementsLeft = MOST_ELEMENTS;
            }
        }
    }

    /** {@return the number that a static method without arguments returns; empty when it is not known} */
    OptionalLong number(String type, String method) {
        int leftAround = left;
        left = MOST_STEPS_OF_METHOD;
        try {
            StaticValue value = call(new StaticCall(type, method, "()I", true), List.of(), true, 0);
            return value instanceof StaticValue.Whole whole ? OptionalLong.of(whole.number()) : OptionalLong.empty();
        } catch (LayoutRefusal | Exhausted | IllegalArgumentException unknown) {
            return OptionalLong.empty();
        } finally {
            left = leftAround;
            made.clear();
            declared.clear();
            elementsLeft = MOST_ELEMENTS;
        }
    }

    /** Counts an instruction. */
    void step() {
        steps(1);
    }

    /** Counts what takes as long as a number of instructions. */
    private void steps(long count) {
        left = (int) Math.max(-1, left - count);
        leftOfAll -= count;
        if (left < 0 || leftOfAll < 0) {
            throw new Exhausted();
        }
    }

    /** Notes whether something that is not in a frame has changed. */
    void changed(boolean isChanged) {
        changes += isChanged ? 1 : 0;
    }

    /** {@return how often what is known of static fields and of elements has changed} */
    long changes() {
        return changes;
    }

    /** {@return a new array; unknown when there are too many elements already} */
    StaticValue array(int length, StaticValue initial) {
        elementsLeft -= length + 1;
        if (elementsLeft < 0) {
            return StaticValue.UNKNOWN;
        }
        Items items = new Items(length, initial);
        made.add(items);
        return items;
    }

    /**
     * Stores a value in an array; when it is not known in which, in all.
     *
     * @param array the array
     * @param index where
     * @param value the value, unknown when it is not sure that it is stored
     */
    void store(StaticValue array, StaticValue index, StaticValue value) {
        if (!(array instanceof Items items)) {
            share(value);
            forgetArrays();
            return;
        }
        if (index instanceof StaticValue.Whole whole) {
            changed(items.set(whole.number(), value));
        } else {
            changed(items.forget());
        }
        if (items.isShared() || value instanceof Declared) {
            share(value);
        }
        if (items.isShared()) {
            shared.add(items);
        }
    }

    /** Notes that code which is not followed may reach a value: through a field, an object or an array. */
    void share(StaticValue value) {
        if (value instanceof Declared reachable) {
            reachable.share();
        }
        Deque<StaticValue> reached = new ArrayDeque<>(List.of(value));
        while (!reached.isEmpty()) {
            if (reached.pop() instanceof Items items && items.becomesShared()) {
                shared.add(items);
                reached.addAll(items.list());
            }
        }
    }

    /** Forgets the elements of all arrays: one of them may be the array that is not known. */
    private void forgetArrays() {
        made.forEach(each -> changed(each.forget()));
        forgetShared();
    }

    private void forgetShared() {
        shared.forEach(items -> changed(items.forget()));
        shared.clear();
    }

    /** {@return the value of a static field as code that is evaluated reads it} */
    StaticValue field(String owner, String name) {
        StaticValue library = LayoutCalls.constant(owner, name);
        if (!library.equals(StaticValue.UNKNOWN) || owner.startsWith("java/")) {
            return library;
        }
        return declaring(owner, name, DEEPEST_HIERARCHY)
                .map(found -> value(found, found.body.orElseThrow().fields().get(name)))
                .orElse(StaticValue.UNKNOWN);
    }

    /** {@return the class, interface or superclass that declares a static field} */
    private Optional<Initialised> declaring(String owner, String name, int depth) {
        if (depth == 0 || owner.startsWith("java/")) {
            return Optional.empty();
        }
        Initialised type = initialised(owner);
        if (type.body.isEmpty() || type.body.get().fields().containsKey(name)) {
            return type.body.map(any -> type);
        }
        for (String each : type.body.get().interfaces()) {
            Optional<Initialised> found = declaring(each, name, depth / 2);
            if (found.isPresent()) {
                return found;
            }
        }
        return type.body.get().superName().flatMap(above -> declaring(above, name, depth - 1));
    }

    /** A class whose initialiser is not done shows its own code what it has assigned, and others its constants. */
    private StaticValue value(Initialised type, ClassBody.Field field) {
        boolean isOwn = !open.isEmpty() && open.get(open.size() - 1) == type;
        if (field.isFinal() && !field.value().equals(StaticValue.UNKNOWN)) {
            return field.value();
        }
        boolean isChangedByOthers = !field.isFinal()
                && assignedByOthers.contains(new Member(type.body.orElseThrow().name(), field.name(), ""));
        boolean isReadable = isOwn && !isChangedByOthers || type.isDone && field.isFinal();
        StaticValue value =
                isReadable ? type.values.getOrDefault(field.name(), StaticValue.UNKNOWN) : StaticValue.UNKNOWN;
        if (value instanceof Declared && !isOwn) {
            return StaticValue.UNKNOWN; // other classes may change a declaration at any time
        }
        return type.isDone && value.equals(StaticValue.UNKNOWN)
                ? computed.value(type.body.orElseThrow().name(), field.name())
                : value;
    }

    /** Notes that code of a class assigns a static field. */
    void assign(String from, Member field, StaticValue value, boolean isSure) {
        share(value);
        Initialised type = known.get(field.owner());
        boolean isOwn = type != null && !type.isDone && type.body.isPresent() && from.equals(field.owner());
        ClassBody.Field declared = isOwn ? type.body.get().fields().get(field.name()) : null;
        if (declared == null) {
            assignedElsewhere(field);
            return;
        }
        StaticValue before = type.values.get(field.name());
        boolean isKept = isSure || before == null && declared.isFinal() || value.equals(before);
        StaticValue evaluated = isKept ? value : StaticValue.UNKNOWN;
        StaticValue after = declared.isFinal() && evaluated.equals(StaticValue.UNKNOWN)
                ? computed.value(field.owner(), field.name())
                : evaluated;
        type.values.put(field.name(), after);
        changed(!after.equals(before == null ? StaticValue.UNKNOWN : before));
        if (!isSure) {
            type.unsure.add(field.name());
        }
    }

    private void assignedElsewhere(Member field) {
        declaring(field.owner(), field.name(), DEEPEST_HIERARCHY).ifPresent(type -> {
            String owner = type.body.orElseThrow().name();
            if (assignedByOthers.add(new Member(owner, field.name(), ""))
                    && !type.body.get().fields().get(field.name()).isFinal()) {
                changed(!StaticValue.UNKNOWN.equals(type.values.remove(field.name())));
            }
        });
    }

    /**
     * {@return what a call gives; unknown when it is not known}
     *
     * @param call the method
     * @param given the object, for a method of objects, and the arguments
     * @param isSure whether it is called whatever is not known
     * @param depth how many methods are being evaluated around it
     */
    StaticValue call(StaticCall call, List<StaticValue> given, boolean isSure, int depth) {
        if (DeclarationCalls.isOne(call)) {
            return declare(call, given, isSure);
        }
        Optional<StaticValue> library = LayoutCalls.result(call, given)
                .or(() -> ofJdk(call) ? NumberCalls.result(call, given) : Optional.empty());
        if (library.isPresent()) {
            return library.get();
        }
        if (ofJdk(call)) {
            leavesBehind(call, given, mayCallBack(call, given));
            return StaticValue.UNKNOWN;
        }
        if (call.isStatic() && depth < DEEPEST) {
            Optional<ClassBody> body = initialised(call.owner()).body;
            Optional<ClassBody.Code> code = body.flatMap(found -> found.code(call.signature()));
            if (code.isPresent()) {
                return new StaticRun(body.get(), code.get(), this, isSure, depth + 1).run(given, call.descriptor());
            }
        }
        Optional<StaticValue> known = NumberCalls.result(call, given);
        if (known.isEmpty()) {
            leavesBehind(call, given, true);
        }
        return known.orElse(StaticValue.UNKNOWN);
    }

    /** A declaration may be shared by several ways, so that it is known no more when one of them changes it. */
    private StaticValue declare(StaticCall call, List<StaticValue> given, boolean isSure) {
        boolean ends = call.name().equals("upTo");
        if (!given.isEmpty()
                && given.get(0) instanceof Declared one
                && (ends || call.name().equals("ofSize"))) {
            steps(one.builder().memberCount());
        }
        if (!DeclarationCalls.changes(call)) {
            StaticValue result = DeclarationCalls.result(call, given);
            if (result instanceof Declared made) {
                declared.add(made);
            }
            return result;
        }
        if (!(given.get(0) instanceof Declared changed)) {
            declared.forEach(each -> changed(each.forget()));
            return StaticValue.UNKNOWN;
        }
        changed(true);
        if (!isSure || !changed.isKnown()) {
            changed.forget();
            return ends ? StaticValue.UNKNOWN : changed;
        }
        if (ends) {
            return DeclarationCalls.upTo(changed, given);
        }
        if (!DeclarationCalls.change(call, given)) {
            changed.forget();
        }
        return changed;
    }

    /** Notes that code which is not followed is given values, and may keep them: what it can change is not known. */
    void captured(List<StaticValue> given) {
        given.forEach(this::share);
        forgetDeclarations(given);
    }

    private void forgetDeclarations(List<StaticValue> given) {
        for (StaticValue value : given) {
            if (value instanceof Declared lost) {
                changed(lost.forget());
            }
        }
    }

    private static boolean ofJdk(StaticCall call) {
        return call.owner().startsWith("java/") || call.owner().startsWith("[");
    }

    /**
     * Forgets what a method that is not followed may change: arrays and declarations it is given, and when code of the
     * program may run in it, those that this reaches and static fields that are not final.
     */
    private void leavesBehind(StaticCall call, List<StaticValue> given, boolean mayRunProgram) {
        List<String> types = types(call);
        for (int i = 0; i < types.size(); i++) {
            if (given.get(i).equals(StaticValue.UNKNOWN)
                    && MAY_BE_ARRAY.matcher(types.get(i)).matches()) {
                forgetArrays();
            }
        }
        for (StaticValue value : given) {
            if (value instanceof Items items) {
                share(items);
                changed(items.forget());
            }
        }
        forgetDeclarations(given);
        if (!mayRunProgram) {
            return;
        }
        forgetShared();
        declared.stream().filter(Declared::isShared).forEach(each -> changed(each.forget()));
        for (Initialised type : open) {
            type.body.ifPresent(body -> body.fields().values().stream()
                    .filter(field -> !field.isFinal())
                    .map(field -> type.values.remove(field.name()))
                    .forEach(before -> changed(before != null && !before.equals(StaticValue.UNKNOWN))));
        }
    }

    /** {@return the types of what a call is given; that of an object which is being made does not count} */
    private static List<String> types(StaticCall call) {
        List<String> types = new ArrayList<>(Signature.of(call.descriptor()).parameters());
        if (!call.isStatic()) {
            types.add(0, call.name().equals("<init>") ? "I" : "L" + call.owner() + ";");
        }
        return types;
    }

    /** {@return whether a method of the JDK may call methods of the program: of an object that is not known} */
    private static boolean mayCallBack(StaticCall call, List<StaticValue> given) {
        List<String> types = types(call);
        for (int i = 0; i < types.size(); i++) {
            if (given.get(i).equals(StaticValue.UNKNOWN)
                    && !CLOSED.matcher(types.get(i)).matches()) {
                return true;
            }
        }
        return false;
    }
}
