package dev.faultline.source.jvm.code;

import dev.faultline.access.AccessKind;
import dev.faultline.access.code.CodeCall;
import dev.faultline.access.code.CodeField;
import dev.faultline.access.code.CodeMethod;
import dev.faultline.access.code.CodePlace;
import dev.faultline.access.code.CodeReceiver;
import dev.faultline.access.code.DeclaredField;
import dev.faultline.access.code.FieldEffect;
import dev.faultline.access.code.FieldEffect.Reach;
import dev.faultline.access.code.MemoryOrder;
import dev.faultline.access.code.StoredValue;
import dev.faultline.source.jvm.code.ClassTable.Declared;
import dev.faultline.source.jvm.code.RawClass.Call;
import dev.faultline.source.jvm.code.RawClass.Effect;
import dev.faultline.source.jvm.code.RawClass.Target;
import dev.faultline.source.jvm.code.call.AccessCall;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Turns what a method was seen to do into effects on declared fields, and its calls into those of known methods. */
final class EffectLinker {

    private static final String ATOMIC = "java/util/concurrent/atomic/";

    private final ClassTable table;
    private final HandleTable handles;
    private final OwnValues own;
    private final ThreadStarts starts;

    EffectLinker(ClassTable table, HandleTable handles, OwnValues own, ThreadStarts starts) {
        this.table = table;
        this.handles = handles;
        this.own = own;
        this.starts = starts;
    }

    /** One method with the places in it. */
    private record Scope(RawClass type, RawClass.Method method, String owner, Map<Integer, CodePlace> places) {

        CodePlace place(int at) {
            int line = method.lines.line(at);
            return places.computeIfAbsent(
                    line, any -> new CodePlace(owner, function(method.name), method.lines.of(at)));
        }
    }

    /** {@return the method as the source names it: that of a lambda is the one around it} */
    private static String function(String name) {
        int end = name.lastIndexOf('$');
        boolean isLambda = name.startsWith("lambda$") && end > "lambda$".length();
        String around = isLambda ? name.substring("lambda$".length(), end) : name;
        return around.equals("new") ? "<init>" : around.equals("static") ? "<clinit>" : around;
    }

    /** {@return a method with the effects and calls that concern classes that were read} */
    CodeMethod linked(RawClass type, RawClass.Method method) {
        Scope scope = new Scope(type, method, table.external(type.name), new HashMap<>());
        List<Effect> raw = new ArrayList<>(method.effects);
        for (Call call : method.calls) {
            referent(call).ifPresent(raw::add);
        }
        raw.sort(Comparator.comparingInt(effect -> effect.at));
        List<FieldEffect> effects = new ArrayList<>(raw.size());
        for (Effect effect : raw) {
            link(scope, effect).ifPresent(effects::add);
        }
        List<CodeCall> calls = new ArrayList<>(method.calls.size());
        for (Call call : method.calls) {
            if (table.contains(call.method.owner())) {
                calls.add(call(scope, call));
            }
        }
        method.effects = List.of();
        method.calls = List.of();
        return new CodeMethod(scope.owner(), method.name, method.descriptor, method.traits, effects, calls);
    }

    private CodeCall call(Scope scope, Call call) {
        return new CodeCall(
                table.external(call.method.owner()),
                call.method.name(),
                call.method.descriptor(),
                EffectRecorder.receiver(call.receiver),
                call.isInLoop,
                starts.isBesideThread(scope.method(), call.loopAt),
                call.isDeferred,
                call.handedTo,
                scope.place(call.at));
    }

    /** {@return what a call does to the value of an object of a class that extends an atomic one} */
    private Optional<Effect> referent(Call call) {
        if (call.isDeferred || call.receiver == null || !call.receiver.isLoaded()) {
            return Optional.empty();
        }
        return table.ancestor(call.method.owner(), name -> name.startsWith(ATOMIC))
                .filter(atomic -> !table.declaresBelow(call.method, atomic))
                .flatMap(any -> AccessCall.ofAtomic(call.method.name()))
                .map(access -> {
                    Effect effect = new Effect(call.at, Target.REFERENT, access);
                    effect.object = call.receiver;
                    effect.method = call.method.name();
                    effect.isInLoop = call.isInLoop;
                    effect.loopAt = call.loopAt;
                    effect.isLocked = call.isLocked;
                    return effect;
                });
    }

    private Optional<FieldEffect> link(Scope scope, Effect effect) {
        if (effect.outside != null) {
            return Optional.of(
                    effect(scope, effect, effect.outside, effect.order, CodeReceiver.OTHER, Reach.FIELD, ""));
        }
        switch (effect.target) {
            case MEMORY, VIEWED -> {
                return Optional.empty();
            }
            case FIELD -> {
                return table.field(effect.field.owner(), effect.field.name())
                        .filter(field -> effect.access.kind().writes() || !isConstant(field.declaration()))
                        .map(field -> onField(scope, effect, field, true));
            }
            case HANDLE -> {
                Optional<Declared> field = handles.of(effect.handle);
                if (field.isPresent()) {
                    return field.map(found -> onField(scope, effect, found, false));
                }
                return behind(scope, effect, Reach.ELEMENT);
            }
            case ELEMENT -> {
                return behind(scope, effect, Reach.ELEMENT);
            }
            case LENGTH -> {
                return behind(scope, effect, Reach.LENGTH);
            }
            default -> {
                return effect.object.is(Value.Kind.THIS)
                        ? ownValue(scope, effect)
                        : behind(scope, effect, Reach.REFERENT);
            }
        }
    }

