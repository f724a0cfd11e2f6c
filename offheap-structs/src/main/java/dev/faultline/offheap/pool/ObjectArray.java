package dev.faultline.offheap.pool;

import dev.faultline.offheap.kernel.SlabStructs;
import dev.faultline.offheap.memory.Block;
import dev.faultline.offheap.memory.IntWord;
import dev.faultline.offheap.memory.LongWords;
import dev.faultline.offheap.memory.StructView;

/**
 * Free objects in an array, last in, first out, with the layout of the kernel's {@code struct array_cache}. Not
 * thread-safe.
 */
final class ObjectArray {

    private static final int HEADER_BYTES = (int) SlabStructs.ARRAY_CACHE.byteSize();

    private final IntWord avail;
    private final LongWords entries;
    private final int limit;

    ObjectArray(Block block, long byteOffset, int limit, int batch) {
        StructView header = StructView.bind(SlabStructs.ARRAY_CACHE, block, byteOffset);
        header.int32("limit").set(limit);
        header.int32("batchcount").set(batch);
        avail = header.int32("avail");
        entries = block.int64s(byteOffset + HEADER_BYTES, limit, Long.BYTES);
        this.limit = limit;
    }

    /** {@return the bytes of an array and its header} */
    static long byteSize(int limit) {
        return HEADER_BYTES + (long) limit * Long.BYTES;
    }

    int size() {
        return avail.getVolatile();
    }

    boolean isFull() {
        return avail.get() == limit;
    }

    void push(long handle) {
        int size = avail.get();
        entries.set(size, handle);
        avail.set(size + 1);
    }

    /** {@return the object pushed last, or 0} */
    long pop() {
        int size = avail.get();
        if (size == 0) {
            return 0;
        }
        avail.set(size - 1);
        return entries.get(size - 1);
    }

    /** Adds as many objects as there is room for, and returns how many. */
    int add(HandleBuffer from, int count) {
        int size = avail.get();
        int added = Math.min(count, limit - size);
        from.copyTo(entries, size, 0, added);
        avail.set(size + added);
        return added;
    }

    /** Takes up to {@code count} of the objects pushed last, and returns how many. */
    int takeNewest(HandleBuffer to, int count) {
        int size = avail.get();
        int taken = Math.min(count, size);
        to.copyFrom(entries, size - taken, taken);
        avail.set(size - taken);
        return taken;
    }

    /**
     * Takes up to {@code count} of the objects pushed first, and returns how many; {@code to} must have room for all.
     */
    int takeOldest(HandleBuffer to, int count) {
        int size = avail.get();
        int taken = Math.min(count, size);
        to.copyFrom(entries, 0, size);
        to.copyTo(entries, 0, taken, size - taken);
        avail.set(size - taken);
        return taken;
    }
}
