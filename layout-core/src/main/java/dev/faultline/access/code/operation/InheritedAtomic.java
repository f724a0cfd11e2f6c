package dev.faultline.access.code.operation;

import dev.faultline.access.AccessKind;
import dev.faultline.access.code.CodeCall;
import dev.faultline.access.code.CodeField;
import dev.faultline.access.code.CodeReceiver;
import dev.faultline.access.code.FieldEffect;
import dev.faultline.access.code.MemoryOrder;
import dev.faultline.access.code.StoredValue;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The methods of {@code AtomicInteger} and its kin, for classes that extend them: their code is not read. */
final class InheritedAtomic {

    private static final String PACKAGE = "java.util.concurrent.atomic.";
    private static final List<String> TYPES =
            List.of("AtomicInteger", "AtomicLong", "AtomicReference", "AtomicBoolean");
    private static final StoredValue STEP = new StoredValue(StoredValue.Kind.STEP, "");

    private InheritedAtomic() {}

    /** {@return what a call of the object's own method does to the value that it inherits} */
    static Optional<FieldEffect> effect(CodeCall call, Map<CodeField, String> paths) {
        return TYPES.stream()
                .map(type -> new CodeField(PACKAGE + type, "value"))
                .filter(paths::containsKey)
                .findFirst()
                .flatMap(field -> effect(call, field));
    }

    private static Optional<FieldEffect> effect(CodeCall call, CodeField field) {
        return switch (call.method()) {
            case "get" -> of(call, field, AccessKind.READ, MemoryOrder.VOLATILE, StoredValue.NONE, false);
            case "getAcquire", "getPlain", "getOpaque" ->
                of(call, field, AccessKind.READ, MemoryOrder.ORDERED, StoredValue.NONE, false);
            case "set" -> of(call, field, AccessKind.WRITE, MemoryOrder.VOLATILE, StoredValue.OTHER, false);
            case "lazySet", "setRelease", "setOpaque" ->
                of(call, field, AccessKind.WRITE, MemoryOrder.ORDERED, StoredValue.OTHER, false);
            case "getAndIncrement", "incrementAndGet", "getAndDecrement", "decrementAndGet", "getAndAdd", "addAndGet" ->
                of(call, field, AccessKind.RMW, MemoryOrder.VOLATILE, STEP, false);
            case "getAndSet" -> of(call, field, AccessKind.RMW, MemoryOrder.VOLATILE, StoredValue.OTHER, false);
            case "getAndUpdate", "updateAndGet", "getAndAccumulate", "accumulateAndGet" ->
                of(call, field, AccessKind.CAS_LOOP, MemoryOrder.VOLATILE, StoredValue.OTHER, true);
            case "compareAndSet", "weakCompareAndSet", "weakCompareAndSetPlain", "weakCompareAndSetVolatile" ->
                of(
                        call,
                        field,
                        call.inLoop() ? AccessKind.CAS_LOOP : AccessKind.RMW,
                        MemoryOrder.VOLATILE,
                        StoredValue.OTHER,
                        true);
            default -> Optional.empty();
        };
    }

    private static Optional<FieldEffect> of(
            CodeCall call,
            CodeField field,
            AccessKind kind,
            MemoryOrder order,
            StoredValue stored,
            boolean conditional) {
        return Optional.of(new FieldEffect(
                field,
                kind,
                order,
                CodeReceiver.SELF,
                FieldEffect.Reach.FIELD,
                "",
                call.inLoop(),
                false,
                false,
                stored,
                conditional,
                call.place()));
    }
}
