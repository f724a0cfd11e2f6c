package dev.faultline.source.jvm.code;

import dev.faultline.access.AccessKind;
import dev.faultline.access.code.CodeReceiver;
import dev.faultline.access.code.MemoryOrder;
import dev.faultline.source.jvm.code.ConstantPool.Handle;
import dev.faultline.source.jvm.code.ConstantPool.Member;
import dev.faultline.source.jvm.code.RawClass.Call;
import dev.faultline.source.jvm.code.call.AccessCall;
import dev.faultline.source.jvm.code.call.MemoryCall;
import dev.faultline.source.jvm.code.call.ViewCall;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Follows calls: what a call does to fields by itself, which method it runs, and what is known of its result. */
final class CallInterpreter {

    private static final String VAR_HANDLE = "java/lang/invoke/VarHandle";
    private static final String ATOMIC = "java/util/concurrent/atomic/";
    private static final String LOCKS = "java/util/concurrent/locks/";
    private static final String THREAD = "java/lang/Thread";
    private static final String OBJECT_AND_OFFSET = "(Ljava/lang/Object;J";

    private static final Set<String> WAITS = Set.of("onSpinWait", "yield", "sleep", "park", "parkNanos", "parkUntil");
    private static final Set<String> HARMLESS = Set.of("interrupted", "isInterrupted", "currentThread", "nanoTime");
    private static final Set<String> LOOKUPS = Set.of("getDeclaredFields", "getFields");

    /** Types of what may name a field: handles, offsets, and what helpers wrap them in. */
    private static final Set<String> HANDLE_RESULTS = Set.of(
            "J",
            "Ljava/lang/Object;",
            "Ljava/lang/Long;",
            "Ljava/lang/reflect/Field;",
            "Ljava/lang/invoke/VarHandle;",
            "Ljava/util/concurrent/atomic/AtomicIntegerFieldUpdater;",
            "Ljava/util/concurrent/atomic/AtomicLongFieldUpdater;",
            "Ljava/util/concurrent/atomic/AtomicReferenceFieldUpdater;");

    /** Those of them that a number or a plain object cannot be taken for. */
    private static final Set<String> NAMING_RESULTS = Set.of(
            "Ljava/lang/reflect/Field;",
            "Ljava/lang/invoke/VarHandle;",
            "Ljava/util/concurrent/atomic/AtomicIntegerFieldUpdater;",
            "Ljava/util/concurrent/atomic/AtomicLongFieldUpdater;",
            "Ljava/util/concurrent/atomic/AtomicReferenceFieldUpdater;");

    private final RawClass type;
    private final ConstantPool pool;
    private final BootstrapTable bootstraps;
    private final Map<String, Signature> signatures;
    private final RawClass.Method method;
    private final EffectRecorder recorder;

    CallInterpreter(
            RawClass type,
            ConstantPool pool,
            BootstrapTable bootstraps,
            Map<String, Signature> signatures,
            RawClass.Method method,
            EffectRecorder recorder) {
        this.type = type;
        this.pool = pool;
        this.bootstraps = bootstraps;
        this.signatures = signatures;
        this.method = method;
        this.recorder = recorder;
    }

    /** One call with what is known of its arguments. */
    private record Site(
            Member called, Signature signature, boolean isStatic, Value receiver, Value[] arguments, int at) {

        String owner() {
            return called.owner();
        }

        String name() {
            return called.name();
        }
    }

    /** Follows one instruction that calls; takes the arguments off the stack and puts the result on it. */
    void call(int op, int index, int at, Frame frame) {
        if (op == 186) {
            dynamic(index, at, frame);
            return;
        }
        Member called = pool.member(index);
        Signature signature = signatures.computeIfAbsent(called.descriptor(), Signature::of);
        Value[] arguments = pop(signature, frame);
        boolean isStatic = op == 184;
        Site site = new Site(called, signature, isStatic, isStatic ? null : frame.pop(), arguments, at);
        Optional<Value> read = access(site, frame);
        memory(site);
        if (read.isEmpty()) {
            other(site);
        }
        for (Value argument : arguments) {
            recorder.publish(argument);
        }
        if (!signature.result().equals("V")) {
            frame.push(read.orElseGet(() -> result(site)), Signature.isWide(signature.result()));
        }
    }