    /** {@return whether compiled code has the field's value in its instructions and does not load it} */
    private static boolean isConstant(DeclaredField field) {
        return field.is(DeclaredField.Trait.STATIC) && field.is(DeclaredField.Trait.FINAL);
    }

    /** {@return an effect on the value of an object of a class that extends an atomic one, by its own method} */
    private Optional<FieldEffect> ownValue(Scope scope, Effect effect) {
        return table.ancestor(scope.type().name, name -> name.startsWith(ATOMIC))
                .flatMap(atomic -> table.field(atomic, "value"))
                .map(field -> onField(scope, effect, field, false));
    }

    private FieldEffect onField(Scope scope, Effect effect, Declared field, boolean isDirect) {
        boolean isVolatile = field.declaration().is(DeclaredField.Trait.VOLATILE);
        boolean isStatic = field.declaration().is(DeclaredField.Trait.STATIC);
        MemoryOrder order = isDirect && isVolatile ? MemoryOrder.VOLATILE : effect.order;
        CodeReceiver receiver = isStatic ? CodeReceiver.NONE : EffectRecorder.receiver(effect.object);
        return effect(scope, effect, field.field(), order, receiver, Reach.FIELD, "");
    }

    /** {@return an effect on the array or object that a field refers to; none when no field is known} */
    private Optional<FieldEffect> behind(Scope scope, Effect effect, Reach reach) {
        Value object = effect.object;
        if (object == null || !object.isLoaded()) {
            return Optional.empty();
        }
        Optional<Declared> field = object.is(Value.Kind.LOADED)
                ? table.field(object.member().owner(), object.member().name())
                : handles.through(object.member());
        String element = switch (reach) {
            case ELEMENT -> index(scope, effect);
            case REFERENT -> effect.method;
            default -> "";
        };
        return field.filter(declared -> reach != Reach.ELEMENT || isArray(declared))
                .map(declared -> effect(scope, effect, declared.field(), effect.order, object.from(), reach, element));
    }

    private static boolean isArray(Declared field) {
        String descriptor = field.declaration().descriptor();
        return descriptor.startsWith("[")
                || descriptor.startsWith("L" + ATOMIC) && descriptor.endsWith("Array;")
                || descriptor.equals("Ljava/lang/Object;");
    }

    private String index(Scope scope, Effect effect) {
        Value index = effect.index;
        if (index == null) {
            return "any";
        }
        if (index.is(Value.Kind.CONSTANT)) {
            return index.text();
        }
        return own.isOwn(scope.type(), scope.method(), index, isRepeated(scope, effect)) ? "own" : "any";
    }

    /** A task that stores its result does that once; who counts, or loops, does it again. */
    private static boolean isRepeated(Scope scope, Effect effect) {
        return effect.isInLoop
                || effect.access.kind() != AccessKind.WRITE
                || scope.method().effects.stream().anyMatch(other -> isReadOf(effect, other));
    }

    /** {@return whether an effect reads the element that another one writes} */
    private static boolean isReadOf(Effect effect, Effect other) {
        return other.target == effect.target
                && other.access.kind() == AccessKind.READ
                && other.index != null
                && other.object != null
                && !effect.object.or(other.object).is(Value.Kind.UNKNOWN)
                && !effect.index.or(other.index).is(Value.Kind.UNKNOWN);
    }

    private FieldEffect effect(
            Scope scope,
            Effect effect,
            CodeField field,
            MemoryOrder order,
            CodeReceiver receiver,
            Reach reach,
            String element) {
        AccessCall access = effect.access;
        AccessKind kind = access.isConditional() && effect.isInLoop ? AccessKind.CAS_LOOP : access.kind();
        return new FieldEffect(
                field,
                kind,
                order,
                receiver,
                reach,
                element,
                effect.isInLoop,
                effect.isPolled,
                starts.isBesideThread(scope.method(), effect.loopAt),
                effect.isLocked,
                stored(scope, effect, field, receiver, reach),
                access.isConditional(),
                scope.place(effect.at));
    }

    private StoredValue stored(Scope scope, Effect effect, CodeField field, CodeReceiver receiver, Reach reach) {
        Value value = effect.stored;
        if (!effect.access.kind().writes()) {
            return StoredValue.NONE;
        }
        if (effect.access.steps()) {
            return new StoredValue(StoredValue.Kind.STEP, "");
        }
        if (value.is(Value.Kind.CONSTANT)) {
            return new StoredValue(StoredValue.Kind.CONSTANT, value.text());
        }
        if (value.is(Value.Kind.FRESH)) {
            return new StoredValue(StoredValue.Kind.FRESH, "");
        }
        boolean isStep = reach == Reach.FIELD
                && value.isLoaded()
                && value.stepped()
                && value.from() == receiver
                && origin(scope, value).filter(field::equals).isPresent();
        return isStep ? new StoredValue(StoredValue.Kind.STEP, "") : StoredValue.OTHER;
    }

    private Optional<CodeField> origin(Scope scope, Value loaded) {
        List<Effect> effects = scope.method().effects;
        CodeField outside =
                loaded.number() >= 0 && loaded.number() < effects.size() ? effects.get(loaded.number()).outside : null;
        if (outside != null) {
            return Optional.of(outside);
        }
        Optional<Declared> field = loaded.is(Value.Kind.LOADED)
                ? table.field(loaded.member().owner(), loaded.member().name())
                : handles.through(loaded.member());
        return field.map(Declared::field);
    }
}
