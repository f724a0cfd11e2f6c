package dev.faultline.recorder.memory;

import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.VarHandle;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** What the VM tells of memory. The packages that tell it are opened to the agent alone. */
public final class VmMemory {

    private static final String UNSAFE = "jdk.internal.misc.Unsafe";
    private static volatile MethodHandle arrayBase;
    private static volatile MethodHandle arrayScale;
    private static volatile MethodHandle intAt;
    private static volatile MethodHandle longAt;
    private static volatile MethodHandle fieldOffset;
    private static long referenceBase = -1;
    private static long referenceScale;
    private static int referenceShift;

    private VmMemory() {}

    /** Opens what is needed. Where the VM refuses, less is recorded. */
    public static void open(Instrumentation instrumentation) {
        Module own = VmMemory.class.getModule();
        Map<String, Set<Module>> opened = new HashMap<>();
        opened.put("java.lang", Collections.singleton(own));
        opened.put("java.nio", Collections.singleton(own));
        opened.put("sun.nio.ch", Collections.singleton(own));
        opened.put("jdk.internal.misc", Collections.singleton(own));
        try {
            instrumentation.redefineModule(
                    Object.class.getModule(), Set.of(), opened, opened, Set.of(), Collections.emptyMap());
            Class<?> unsafe = Class.forName(UNSAFE, false, null);
            Object only = unsafe.getMethod("getUnsafe").invoke(null);
            arrayBase = ofClass(unsafe, "arrayBaseOffset", only);
            arrayScale = ofClass(unsafe, "arrayIndexScale", only);
            intAt = bound(unsafe, "getInt", only, Object.class, long.class);
            longAt = bound(unsafe, "getLong", only, Object.class, long.class);
            fieldOffset = bound(unsafe, "objectFieldOffset", only, Class.class, String.class);
            referenceBase = (long) arrayBase.invokeExact((Class<?>) Object[].class);
            referenceScale = (long) arrayScale.invokeExact((Class<?>) Object[].class);
            referenceShift = Long.numberOfTrailingZeros(referenceScale);
        } catch (Throwable refused) {
            referenceBase = -1;
        }
    }

    private static MethodHandle bound(Class<?> unsafe, String name, Object only, Class<?>... parameters)
            throws ReflectiveOperationException {
        return MethodHandles.lookup()
                .unreflect(unsafe.getMethod(name, parameters))
                .bindTo(only);
    }

    /** {@return a method that is given a class; its result is an int or a long, by the VM's version} */
    private static MethodHandle ofClass(Class<?> unsafe, String name, Object only) throws ReflectiveOperationException {
        return MethodHandles.lookup()
                .unreflect(unsafe.getMethod(name, Class.class))
                .bindTo(only)
                .asType(MethodType.methodType(long.class, Class.class));
    }

    /**
     * {@return the handle of the number of a thread, which threads that run at a time have not in common; null for
     * none}
     */
    public static VarHandle threadNumber() {
        try {
            return MethodHandles.privateLookupIn(Thread.class, MethodHandles.lookup())
                    .findVarHandle(Thread.class, "tid", long.class);
        } catch (ReflectiveOperationException | RuntimeException refused) {
            return null;
        }
    }

    /** {@return the index of the element at a byte offset in an array; -1 when none is known to be there} */
    public static long elementAt(Object array, long byteOffset) {
        if (array instanceof Object[]) {
            return byteOffset < referenceBase || referenceBase < 0 ? -1 : byteOffset - referenceBase >> referenceShift;
        }
        return elementOfPrimitives(array, byteOffset);
    }

    private static long elementOfPrimitives(Object array, long byteOffset) {
        if (referenceBase < 0) {
            return -1;
        }
        try {
            long base = (long) arrayBase.invokeExact((Class<?>) array.getClass());
            long scale = (long) arrayScale.invokeExact((Class<?>) array.getClass());
            return byteOffset < base ? -1 : (byteOffset - base) / scale;
        } catch (Throwable refused) {
            return -1;
        }
    }

    /** {@return how many bytes an array has before its first element; -1 when that is not known} */
    static long bytesBefore(Class<?> arrayType) {
        try {
            return referenceBase < 0 ? -1 : (long) arrayBase.invokeExact(arrayType);
        } catch (Throwable refused) {
            return -1;
        }
    }

    /** {@return what the VM has written for the reference in an array of one; 0 when it cannot be read} */
    static long reference(Object[] holder) {
        try {
            return referenceBase < 0
                    ? 0
                    : referenceScale == Integer.BYTES
                            ? (int) intAt.invokeExact((Object) holder, referenceBase) & 0xffffffffL
                            : (long) longAt.invokeExact((Object) holder, referenceBase);
        } catch (Throwable refused) {
            return 0;
        }
    }

    /** {@return the offset of a field of a class or of its superclasses; -1 when none is known} Loads no class. */
    public static long fieldOffset(Class<?> type, String field) {
        if (type.isArray()) {
            return -1; // the VM ends when it is asked for a field of an array
        }
        for (Class<?> one = type; one != null && referenceBase >= 0; one = one.getSuperclass()) {
            try {
                return (long) fieldOffset.invokeExact((Class<?>) one, field);
            } catch (Throwable notDeclared) {
                continue;
            }
        }
        return -1;
    }
}