    private static Value[] pop(Signature signature, Frame frame) {
        Value[] arguments = new Value[signature.parameters().size()];
        for (int i = arguments.length - 1; i >= 0; i--) {
            arguments[i] = frame.pop(Signature.isWide(signature.parameters().get(i)));
        }
        return arguments;
    }

    /** {@return what a call returns that is itself an access; empty when it is none} */
    private Optional<Value> access(Site site, Frame frame) {
        String owner = site.owner();
        if (owner.equals(VAR_HANDLE) && !site.isStatic()) {
            return AccessCall.of(site.name(), MemoryOrder.PLAIN)
                    .filter(access -> !site.name().equals("getClass"))
                    .map(access -> varHandle(site, access));
        }
        if (owner.startsWith(ATOMIC) && owner.endsWith("FieldUpdater")) {
            return site.isStatic() || site.arguments().length == 0
                    ? Optional.empty()
                    : AccessCall.of(site.name(), MemoryOrder.VOLATILE)
                            .map(access ->
                                    through(site.receiver(), site.arguments()[0], null, access, last(site, access)));
        }
        if (isUnsafe(owner) && site.called().descriptor().startsWith(OBJECT_AND_OFFSET)) {
            return AccessCall.of(site.name(), MemoryOrder.PLAIN).map(access -> unsafe(site, access));
        }
        if (site.isStatic()) {
            return Optional.empty();
        }
        Optional<AccessCall> viewed = ViewCall.access(owner, site.name());
        if (viewed.isPresent()) {
            return viewed.map(access -> viewed(site, access));
        }
        if (owner.startsWith(ATOMIC)) {
            return AccessCall.ofAtomic(site.name()).flatMap(access -> atomic(site, access));
        }
        return owner.startsWith(LOCKS) ? lock(site, frame) : Optional.empty();
    }

    /** Records what a method of an accessor does to its field, whatever field that is. */
    private Value viewed(Site site, AccessCall access) {
        Value accessor = site.receiver();
        if (!accessor.is(Value.Kind.PART) && !accessor.is(Value.Kind.LOADED) && !accessor.is(Value.Kind.RESULT)) {
            recorder.otherCall();
            return Value.UNKNOWN;
        }
        boolean isBulk = site.name().endsWith("All");
        int effect = recorder.viewed(accessor, access, isBulk ? Value.UNKNOWN : last(site, access));
        Member holder = accessor.is(Value.Kind.LOADED) ? accessor.member() : new Member("", accessor.text(), "");
        return access.kind() == AccessKind.READ
                ? Value.loadedThrough(holder, CodeReceiver.OTHER, effect)
                : Value.UNKNOWN;
    }

    /** {@return the view or accessor that a call gives; empty when it gives none} */
    private static Optional<Value> part(Site site) {
        Value first = site.arguments().length > 0 ? site.arguments()[0] : Value.UNKNOWN;
        if (site.isStatic()) {
            boolean isKnown =
                    first.is(Value.Kind.LOADED) && first.member().descriptor().equals(ViewCall.LAYOUT);
            return ViewCall.binds(site.owner(), site.name())
                    ? Optional.of(Value.part(isKnown ? first.member() : null, ""))
                    : Optional.empty();
        }
        boolean isPart = ViewCall.givesPart(site.owner(), site.name()) && first.is(Value.Kind.TEXT);
        if (!isPart && !ViewCall.givesElement(site.owner(), site.name())) {
            return Optional.empty();
        }
        Value view = site.receiver();
        boolean isKnown = view.is(Value.Kind.PART) || view.is(Value.Kind.LOADED) || view.is(Value.Kind.RESULT);
        return Optional.of(Value.part(isKnown ? view.member() : null, isPart ? first.text() : ""));
    }

