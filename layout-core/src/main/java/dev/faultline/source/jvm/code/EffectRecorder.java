package dev.faultline.source.jvm.code;

import dev.faultline.access.AccessKind;
import dev.faultline.access.code.CodeMethod;
import dev.faultline.access.code.CodeReceiver;
import dev.faultline.access.code.MemoryOrder;
import dev.faultline.source.jvm.classfile.ClassLimits;
import dev.faultline.source.jvm.code.ConstantPool.Member;
import dev.faultline.source.jvm.code.RawClass.Effect;
import dev.faultline.source.jvm.code.RawClass.Target;
import dev.faultline.source.jvm.code.call.AccessCall;
import dev.faultline.source.jvm.code.call.ViewCall;
import java.util.Set;

/** Collects what one method does, in order. */
final class EffectRecorder {

    private static final Set<String> HANDLE_TYPES = Set.of(
            "J",
            "Ljava/lang/invoke/VarHandle;",
            "Ljava/util/concurrent/atomic/AtomicIntegerFieldUpdater;",
            "Ljava/util/concurrent/atomic/AtomicLongFieldUpdater;",
            "Ljava/util/concurrent/atomic/AtomicReferenceFieldUpdater;");

    private static final Set<String> RELEASES = Set.of("releaseFence", "storeFence", "storeStoreFence");

    private static final AccessCall LOCK = new AccessCall(AccessKind.RMW, MemoryOrder.VOLATILE, false, false, false, 0);

    private final RawClass type;
    private final RawClass.Method method;
    private final CodeShape code;
    private final CodeShape.Places writes = new CodeShape.Places();
    private final CodeShape.Places otherCalls = new CodeShape.Places();
    private final CodeShape.Places otherStores = new CodeShape.Places();
    private final CodeShape.Places waits = new CodeShape.Places();
    private final boolean isSynchronized;
    private int at;
    private Frame frame;
    /** Whether a fence came before, so that the next plain write is ordered. */
    private boolean isReleasing;

    EffectRecorder(RawClass type, RawClass.Method method, CodeShape code) {
        this.type = type;
        this.method = method;
        this.code = code;
        isSynchronized = method.traits.contains(CodeMethod.Trait.SYNCHRONIZED);
    }

    void at(int at, Frame frame) {
        this.at = at;
        this.frame = frame;
    }

    static CodeReceiver receiver(Value object) {
        if (object == null) {
            return CodeReceiver.NONE;
        }
        return object.is(Value.Kind.THIS)
                ? CodeReceiver.SELF
                : object.is(Value.Kind.FRESH) ? CodeReceiver.FRESH : CodeReceiver.OTHER;
    }

    /** Records an access of a field; returns the number of the effect. */
    int field(Member field, Value object, AccessCall access, Value stored) {
        Effect effect = new Effect(at, Target.FIELD, access);
        effect.field = field;
        effect.object = object;
        effect.stored = stored;
        return add(effect);
    }

    /** Records an access through a VarHandle, updater or offset; returns the number of the effect. */
    int handle(Value handle, Value object, Value index, AccessCall access, Value stored) {
        if (handle.is(Value.Kind.HANDLE)) {
            type.queries.add(handle.lookup());
        }
        Effect effect = new Effect(at, Target.HANDLE, access);
        effect.handle = handle;
        effect.object = object;
        effect.index = index;
        effect.stored = stored;
        return add(effect);
    }

    void element(Value array, Value index, AccessCall access, Value stored) {
        if (array.is(Value.Kind.FRESH)) {
            return;
        }
        if (array.isLoaded() || array.is(Value.Kind.PARAMETER)) {
            Effect effect = new Effect(at, Target.ELEMENT, access);
            effect.object = array;
            effect.index = index;
            effect.stored = stored;
            add(effect);
        } else if (access.kind().writes()) {
            writes.add(at);
        }
    }

    void length(Value array) {
        if (array.isLoaded() || array.is(Value.Kind.PARAMETER)) {
            Effect effect = new Effect(at, Target.LENGTH, AccessCall.READ);
            effect.object = array;
            add(effect);
        }
    }

    /** Records a call of an atomic object or a lock. */
    void referent(Value object, String called, AccessCall access, Value stored) {
        Effect effect = new Effect(at, Target.REFERENT, access);
        effect.object = object;
        effect.method = called;
        effect.stored = stored;
        add(effect);
    }

    /** Records an access of memory at an offset. */
    void memory(Value base, MemoryOffset offset, char letter, AccessCall access, Value stored) {
        Effect effect = new Effect(at, Target.MEMORY, access);
        effect.object = base;
        effect.offset = offset;
        effect.letter = letter;
        effect.stored = stored;
        add(effect);
    }

    /** Records an access through an accessor of a field of a struct; returns the number of the effect. */
    int viewed(Value accessor, AccessCall access, Value stored) {
        Effect effect = new Effect(at, Target.VIEWED, access);
        effect.object = accessor;
        effect.stored = stored;
        return add(effect);
    }

    /** Notes where the last access is when what it goes through stands for no field. */
    void lastIsAt(MemoryOffset offset, char letter) {
        Effect last = method.effects.get(method.effects.size() - 1);
        if (last.at != at) {
            return;
        }
        last.offset = offset;
        last.letter = letter;
    }

    private int add(Effect effect) {
        effect.isInLoop = inLoop();
        effect.loopAt = loopAt();
        effect.isLocked = isSynchronized || frame.isLocked();
        if (effect.access.kind().writes()) {
            writes.add(at);
            if (isReleasing && effect.order == MemoryOrder.PLAIN) {
                effect.order = MemoryOrder.ORDERED;
                isReleasing = false;
            }
        }
        count();
        method.effects.add(effect);
        return method.effects.size() - 1;
    }

