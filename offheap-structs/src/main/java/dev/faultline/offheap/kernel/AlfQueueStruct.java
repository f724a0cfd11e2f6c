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
 * a flexible array; here it has a given number of slots, so that it has a size. Beside it two variants of ours, with
 * the same calls: {@code remembered}, where each side keeps what it last saw of the other's tail, and {@code
 * sequenced}, where each slot has a number that says whether it is filled.
 */
@Internal
public final class AlfQueueStruct {

    /** With a ring of the size used in upstream's benchmarks. */
    static final StructLayout POSTED = ofSlots(512);

    static final StructLayout REMEMBERED = remembered(512);

    static final StructLayout SEQUENCED = sequenced(512);

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
        return constants("posted")
                .field("producer", actor, 64)
                .hole(72, 56)
                .field("consumer", actor, 128)
                .hole(136, 56)
                .field("ring", array(pointer("void *"), slots), 192)
                .ofSize(192 + 8L * slots, 64);
    }

    /**
     * The layout of the variant that remembers.
     *
     * @param slots number of slots, at least 1
     * @return the layout, {@code 192 + 8 * slots} bytes
     */
    public static StructLayout remembered(int slots) {
        StructLayout actor = Declaration.struct("alf_actor", "remembered")
                .field("head", number("u32", 4), 0)
                .field("tail", number("u32", 4), 4)
                .field("seen", number("u32", 4), 8)
                .ofSize(12, 4);
        return constants("remembered")
                .field("producer", actor, 64)
                .hole(76, 52)
                .field("consumer", actor, 128)
                .hole(140, 52)
                .field("ring", array(pointer("void *"), slots), 192)
                .ofSize(192 + 8L * slots, 64);
    }

    /**
     * The layout of the variant with sequence numbers.
     *
     * @param slots number of slots, a power of two from 2
     * @return the layout, with the numbers of all slots before the slots, each array from a cache line on
     */
    public static StructLayout sequenced(int slots) {
        StructLayout actor = Declaration.struct("alf_actor", "sequenced")
                .field("head", number("u32", 4), 0)
                .ofSize(4, 4);
        long ring = 192 + (4L * slots + 63) / 64 * 64;
        Declaration to = constants("sequenced")
                .field("producer", actor, 64)
                .hole(68, 60)
                .field("consumer", actor, 128)
                .hole(132, 60)
                .field("sequences", array(number("u32", 4), slots), 192);
        long unused = ring - 192 - 4L * slots;
        if (unused > 0) {
            to.hole(192 + 4L * slots, unused);
        }
        return to.field("ring", array(pointer("void *"), slots), ring).ofSize(ring + 8L * slots, 64);
    }

    private static Declaration constants(String version) {
        return Declaration.struct("alf_queue", version)
                .field("size", number("u32", 4), 0)
                .field("mask", number("u32", 4), 4)
                .field("flags", number("u32", 4), 8)
                .hole(12, 52);
    }
}
