package dev.faultline.recorder.run;

import dev.faultline.recorder.memory.DirectBuffers;
import dev.faultline.recorder.memory.MemoryBlocks;
import dev.faultline.recorder.memory.SegmentHandles;
import dev.faultline.recorder.memory.Segments;
import dev.faultline.recorder.memory.VmMemory;
import java.lang.invoke.VarHandle;
import java.lang.reflect.Array;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What instrumented code calls for accesses of memory off the heap and of elements of arrays, as far as they go through
 * calls. Nothing throws.
 */
public final class PlaceRecorder {

    /** Longer ranges are counted as a whole; a cache line is as long. */
    private static final long LONGEST_RANGE = 64;

    private PlaceRecorder() {}

    /** Counts an access by {@code Unsafe} in an object, or at an address when the object is null. */
    public static void unsafe(Object object, long byteOffset, int bytes, MethodCounters counters, int place) {
        if (object == null) {
            memory(byteOffset, bytes, counters, place);
        } else if (object instanceof Object[] || object.getClass().isArray()) {
            element(object, VmMemory.elementAt(object, byteOffset), counters, place);
        } else {
            Recorder.unsafe(object, byteOffset, counters, place);
        }
    }

    /** Counts an access of an address. */
    public static void memory(long address, int bytes, MethodCounters counters, int place) {
        try {
            if (address != 0 && !counters.at(place).memory(address, bytes)) {
                counters.counters.unknown++;
            }
        } catch (Throwable failed) {
            Recorder.failed();
        }
    }

    /** Counts a copy: one access where it is short, and one of no certain offset where it is long. */
    public static void range(Object object, long byteOffset, long byteSize, MethodCounters counters, int place) {
        if (byteSize <= 0) {
            return;
        }
        if (object != null || byteSize <= LONGEST_RANGE) {
            unsafe(object, byteOffset, (int) Math.min(byteSize, LONGEST_RANGE), counters, place);
        } else {
            fill(null, byteOffset, byteSize, counters, place);
        }
    }

    /** Counts a fill, which is one access of no certain offset: it clears what is there. */
    public static void fill(Object object, long byteOffset, long byteSize, MethodCounters counters, int place) {
        if (object != null || byteSize <= 0) {
            return; // of an array, which is on the heap
        }
        try {
            if (!counters.at(place).range(byteOffset)) {
                counters.counters.unknown++;
            }
        } catch (Throwable failed) {
            Recorder.failed();
        }
    }

    /**
     * Counts an access of a buffer.
     *
     * @param buffer the buffer
     * @param index the index; -1 for the position
     * @param bytes how many bytes are read or written
     * @param step how many bytes an index counts
     * @param counters those of the method
     * @param place which place of the method it is
     */
    public static void buffer(Object buffer, int index, int bytes, int step, MethodCounters counters, int place) {
        Buffer of = (Buffer) buffer;
        if (of == null || !of.isDirect()) {
            return;
        }
        int at = index < 0 ? of.position() : index;
        if ((long) at + bytes / step <= of.limit()) {
            memory(DirectBuffers.of(of) + (long) at * step, bytes, counters, place);
        }
    }

    /**
     * Counts an access of several elements of a buffer.
     *
     * @param buffer the buffer
     * @param other the array or the buffer at the other side
     * @param index the index; -1 for the position
     * @param length how many elements; -1 for all of the other side
     * @param step how many bytes an element has
     * @param counters those of the method
     * @param place which place of the method it is
     */
    public static void bufferRange(
            Object buffer, Object other, int index, int length, int step, MethodCounters counters, int place) {
        Buffer of = (Buffer) buffer;
        if (of == null || other == null || !of.isDirect()) {
            return;
        }
        int at = index < 0 ? of.position() : index;
        long count =
                length >= 0 ? length : other instanceof Buffer ? ((Buffer) other).remaining() : Array.getLength(other);
        if (at + count <= of.limit()) {
            range(null, DirectBuffers.of(of) + (long) at * step, count * step, counters, place);
        }
    }

    /** Counts an access by a VarHandle with an index: of an array, a buffer, or a field whose value the index is. */
    public static void indexed(Object handle, Object of, int index, MethodCounters counters, int place) {
        if (of instanceof ByteBuffer && handle != null) {
            if (index >= 0) {
                buffer(of, index, width(((VarHandle) handle).varType()), 1, counters, place);
            }
        } else if (of != null && of.getClass().isArray()) {
            element(of, index, counters, place);
        } else {
            Recorder.handle(handle, of, counters, place);
        }
    }

    private static int width(Class<?> type) {
        return type == byte.class || type == boolean.class
                ? 1
                : type == short.class || type == char.class ? 2 : type == int.class || type == float.class ? 4 : 8;
    }

