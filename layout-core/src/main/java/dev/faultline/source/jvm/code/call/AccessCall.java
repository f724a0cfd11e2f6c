package dev.faultline.source.jvm.code.call;

import dev.faultline.access.AccessKind;
import dev.faultline.access.code.MemoryOrder;
import dev.faultline.api.Internal;
import java.util.Optional;

/**
 * What a method of a VarHandle, an updater, {@code Unsafe} or an atomic object does, by its name.
 *
 * @param kind what is done; of a compare-and-set {@link AccessKind#RMW}
 * @param order how it is ordered
 * @param isConditional whether it is a compare-and-set
 * @param steps whether it adds to or subtracts from the value
 * @param isSwap whether it stores what it is given and returns what was there
 * @param values number of values that are given to it, behind the object and the index
 */
@Internal
public record AccessCall(
        AccessKind kind, MemoryOrder order, boolean isConditional, boolean steps, boolean isSwap, int values) {

    /** A plain read. */
    public static final AccessCall READ = new AccessCall(AccessKind.READ, MemoryOrder.PLAIN, false, false, false, 0);

    /** A plain write. */
    public static final AccessCall WRITE = new AccessCall(AccessKind.WRITE, MemoryOrder.PLAIN, false, false, false, 1);

    /** {@return whether the value that is stored is the last that is given to it} */
    public boolean givesValue() {
        return kind == AccessKind.WRITE || isConditional || isSwap;
    }

    /**
     * {@return what a method does; empty when its name says nothing of the kind}
     *
     * @param name the method
     * @param usual the order of those that name none
     */
    public static Optional<AccessCall> of(String name, MemoryOrder usual) {
        if (name.startsWith("compareAnd") || name.startsWith("weakCompareAnd")) {
            return Optional.of(
                    new AccessCall(AccessKind.RMW, order(name, MemoryOrder.VOLATILE), true, false, false, 2));
        }
        if (name.startsWith("getAnd") || name.endsWith("AndGet")) {
            return Optional.of(update(name));
        }
        if (name.startsWith("get")) {
            return Optional.of(new AccessCall(AccessKind.READ, order(name, usual), false, false, false, 0));
        }
        if (name.startsWith("set") || name.startsWith("put")) {
            return Optional.of(new AccessCall(AccessKind.WRITE, order(name, usual), false, false, false, 1));
        }
        if (name.equals("lazySet")) {
            return Optional.of(new AccessCall(AccessKind.WRITE, MemoryOrder.ORDERED, false, false, false, 1));
        }
        return Optional.empty();
    }

    private static AccessCall update(String name) {
        boolean steps = name.contains("Add")
                || name.contains("Increment")
                || name.contains("Decrement")
                || name.startsWith("increment")
                || name.startsWith("decrement")
                || name.startsWith("add");
        boolean gives = !name.contains("crement");
        boolean isSwap = name.startsWith("getAndSet");
        return new AccessCall(AccessKind.RMW, order(name, MemoryOrder.VOLATILE), false, steps, isSwap, gives ? 1 : 0);
    }

    /** {@return what a method of a class of {@code java.util.concurrent.atomic} does to its value} */
    public static Optional<AccessCall> ofAtomic(String name) {
        Optional<AccessCall> known = of(name, MemoryOrder.VOLATILE);
        if (known.isPresent()) {
            return known;
        }
        return switch (name) {
            case "increment", "decrement" ->
                Optional.of(new AccessCall(AccessKind.RMW, MemoryOrder.VOLATILE, false, true, false, 0));
            case "add", "accumulate" ->
                Optional.of(new AccessCall(AccessKind.RMW, MemoryOrder.VOLATILE, false, true, false, 1));
            case "attemptMark", "attemptStamp" ->
                Optional.of(new AccessCall(AccessKind.RMW, MemoryOrder.VOLATILE, true, false, false, 2));
            case "reset" -> Optional.of(new AccessCall(AccessKind.WRITE, MemoryOrder.VOLATILE, false, false, false, 0));
            case "sumThenReset" ->
                Optional.of(new AccessCall(AccessKind.RMW, MemoryOrder.VOLATILE, false, false, false, 0));
            case "sum", "intValue", "longValue", "floatValue", "doubleValue", "isMarked" ->
                Optional.of(new AccessCall(AccessKind.READ, MemoryOrder.VOLATILE, false, false, false, 0));
            default -> Optional.empty();
        };
    }

    /** {@return what a method of a class of {@code java.util.concurrent.locks} does to the lock} */
    public static Optional<AccessCall> ofLock(String name) {
        return switch (name) {
            case "lock",
                    "unlock",
                    "tryLock",
                    "lockInterruptibly",
                    "readLock",
                    "writeLock",
                    "unlockRead",
                    "unlockWrite",
                    "tryUnlockRead",
                    "tryUnlockWrite",
                    "tryOptimisticRead",
                    "validate" ->
                Optional.of(new AccessCall(
                        name.equals("tryOptimisticRead") || name.equals("validate") ? AccessKind.READ : AccessKind.RMW,
                        MemoryOrder.VOLATILE,
                        false,
                        false,
                        false,
                        0));
            default -> Optional.empty();
        };
    }

    private static MemoryOrder order(String name, MemoryOrder usual) {
        if (name.endsWith("Plain")) {
            return MemoryOrder.PLAIN;
        }
        if (name.contains("Opaque")) {
            return MemoryOrder.OPAQUE;
        }
        if (name.contains("Acquire") || name.contains("Release") || name.contains("Ordered")) {
            return MemoryOrder.ORDERED;
        }
        return name.contains("Volatile") ? MemoryOrder.VOLATILE : usual;
    }
}
