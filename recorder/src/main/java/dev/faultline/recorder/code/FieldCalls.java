package dev.faultline.recorder.code;

import dev.faultline.recorder.run.AccessSite;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/** Which calls of the JDK are accesses of a field, and which tell what field a later one is of. */
enum FieldCalls {
    /** Any other call. */
    NONE,
    /** Goes through a VarHandle to a field of its first argument, or to a static field. */
    VAR_HANDLE,
    /** Goes through an {@code AtomicLongFieldUpdater} or another of these to a field of its first argument. */
    UPDATER,
    /** Reads or changes what an {@code AtomicLong} or another of these holds. */
    ATOMIC,
    /** Goes to an offset in an object: the first two arguments. */
    UNSAFE,
    /** Makes a VarHandle or an updater of a class and a field's name. */
    MAKES_HANDLE,
    /** Tells the offset of a {@code Field}. */
    TELLS_OFFSET,
    /** Reads or changes an element of an {@code AtomicLongArray} or another of these, or all of them. */
    ATOMIC_ARRAY,
    /** Adds to a {@code LongAdder} or another of these, which has a cell for each CPU, or reads all of them. */
    ADDER,
    /** A method that atomic objects have, of a class of the program, which may extend one of them. */
    PERHAPS_ATOMIC,
    /** Goes to an address: the first argument. */
    MEMORY,
    /** Copies or fills memory. */
    COPIES,
    /** Goes to an element of a buffer. */
    BUFFER,
    /** Goes to several elements of a buffer. */
    BUFFER_RANGE,
    /** Goes to an offset or an index in a segment. */
    SEGMENT,
    /** Allocates memory off the heap, which it returns. */
    ALLOCATES,
    /** Frees memory off the heap. */
    FREES,
    /** Makes a VarHandle of a memory layout. */
    MAKES_LAYOUT_HANDLE,
    /** Makes a VarHandle of another one and some of its coordinates. */
    BINDS_HANDLE,
    /** Makes a VarHandle that does what another one does. */
    COPIES_HANDLE,
    /** Waits, or tells the CPU so: does not keep a loop from being one that polls. */
    WAITS;

    private static final String ATOMICS = "java/util/concurrent/atomic/Atomic";
    private static final Set<String> OBJECTS = new HashSet<>(Arrays.asList(
            ATOMICS + "Boolean",
            ATOMICS + "Integer",
            ATOMICS + "Long",
            ATOMICS + "Reference",
            ATOMICS + "StampedReference",
            ATOMICS + "MarkableReference"));
    private static final Set<String> ARRAYS =
            new HashSet<>(Arrays.asList(ATOMICS + "IntegerArray", ATOMICS + "LongArray", ATOMICS + "ReferenceArray"));
    private static final Set<String> ADDERS = new HashSet<>(Arrays.asList(
            "java/util/concurrent/atomic/LongAdder",
            "java/util/concurrent/atomic/DoubleAdder",
            "java/util/concurrent/atomic/LongAccumulator",
            "java/util/concurrent/atomic/DoubleAccumulator"));
    private static final Set<String> ADDS = new HashSet<>(Arrays.asList("add", "increment", "decrement", "accumulate"));
    private static final Set<String> ADDS_UP =
            new HashSet<>(Arrays.asList("sum", "sumThenReset", "getThenReset", "reset"));
    private static final Set<String> OF_VALUES = new HashSet<>(Arrays.asList(
            "()J", "()I", "()Z", "()Ljava/lang/Object;", "(J)V", "(I)V", "(Z)V", "(Ljava/lang/Object;)V"));
    private static final Set<String> NO_ACCESS =
            new HashSet<>(Arrays.asList("<init>", "toString", "hashCode", "equals", "getClass"));
    private static final Set<String> OF_HANDLE = new HashSet<>(Arrays.asList(
            "varType",
            "coordinateTypes",
            "accessModeType",
            "isAccessModeSupported",
            "toMethodHandle",
            "describeConstable",
            "hasInvokeExactBehavior"));
    private static final Set<String> WAITING = new HashSet<>(Arrays.asList(
            "onSpinWait", "yield", "sleep", "interrupted", "isInterrupted", "currentThread", "parkNanos"));

    private static final Set<String> OF_NUMBERS = new HashSet<>(Arrays.asList(
            "java/lang/Math",
            "java/lang/Integer",
            "java/lang/Long",
            "java/lang/Float",
            "java/lang/Double",
            "java/lang/Character"));

    /** {@return what a call is} The owner is an internal name. */
    static FieldCalls of(String owner, String name, String descriptor) {
        if (owner.equals("java/lang/Thread") || owner.equals("java/util/concurrent/locks/LockSupport")) {
            return WAITING.contains(name) ? WAITS : NONE;
        }
        if (owner.equals("java/lang/invoke/MethodHandles$Lookup")) {
            return name.equals("findVarHandle") || name.equals("findStaticVarHandle") ? MAKES_HANDLE : NONE;
        }
        if (owner.equals("java/lang/invoke/ConstantBootstraps")) {
            return name.equals("fieldVarHandle") || name.equals("staticFieldVarHandle") ? MAKES_HANDLE : NONE;
        }
        if (NO_ACCESS.contains(name)) {
            return NONE;
        }
        if (owner.equals("java/lang/invoke/VarHandle")) {
            if (name.startsWith("withInvoke")) {
                return COPIES_HANDLE;
            }
            return OF_HANDLE.contains(name) || name.endsWith("Fence") ? NONE : VAR_HANDLE;
        }
        if (owner.startsWith(ATOMICS)) {
            return ofAtomic(owner, name);
        }
        if (owner.equals("sun/misc/Unsafe") || owner.equals("jdk/internal/misc/Unsafe")) {
            boolean tells = name.equals("objectFieldOffset") && descriptor.startsWith("(Ljava/lang/reflect/Field;)");
            return tells ? TELLS_OFFSET : MemoryCalls.ofUnsafe(name, descriptor);
        }
        if (ADDERS.contains(owner)) {
            return kind(name).isEmpty() ? NONE : ADDER;
        }
        FieldCalls ofMemory = MemoryCalls.of(owner, name, descriptor);
        return ofMemory == NONE && !ClassSurvey.isOfJdk(owner) && isOfAtomics(name, descriptor)
                ? PERHAPS_ATOMIC
                : ofMemory;
    }