    /** Counts an access of a segment. */
    public static void segment(Object segment, long byteOffset, int bytes, MethodCounters counters, int place) {
        try {
            if (segment == null || !Segments.isSegment(segment)) {
                return;
            }
            long address = Segments.address(segment);
            if (address != 0 && byteOffset >= 0 && byteOffset <= Segments.byteSize(segment) - bytes) {
                memory(address + byteOffset, bytes, counters, place);
            }
        } catch (Throwable failed) {
            Recorder.failed();
        }
    }

    /** Counts an access by a VarHandle whose first coordinate is a segment, with the numbers that follow it. */
    public static void segmentHandle(
            Object handle, Object of, long first, long second, long third, MethodCounters counters, int place) {
        try {
            SegmentHandles sum = handle == null || of == null ? null : SegmentHandles.of(handle);
            if (sum == null) {
                counters.counters.unknown += of == null ? 0 : 1;
            } else {
                int bytes = width(((VarHandle) handle).varType());
                segment(of, sum.byteOffset(first, second, third), bytes, counters, place);
            }
        } catch (Throwable failed) {
            Recorder.failed();
        }
    }

    /** Counts a call of a final method of atomic objects, when it is one of these. */
    public static void perhapsAtomic(Object object, MethodCounters counters, int place) {
        if (object instanceof AtomicLong
                || object instanceof AtomicInteger
                || object instanceof AtomicReference
                || object instanceof AtomicBoolean) {
            Recorder.atomic(object, counters, place);
        }
    }

    /** Counts an access of an element of an array, or of an atomic array. */
    public static void element(Object array, long index, MethodCounters counters, int place) {
        try {
            if (array != null && index >= 0) {
                counters.at(place).element(array, index);
            }
        } catch (Throwable failed) {
            Recorder.failed();
        }
    }

    /** Notes memory that {@code Unsafe} allocated. */
    public static void allocated(long address, long byteSize, String place) {
        try {
            MemoryBlocks.allocated(address, byteSize, AllocationPlaces.of(place), null);
        } catch (Throwable failed) {
            Recorder.failed();
        }
    }

    /** Notes memory that {@code Unsafe} gave another size; it keeps its name. */
    public static void reallocated(long address, long before, long byteSize, String place) {
        try {
            String known = MemoryBlocks.place(before);
            MemoryBlocks.freed(before);
            MemoryBlocks.allocated(address, byteSize, known == null ? AllocationPlaces.of(place) : known, null);
        } catch (Throwable failed) {
            Recorder.failed();
        }
    }

    /** Notes memory that is about to be freed. */
    public static void freed(long address) {
        try {
            MemoryBlocks.freed(address);
        } catch (Throwable failed) {
            Recorder.failed();
        }
    }

    /** Notes a new direct buffer, or one that begins at a multiple of something in memory of its own. */
    public static void allocated(Object buffer, String place) {
        try {
            if (buffer instanceof Buffer && ((Buffer) buffer).isDirect()) {
                long address = DirectBuffers.of((Buffer) buffer);
                MemoryBlocks.allocated(
                        address, ((Buffer) buffer).capacity(), AllocationPlaces.of(place), DirectBuffers.owner((Buffer)
                                buffer));
            } else if (buffer != null && Segments.isSegment(buffer)) {
                MemoryBlocks.allocated(
                        Segments.address(buffer),
                        Segments.byteSize(buffer),
                        AllocationPlaces.of(place),
                        Segments.scope(buffer));
            }
        } catch (Throwable failed) {
            Recorder.failed();
        }
    }

    /** Notes that an arena is about to be closed. */
    public static void closed(Object arena) {
        try {
            Object scope = arena == null ? null : Segments.scope(arena);
            if (scope != null) {
                MemoryBlocks.freedWith(scope);
            }
        } catch (Throwable failed) {
            Recorder.failed();
        }
    }

    /** Notes a VarHandle of a layout. */
    public static void layoutHandle(Object handle, Object layout, Object[] path, boolean isOfElements) {
        try {
            SegmentHandles.made((VarHandle) handle, layout, path, isOfElements);
        } catch (Throwable failed) {
            return; // its accesses are counted as of unknown memory
        }
    }

    /** Notes a VarHandle that is another one with some coordinates given. */
    public static void boundHandle(Object handle, Object from, int position, Object[] values) {
        try {
            SegmentHandles.bound(from, handle, position, values);
        } catch (Throwable failed) {
            return; // its accesses are counted as of unknown memory
        }
    }

    /** Notes a VarHandle that does what another one does. */
    public static void sameHandle(Object handle, Object from) {
        try {
            SegmentHandles.same(from, handle);
        } catch (Throwable failed) {
            return; // its accesses are counted as of unknown memory
        }
    }
}