    private void count() {
        if (++type.effects > ClassLimits.MOST_CODE_EFFECTS) {
            throw new IllegalArgumentException(
                    "the class has more than " + ClassLimits.MOST_CODE_EFFECTS + " accesses and calls");
        }
    }

    void call(RawClass.Call call) {
        count();
        call.isLocked = isSynchronized || frame.isLocked();
        call.loopAt = loopAt();
        method.calls.add(call);
    }

    boolean inLoop() {
        return code.inLoop(at);
    }

    private int loopAt() {
        if (!inLoop()) {
            return -1;
        }
        int[] loop = code.innermostLoop(at);
        return loop.length == 0 ? -1 : loop[0];
    }

    /** Notes a call that may do anything, so that a loop around it does more than wait. */
    void otherCall() {
        otherCalls.add(at);
    }

    /**
     * Notes a fence, which orders the access next to it: the write that follows, or the read before. A write between
     * two fences, the second a full one, is as good as volatile.
     */
    void fence(String name) {
        boolean isFull = name.equals("fullFence");
        isReleasing = isFull || RELEASES.contains(name);
        Effect last = method.effects.isEmpty() ? null : method.effects.get(method.effects.size() - 1);
        if (last == null) {
            return;
        }
        if (isFull && last.access.kind() == AccessKind.WRITE && last.order == MemoryOrder.ORDERED) {
            last.order = MemoryOrder.VOLATILE;
        } else if (!RELEASES.contains(name)
                && last.access.kind() == AccessKind.READ
                && last.order == MemoryOrder.PLAIN) {
            last.order = MemoryOrder.ORDERED;
        }
    }

    /** Notes a call by which loops wait. */
    void waits() {
        waits.add(at);
    }

    /** Notes that a local variable gets a value; one that was not read from a field means that a loop computes. */
    void storesLocal(Value value) {
        if (!value.isLoaded()) {
            otherStores.add(at);
        }
    }

    /** Notes that a value decides where the code goes on. */
    void compare(Value value) {
        if (value.isLoaded() && value.number() >= 0) {
            method.effects.get(value.number()).isCompared = true;
        }
    }

    void text(String text) {
        type.texts.merge(text, 1, Integer::sum);
    }

    /** Notes that a string was used to find a field. */
    void search(Value.FieldQuery query) {
        type.texts.merge(query.name(), -1, Integer::sum);
        type.searches.add(query);
    }

    /** Notes that others may see an object from now on. */
    void publish(Value value) {
        if (value.is(Value.Kind.FRESH)) {
            frame.publish(value);
        }
    }

    void enter(Value object, Frame held) {
        if (object.is(Value.Kind.THIS)) {
            method.traits.add(CodeMethod.Trait.LOCKS_SELF);
        } else if (object.isLoaded()) {
            referent(object, "synchronized", LOCK, Value.UNKNOWN);
        }
        held.lock();
    }

    void returns(Value value) {
        boolean isHandle =
                value.is(Value.Kind.HANDLE) || value.is(Value.Kind.ARRAY_HANDLE) || value.is(Value.Kind.RESULT);
        if (isHandle || isPart(value)) {
            method.returned = method.returned == null || !isPart(value) ? value : method.returned.or(value);
            if (value.is(Value.Kind.HANDLE)) {
                type.queries.add(value.lookup());
            }
        }
    }

    /** {@return whether a value is a view of a struct or an accessor, as far as that is known from its type} */
    private static boolean isPart(Value value) {
        return value.is(Value.Kind.PART)
                || value.is(Value.Kind.LOADED) && ViewCall.isPart(value.member().descriptor());
    }

    /** Notes what a field holds when that is a VarHandle, updater, offset, view or accessor. */
    void hold(Member field, Value value) {
        boolean isNumber = field.descriptor().equals("I") || field.descriptor().equals("J");
        if (isNumber && method.name.startsWith("<") && value.offset().isTelling()) {
            MemoryOffset known = type.offsets.putIfAbsent(field, value.offset());
            if (known != null && !known.equals(value.offset())) {
                type.offsets.put(field, MemoryOffset.OTHER);
            }
        }
        if (ViewCall.isPart(field.descriptor())) {
            boolean isKnown = isPart(value) || value.is(Value.Kind.RESULT);
            type.holders.merge(field, isKnown ? value : Value.UNKNOWN, Value::or);
            return;
        }
        if (!HANDLE_TYPES.contains(field.descriptor())
                || !(value.is(Value.Kind.HANDLE)
                        || value.is(Value.Kind.ARRAY_HANDLE)
                        || value.is(Value.Kind.RESULT) && method.name.equals("<clinit>"))) {
            return;
        }
        if (value.is(Value.Kind.HANDLE)) {
            type.queries.add(value.lookup());
        }
        type.holders.merge(field, value, (one, other) -> one.equals(other) ? one : Value.UNKNOWN);
    }

    /** Marks the reads that loops repeat only to wait. */
    void findPolls() {
        for (Effect effect : method.effects) {
            if (effect.isCompared && code.inLoop(effect.at) && effect.access.kind() == AccessKind.READ) {
                effect.isPolled = isSteady(effect.object) && isWaiting(code.innermostLoop(effect.at));
            }
        }
    }

    /** {@return whether each round of a loop reads the same object: not the next of a list} */
    private static boolean isSteady(Value object) {
        return object == null || !object.is(Value.Kind.UNKNOWN);
    }

    private boolean isWaiting(int[] loop) {
        if (loop.length == 0) {
            return false;
        }
        return waits.within(loop[0], loop[1])
                || !writes.within(loop[0], loop[1])
                        && !otherCalls.within(loop[0], loop[1])
                        && !otherStores.within(loop[0], loop[1]);
    }
}