    /** {@return whether atomic objects have a final method of this name and kind} */
    private static boolean isOfAtomics(String name, String descriptor) {
        boolean isPlain = name.equals("get") || name.equals("set") || name.equals("lazySet");
        boolean isNamed = name.startsWith("getAnd")
                || name.endsWith("AndGet")
                || name.startsWith("compareAnd")
                || name.startsWith("weakCompareAnd");
        return isNamed || isPlain && OF_VALUES.contains(descriptor);
    }

    /** {@return whether a call ends soon, whatever other threads do, and runs no code of the program} */
    static boolean isShort(String owner, String name, String descriptor) {
        if (OF_NUMBERS.contains(owner) || owner.equals("java/lang/Thread") && name.equals("onSpinWait")) {
            return true;
        }
        return of(owner, name, descriptor).isAccess() && !name.contains("pdate") && !name.contains("ccumulate");
    }

    private static FieldCalls ofAtomic(String owner, String name) {
        if (owner.endsWith("FieldUpdater")) {
            return name.equals("newUpdater") ? MAKES_HANDLE : UPDATER;
        }
        if (ARRAYS.contains(owner)) {
            return name.equals("length") ? NONE : ATOMIC_ARRAY;
        }
        return OBJECTS.contains(owner) ? ATOMIC : NONE;
    }

    /** {@return whether it touches a field} */
    boolean isAccess() {
        switch (this) {
            case VAR_HANDLE:
            case UPDATER:
            case ATOMIC:
            case ATOMIC_ARRAY:
            case ADDER:
            case UNSAFE:
            case MEMORY:
            case COPIES:
            case BUFFER:
            case BUFFER_RANGE:
            case SEGMENT:
                return true;
            default:
                return false;
        }
    }

    /** {@return whether it is counted: it is an access, or may turn out to be one} */
    boolean isCounted() {
        return isAccess() || this == PERHAPS_ATOMIC;
    }

    /** {@return whether it touches memory off the heap, for sure or perhaps} */
    boolean isOffHeap() {
        return this == MEMORY || this == COPIES || this == BUFFER || this == BUFFER_RANGE || this == SEGMENT;
    }

    /** {@return whether the recorder is told of it, and it is no access} */
    boolean isNotice() {
        return !isCounted() && this != NONE && this != WAITS;
    }

    /** {@return whether values of a descriptor are named by the field that they are stored in} */
    static boolean isNamedByField(String descriptor) {
        if (descriptor.startsWith("[")) {
            return true;
        }
        String type = descriptor.substring(1, Math.max(1, descriptor.length() - 1));
        return descriptor.startsWith("L" + ATOMICS) && (OBJECTS.contains(type) || ARRAYS.contains(type))
                || ADDERS.contains(type);
    }

    /** {@return the field that a method of an adder touches: the cell of its CPU, or each of them} */
    static String cells(String name) {
        return ADDS.contains(name) ? "cells[own]" : "cells[*]";
    }

    /**
     * {@return whether a descriptor is that of an {@code Unsafe}, a VarHandle or an updater} Such static fields are
     * final as good as always, and reading them touches no memory then.
     */
    static boolean isToolOfAccess(String descriptor) {
        return descriptor.endsWith("/misc/Unsafe;")
                || descriptor.equals("Ljava/lang/invoke/VarHandle;")
                || descriptor.startsWith("L" + ATOMICS) && descriptor.endsWith("FieldUpdater;");
    }

    /** {@return what a call does, as {@link #kind(String)}, with stores that wait as such} */
    static String kind(String owner, String name) {
        String kind = kind(name);
        boolean isOfAtomic = owner.startsWith(ATOMICS) || !ClassSurvey.isOfJdk(owner);
        boolean waits = name.contains("Volatile")
                || name.equals("set") && isOfAtomic
                || name.equals("reset") && ADDERS.contains(owner);
        return kind.equals(AccessSite.WRITE) && waits ? AccessSite.VOLATILE_WRITE : kind;
    }

    /** {@return what a method of that name does; empty when it does neither} */
    static String kind(String name) {
        if (ADDS.contains(name) || name.endsWith("ThenReset")) {
            return AccessSite.READ_MODIFY_WRITE;
        }
        if (ADDS_UP.contains(name)) {
            return name.equals("reset") ? AccessSite.WRITE : AccessSite.READ;
        }
        if (name.contains("AndGet") || name.startsWith("getAnd") || name.contains("ompareAnd")) {
            return AccessSite.READ_MODIFY_WRITE;
        }
        if (name.equals("attemptStamp") || name.equals("attemptMark")) {
            return AccessSite.READ_MODIFY_WRITE;
        }
        if (name.startsWith("set") || name.startsWith("put") || name.equals("lazySet")) {
            return AccessSite.WRITE;
        }
        if (name.equals("copyMemory")) {
            return AccessSite.WRITE; // and a read of another place
        }
        return name.startsWith("get") || name.endsWith("Value") || name.startsWith("is") ? AccessSite.READ : "";
    }
}
