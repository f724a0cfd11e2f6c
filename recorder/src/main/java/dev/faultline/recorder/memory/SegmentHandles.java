package dev.faultline.recorder.memory;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * At which byte of a segment a VarHandle of a layout reads and writes: a sum of its coordinates, each times a number of
 * bytes, and of a constant. Noted where the program makes the handle.
 */
public final class SegmentHandles {

    /** The most coordinates after the segment. */
    private static final int MOST_COORDINATES = 3;

    private static final int MOST = 1 << 12;
    private static final WeakIdentityMap<SegmentHandles> HANDLES = new WeakIdentityMap<>(MOST, sum -> {});

    private final long constant;
    private final long[] bytesOf;

    private SegmentHandles(long constant, long[] bytesOf) {
        this.constant = constant;
        this.bytesOf = bytesOf;
    }

    /** {@return the sum of a handle; null when it is of no layout that was noted} */
    public static SegmentHandles of(Object handle) {
        return HANDLES.get(handle);
    }

    /** {@return the offset in the segment; only as many coordinates count as the handle has} */
    public long byteOffset(long first, long second, long third) {
        long sum = constant;
        sum += bytesOf.length > 0 ? first * bytesOf[0] : 0;
        sum += bytesOf.length > 1 ? second * bytesOf[1] : 0;
        return sum + (bytesOf.length > 2 ? third * bytesOf[2] : 0);
    }

    private static void put(Object handle, long constant, long[] bytesOf) {
        if (bytesOf.length <= MOST_COORDINATES) {
            HANDLES.putIfAbsent(handle, new SegmentHandles(constant, bytesOf));
        }
    }

    /**
     * Notes a handle of a layout.
     *
     * @param handle the handle
     * @param layout its layout
     * @param path the path in the layout; null for none
     * @param isOfElements whether its second coordinate counts layouts
     * @throws Throwable what the VM says against it
     */
    public static void made(VarHandle handle, Object layout, Object[] path, boolean isOfElements) throws Throwable {
        Class<?> type = Class.forName("java.lang.foreign.MemoryLayout", false, null);
        Class<?> step = Class.forName("java.lang.foreign.MemoryLayout$PathElement", false, null);
        Class<?> steps = java.lang.reflect.Array.newInstance(step, 0).getClass();
        Object none = java.lang.reflect.Array.newInstance(step, 0);
        MethodHandle offset = (MethodHandle)
                type.getMethod("byteOffsetHandle", steps).invoke(layout, path == null ? none : (Object) path);
        int coordinates = handle.coordinateTypes().size() - 1;
        List<Long> bytesOf = new ArrayList<>();
        long constant = at(offset, -1, 0);
        for (int i = 0; i < offset.type().parameterCount(); i++) {
            bytesOf.add(at(offset, i, constant));
        }
        if (isOfElements) {
            bytesOf.add(1, (long) type.getMethod("byteSize").invoke(layout));
        }
        if (bytesOf.size() == coordinates) {
            put(handle, constant, bytesOf.stream().mapToLong(Long::longValue).toArray());
        }
    }

    /** {@return what an offset is when one argument is 1 and the others are 0, less a constant} */
    private static long at(MethodHandle offset, int one, long constant) throws Throwable {
        Object[] arguments = new Object[offset.type().parameterCount()];
        Arrays.fill(arguments, 0L);
        if (one >= 0) {
            arguments[one] = 1L;
        }
        try {
            return (long) offset.invokeWithArguments(arguments) - constant;
        } catch (IndexOutOfBoundsException onlyElement) {
            return 0;
        }
    }

    /** Notes a handle that does what another one does. */
    public static void same(Object from, Object to) {
        SegmentHandles sum = of(from);
        if (sum != null) {
            put(to, sum.constant, sum.bytesOf);
        }
    }

    /** Notes a handle that is another one with some coordinates given; the position counts the segment. */
    public static void bound(Object from, Object to, int position, Object[] values) {
        SegmentHandles sum = of(from);
        int first = position - 1;
        if (sum == null || first < 0 || first + values.length > sum.bytesOf.length) {
            return;
        }
        long constant = sum.constant;
        for (int i = 0; i < values.length; i++) {
            constant += ((Number) values[i]).longValue() * sum.bytesOf[first + i];
        }
        long[] left = new long[sum.bytesOf.length - values.length];
        System.arraycopy(sum.bytesOf, 0, left, 0, first);
        System.arraycopy(sum.bytesOf, first + values.length, left, first, left.length - first);
        put(to, constant, left);
    }
}
