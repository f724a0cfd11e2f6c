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
    private static final Set<String> NO_ACCESS =
            new HashSet<>(Arrays.asList("<init>", "toString", "hashCode", "equals", "getClass"));
    private static final Set<String> OF_HANDLE = new HashSet<>(Arrays.asList(
            "varType",
            "coordinateTypes",
            "accessModeType",
            "isAccessModeSupported",
            "toMethodHandle",
            "describeConstable",
            "withInvokeExactBehavior",
            "withInvokeBehavior",
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
        if (NO_ACCESS.contains(name)) {
            return NONE;
        }
        if (owner.equals("java/lang/invoke/VarHandle")) {
            return OF_HANDLE.contains(name) || name.endsWith("Fence") ? NONE : VAR_HANDLE;
        }
        if (owner.startsWith(ATOMICS)) {
            return ofAtomic(owner, name);
        }
        if (owner.equals("sun/misc/Unsafe") || owner.equals("jdk/internal/misc/Unsafe")) {
            boolean tells = name.equals("objectFieldOffset") && descriptor.startsWith("(Ljava/lang/reflect/Field;)");
            boolean isAccess =
                    descriptor.startsWith("(Ljava/lang/Object;J") && !kind(name).isEmpty();
            return tells ? TELLS_OFFSET : isAccess ? UNSAFE : NONE;
        }
        return NONE;
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
        return OBJECTS.contains(owner) ? ATOMIC : NONE;
    }

    /** {@return whether it touches a field} */
    boolean isAccess() {
        return this == VAR_HANDLE || this == UPDATER || this == ATOMIC || this == UNSAFE;
    }

    /** {@return whether values of a descriptor are named by the field that they are stored in} */
    static boolean isNamedByField(String descriptor) {
        if (descriptor.startsWith("[")) {
            return true;
        }
        return descriptor.startsWith("L" + ATOMICS)
                && OBJECTS.contains(descriptor.substring(1, descriptor.length() - 1));
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

    /** {@return what a method of that name does; empty when it does neither} */
    static String kind(String name) {
        if (name.contains("AndGet") || name.startsWith("getAnd") || name.contains("ompareAnd")) {
            return AccessSite.READ_MODIFY_WRITE;
        }
        if (name.equals("attemptStamp") || name.equals("attemptMark")) {
            return AccessSite.READ_MODIFY_WRITE;
        }
        if (name.startsWith("set") || name.startsWith("put") || name.equals("lazySet")) {
            return AccessSite.WRITE;
        }
        return name.startsWith("get") || name.endsWith("Value") || name.startsWith("is") ? AccessSite.READ : "";
    }
}
