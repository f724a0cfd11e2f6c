package dev.faultline.recorder.memory;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/** Where the memory of a {@code MemorySegment} is, which VMs have that are newer than the agent's own classes. */
public final class Segments {

    private static final Class<?> SEGMENT = segment();
    private static final MethodHandle ADDRESS = method("address", long.class);
    private static final MethodHandle BYTE_SIZE = method("byteSize", long.class);
    private static final MethodHandle IS_NATIVE = method("isNative", boolean.class);
    private static final MethodHandle SCOPE = scope();

    private Segments() {}

    private static Class<?> segment() {
        try {
            return Class.forName("java.lang.foreign.MemorySegment", false, null);
        } catch (ClassNotFoundException older) {
            return null;
        }
    }

    private static MethodHandle method(String name, Class<?> result) {
        try {
            return SEGMENT == null
                    ? null
                    : MethodHandles.publicLookup()
                            .findVirtual(SEGMENT, name, MethodType.methodType(result))
                            .asType(MethodType.methodType(result, Object.class));
        } catch (ReflectiveOperationException older) {
            return null;
        }
    }

    private static MethodHandle scope() {
        try {
            MethodHandle exact =
                    SEGMENT == null ? null : MethodHandles.publicLookup().unreflect(SEGMENT.getMethod("scope"));
            return exact == null ? null : exact.asType(MethodType.methodType(Object.class, Object.class));
        } catch (ReflectiveOperationException older) {
            return null;
        }
    }

    /** {@return whether an object is a segment, and addresses can be told} */
    public static boolean isSegment(Object object) {
        return SCOPE != null && ADDRESS != null && SEGMENT.isInstance(object);
    }

    /**
     * {@return the address of a segment's first byte; 0 when it is on the heap}
     *
     * @throws Throwable what the VM says against it
     */
    public static long address(Object segment) throws Throwable {
        return (boolean) IS_NATIVE.invokeExact(segment) ? (long) ADDRESS.invokeExact(segment) : 0;
    }

    /**
     * {@return the size of a segment in bytes}
     *
     * @throws Throwable what the VM says against it
     */
    public static long byteSize(Object segment) throws Throwable {
        return (long) BYTE_SIZE.invokeExact(segment);
    }

    /**
     * {@return what frees the memory of a segment, or of an arena of the JDK, when it is closed or collected; null for
     * an arena of the program, whose code is not called}
     *
     * @throws Throwable what the VM says against it
     */
    public static Object scope(Object segmentOrArena) throws Throwable {
        if (SEGMENT.isInstance(segmentOrArena)) {
            return (Object) SCOPE.invokeExact(segmentOrArena);
        }
        return segmentOrArena.getClass().getClassLoader() != null
                ? null
                : Class.forName("java.lang.foreign.Arena", false, null)
                        .getMethod("scope")
                        .invoke(segmentOrArena);
    }
}