    /** Records what a call does to memory at an offset; one of Unsafe that was recorded is told where it is. */
    private void memory(Site site) {
        Optional<MemoryCall> call = site.isStatic()
                ? Optional.empty()
                : MemoryCall.of(site.owner(), site.name(), site.signature().parameters());
        if (call.isEmpty()) {
            return;
        }
        MemoryOffset offset = site.arguments()[call.get().offsetArgument()].offset();
        if (isUnsafe(site.owner()) && call.get().offsetArgument() == 1) {
            recorder.lastIsAt(offset, call.get().letter());
        } else {
            AccessCall access = call.get().access();
            recorder.memory(
                    isUnsafe(site.owner()) ? null : site.receiver(),
                    offset,
                    call.get().letter(),
                    access,
                    last(site, access));
        }
    }

    /** A VarHandle that views bytes is given a buffer or segment and an offset in it. */
    private void view(Site site) {
        List<String> parameters = site.signature().parameters();
        boolean isView = parameters.size() > 1
                && (parameters.get(0).equals("Ljava/nio/ByteBuffer;")
                                && parameters.get(1).equals("I")
                        || parameters.get(0).equals("Ljava/lang/foreign/MemorySegment;")
                                && parameters.get(1).equals("J"));
        if (isView) {
            String last = parameters.get(parameters.size() - 1);
            String type = parameters.size() > 2 ? last : site.signature().result();
            recorder.lastIsAt(site.arguments()[1].offset(), type.charAt(0));
        }
    }

    private static boolean isUnsafe(String owner) {
        return MemoryCall.isUnsafe(owner);
    }

    private static Value last(Site site, AccessCall access) {
        return access.values() == 0 || !access.givesValue()
                ? Value.UNKNOWN
                : site.arguments()[site.arguments().length - 1];
    }

    private Value varHandle(Site site, AccessCall access) {
        int coordinates = site.arguments().length - access.values();
        if (coordinates < 0) {
            return Value.UNKNOWN;
        }
        Value object = coordinates > 0 ? site.arguments()[0] : null;
        Value index = coordinates > 1 ? site.arguments()[1] : null;
        Value result = through(site.receiver(), object, index, access, last(site, access));
        view(site);
        return result;
    }

    private Value unsafe(Site site, AccessCall access) {
        Value stored = site.arguments().length > 2 ? last(site, access) : Value.UNKNOWN;
        return through(site.arguments()[1], site.arguments()[0], null, access, stored);
    }

    private Value through(Value handle, Value object, Value index, AccessCall access, Value stored) {
        int effect = recorder.handle(handle, object, index, access, stored);
        recorder.publish(stored);
        if (access.kind() != AccessKind.READ || !handle.is(Value.Kind.LOADED)) {
            return Value.UNKNOWN;
        }
        return Value.loadedThrough(handle.member(), EffectRecorder.receiver(object), effect);
    }

    private Optional<Value> atomic(Site site, AccessCall access) {
        Value object = site.receiver();
        boolean isArray = site.owner().endsWith("Array");
        if (!object.isLoaded() && !object.is(Value.Kind.PARAMETER)) {
            return object.is(Value.Kind.THIS) ? Optional.empty() : Optional.of(Value.UNKNOWN);
        }
        if (isArray && site.arguments().length > 0) {
            recorder.element(object, site.arguments()[0], access, last(site, access));
        } else {
            recorder.referent(object, site.name(), access, last(site, access));
        }
        return Optional.of(Value.UNKNOWN);
    }

    private Optional<Value> lock(Site site, Frame frame) {
        Optional<AccessCall> access = AccessCall.ofLock(site.name());
        if (site.name().equals("unlock")) {
            frame.unlock();
        }
        boolean isKnown = access.isPresent() && site.receiver().isLoaded();
        if (isKnown) {
            recorder.referent(site.receiver(), site.name(), access.get(), Value.UNKNOWN);
        }
        if (site.name().equals("lock") || site.name().equals("lockInterruptibly")) {
            frame.lock();
        }
        if (!isKnown) {
            return Optional.empty();
        }
        boolean isView = site.name().equals("readLock") || site.name().equals("writeLock");
        return Optional.of(isView ? site.receiver() : Value.UNKNOWN);
    }

