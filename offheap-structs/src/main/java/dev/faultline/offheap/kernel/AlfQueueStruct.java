package dev.faultline.offheap.kernel;

import static dev.faultline.offheap.declare.Declaration.array;
import static dev.faultline.offheap.declare.Declaration.number;
import static dev.faultline.offheap.declare.Declaration.pointer;

import dev.faultline.api.Internal;
import dev.faultline.layout.StructLayout;
import dev.faultline.offheap.declare.Declaration;

/**
 * {@code struct alf_queue}: a ring of pointers between many producers and many consumers, posted in 2014 and never
 * merged. Constants, producers' indices and consumers' indices are each on a cache line of their own. In C the ring is
 * a flexible array; here it has a given number of slots, so that it has a size.
 */
@Internal
public final class AlfQueueStruct {

    /** With a ring of the size used in upstream's benchmarks. */
    static final StructLayout POSTED = ofSlots(512);

    private AlfQueueStruct() {}

    /**
     * The layout with its ring.
     *
     * @param slots number of slots, at least 1
     * @return the layout, {@code 192 + 8 * slots} bytes
     */
    public static StructLayout ofSlots(int slots) {
        StructLayout actor = Declaration.struct("alf_actor", "posted")
                .field("head", number("u32", 4), 0)
                .field("tail", number("u32", 4), 4)
                .ofSize(4 + 4, 4);
        return Declaration.struct("alf_queue", "posted")
                .field("size", number("u32", 4), 0)
                .field("mask", number("u32", 4), 4)
                .field("flags", number("u32", 4), 8)
                .hole(12, 52)
                .field("producer", actor, 64)
                .hole(72, 56)
                .field("consumer", actor, 128)
                .hole(136, 56)
                .field("ring", array(pointer("void *"), slots), 192)
                .ofSize(192 + 8L * slots, 64);
    }
}
