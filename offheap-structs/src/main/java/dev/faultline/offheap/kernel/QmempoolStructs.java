package dev.faultline.offheap.kernel;

import static dev.faultline.offheap.declare.Declaration.array;
import static dev.faultline.offheap.declare.Declaration.number;
import static dev.faultline.offheap.declare.Declaration.pointer;

import dev.faultline.api.Internal;
import dev.faultline.layout.StructLayout;
import dev.faultline.offheap.declare.Declaration;

/**
 * What a pool after {@code qmempool} keeps for one CPU in front of the queue that all share: as posted in 2014 a queue
 * of its own, or an array, which is what {@code ArrayQmempool} has. No other CPU uses it on the fast path, so the two
 * differ in how many lines and words an operation accesses.
 */
@Internal
public final class QmempoolStructs {

    /**
     * The queue of one CPU with 32 slots, as in upstream's benchmark, on the cache lines after the counters of our
     * implementation. There the queue is a block of its own; here it is embedded at byte 64.
     */
    static final StructLayout QUEUE = Declaration.struct("qmempool_local", "posted")
            .field("allocations", number("u64", 8), 0)
            .field("allocation_hits", number("u64", 8), 8)
            .field("frees", number("u64", 8), 16)
            .field("free_hits", number("u64", 8), 24)
            .hole(32, 32)
            .field("localq", AlfQueueStruct.ofSlots(32), 64)
            .ofSize(64 + 192 + 8 * 32, 64);

    /** With an array of the size that {@code bench} uses. */
    static final StructLayout ARRAY = arrayOf(256);

    private QmempoolStructs() {}

    /**
     * The array of one CPU.
     *
     * @param limit the largest number of elements, at least 1
     * @return the layout, {@code 24 + 8 * limit} bytes
     */
    public static StructLayout arrayOf(int limit) {
        return Declaration.struct("qmempool_local", "array")
                .field("size", number("u32", 4), 0)
                .hole(4, 4)
                .field("popped", number("u64", 8), 8)
                .field("pushed", number("u64", 8), 16)
                .field("elements", array(pointer("void *"), limit), 24)
                .ofSize(24 + 8L * limit, 8);
    }
}