    /** Records a call that is no access. */
    private void other(Site site) {
        if (site.name().endsWith("Fence") && (site.owner().equals(VAR_HANDLE) || isUnsafe(site.owner()))) {
            recorder.fence(site.name());
            return;
        }
        boolean isOfThread = site.owner().equals(THREAD) || site.owner().endsWith("LockSupport");
        if (isOfThread && WAITS.contains(site.name())) {
            recorder.waits();
        } else if (!HARMLESS.contains(site.name())) {
            recorder.otherCall();
        }
        handOver(site);
        boolean isOfJdk = site.owner().startsWith("java/") || site.owner().startsWith("[");
        boolean isSelf = !site.isStatic() && site.receiver().is(Value.Kind.THIS);
        if (isSelf && site.name().equals("<init>")) {
            method.chainedTo = site.owner();
            method.chainedAt = site.at();
        }
        if (isOfJdk) {
            ThreadStarts.ofJdk(site.at(), site.called()).ifPresent(method.threads::add);
        }
        if (!isOfJdk || isSelf && !site.owner().equals("java/lang/Object")) {
            recorder.call(
                    new Call(site.at(), site.called(), site.receiver(), worthKeeping(site), false, recorder.inLoop()));
        }
        if (LOOKUPS.contains(site.name()) && site.owner().equals("java/lang/Class")) {
            reflect(site.receiver());
        }
    }

    private void reflect(Value of) {
        if (of != null && of.is(Value.Kind.TYPE)) {
            type.reflected.add(of.text());
        }
    }

    /** {@return the arguments, when one of them may be the object or handle of an access in the method; else null} */
    private static Value[] worthKeeping(Site site) {
        for (Value argument : site.arguments()) {
            if (argument.isLoaded()
                    || argument.is(Value.Kind.PARAMETER)
                    || argument.is(Value.Kind.OWN)
                    || argument.is(Value.Kind.HANDLE)
                    || argument.is(Value.Kind.THIS)) {
                return site.arguments();
            }
        }
        return null;
    }

    /** Notes which method is given a lambda or an object with a method that a thread will run. */
    private void handOver(Site site) {
        String to = site.owner().replace('/', '.') + "." + site.name();
        for (int i = 0; i < site.arguments().length; i++) {
            Value argument = site.arguments()[i];
            if (argument.is(Value.Kind.LAMBDA)) {
                Call call = method.calls.get(argument.number());
                call.handedTo = call.handedTo.isEmpty() ? to : call.handedTo;
            } else {
                entry(site.signature().parameters().get(i), argument, to, site.at());
            }
        }
        if (site.name().equals("start")
                && !site.isStatic()
                && site.called().descriptor().equals("()V")) {
            entry("Ljava/lang/Runnable;", site.receiver(), to, site.at());
            recorder.publish(site.receiver()); // a thread that was started is its own reader
        }
    }

    private void entry(String parameter, Value object, String to, int at) {
        boolean isRunnable = parameter.equals("Ljava/lang/Runnable;");
        if (!isRunnable && !parameter.equals("Ljava/util/concurrent/Callable;")
                || !object.is(Value.Kind.THIS) && !object.is(Value.Kind.FRESH)) {
            return;
        }
        String owner = object.is(Value.Kind.THIS) ? type.name : object.text();
        Member run = isRunnable ? new Member(owner, "run", "()V") : new Member(owner, "call", "()Ljava/lang/Object;");
        Call call = new Call(at, run, object, null, true, recorder.inLoop());
        call.handedTo = to;
        recorder.call(call);
    }

    private Value result(Site site) {
        String owner = site.owner();
        String result = site.signature().result();
        if (isOwn(site)) {
            return Value.OWN;
        }
        if (site.name().equals("getClass") || site.name().equals("lookupClass")) {
            return Value.type(type.name);
        }
        if (site.name().equals("arrayElementVarHandle") || site.name().equals("arrayBaseOffset")) {
            return Value.ARRAY_HANDLE;
        }
        if (owner.startsWith("java/lang/") && site.name().endsWith("Value") && site.arguments().length == 0) {
            return site.receiver();
        }
        if (owner.startsWith("java/lang/") && site.name().equals("valueOf") && site.arguments().length == 1) {
            return site.arguments()[0];
        }
        if (ViewCall.isPart(result)) {
            return part(site).orElseGet(() -> Value.result(site.called()));
        }
        return HANDLE_RESULTS.contains(result) ? handleResult(site) : Value.UNKNOWN;
    }

    private static boolean isOwn(Site site) {
        if (site.owner().equals(THREAD) && site.name().equals("currentThread")
                || site.owner().endsWith("ThreadLocal") && site.name().equals("get")) {
            return true;
        }
        return site.receiver() != null && site.receiver().is(Value.Kind.OWN)
                || Arrays.stream(site.arguments()).anyMatch(argument -> argument.is(Value.Kind.OWN));
    }

    private Value handleResult(Site site) {
        List<Value> given = new ArrayList<>(Arrays.asList(site.arguments()));
        if (site.receiver() != null) {
            given.add(0, site.receiver());
        }
        List<String> types = new ArrayList<>(2);
        String text = null;
        for (Value value : given) {
            if (value.is(Value.Kind.HANDLE)) {
                return value;
            }
            if (value.is(Value.Kind.TYPE)) {
                types.add(value.text());
            } else if (value.is(Value.Kind.TEXT)) {
                text = value.text();
            } else if (value.is(Value.Kind.LAMBDA)) {
                return Value.result(method.calls.get(value.number()).method);
            }
        }
        boolean isCertain = NAMING_RESULTS.contains(site.signature().result()) || !types.isEmpty();
        if (text == null || !isCertain) {
            return Value.result(site.called());
        }
        types.add(type.name);
        Value.FieldQuery query = new Value.FieldQuery(List.copyOf(types), text);
        recorder.search(query);
        return Value.handle(query);
    }

    /** Follows a call that is linked when it is first run: a lambda, a method reference, a method of a record. */
    private void dynamic(int index, int at, Frame frame) {
        Signature signature = signatures.computeIfAbsent(pool.dynamicDescriptor(index), Signature::of);
        Value[] captured = pop(signature, frame);
        Value result = Value.UNKNOWN;
        for (Handle handle : bootstraps.handles(pool.bootstrap(index))) {
            if (handle.kind() <= 4) {
                Value object = handle.kind() % 2 == 0 ? null : Value.THIS;
                recorder.field(
                        handle.member(),
                        object,
                        handle.kind() <= 2 ? AccessCall.READ : AccessCall.WRITE,
                        Value.UNKNOWN);
            } else {
                result = deferred(handle, captured, at);
            }
        }
        for (Value each : captured) {
            recorder.publish(each);
        }
        if (!signature.result().equals("V")) {
            frame.push(result, Signature.isWide(signature.result()));
        }
    }

    private Value deferred(Handle handle, Value[] captured, int at) {
        boolean isStatic = handle.kind() == 6;
        boolean isConstructor = handle.kind() == 8;
        Value receiver = isStatic
                ? null
                : isConstructor
                        ? Value.fresh(handle.member().owner(), at)
                        : captured.length > 0 ? captured[0] : Value.UNKNOWN;
        Value[] arguments =
                isStatic ? captured : captured.length > 1 ? Arrays.copyOfRange(captured, 1, captured.length) : null;
        recorder.call(new Call(at, handle.member(), receiver, arguments, true, recorder.inLoop()));
        return Value.lambda(method.calls.size() - 1);
    }
}
